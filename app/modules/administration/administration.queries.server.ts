import { and, asc, count, desc, eq, ilike, lt, max, or, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { auditBlocks, auditEntries, units, userRoles, users } from "@db/schema";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

/** The accounts of the regions that an administrator looks after, with their units and roles. */
export const accountsOf = (db: Database, scope: Scope) =>
  db
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      unitName: units.name,
      roles: sql<
        string[]
      >`coalesce(array_agg(${userRoles.role} order by ${userRoles.role}) filter (where ${userRoles.role} is not null), '{}')`,
      disabled: sql<boolean>`${users.disabledAt} is not null`,
    })
    .from(users)
    .innerJoin(units, eq(units.id, users.unitId))
    .leftJoin(userRoles, eq(userRoles.userId, users.id))
    .where(inScope(scope, { unitId: users.unitId, regionId: users.regionId }))
    .groupBy(users.id, units.name)
    .orderBy(asc(users.id));

const AUDIT_PAGE = 50;

/** A page of the audit trail, newest first, before a sequence number; with how far it is sealed. */
export async function auditTrail(db: Database, question: { q: string; before: number | undefined }) {
  const pattern = contains(question.q);
  const [entries, [sealed]] = await Promise.all([
    db
      .select()
      .from(auditEntries)
      .where(
        and(
          question.before ? lt(auditEntries.sequence, question.before) : undefined,
          question.q
            ? or(
                ilike(auditEntries.actorName, pattern),
                ilike(auditEntries.action, pattern),
                eq(auditEntries.objectId, question.q),
              )
            : undefined,
        ),
      )
      .orderBy(desc(auditEntries.sequence))
      .limit(AUDIT_PAGE),
    db.select({ blocks: count(), last: max(auditBlocks.lastEntry) }).from(auditBlocks),
  ]);
  return {
    entries,
    sealedBlocks: sealed?.blocks ?? 0,
    sealedUpTo: sealed?.last ?? 0,
    mayBeMore: entries.length === AUDIT_PAGE,
  };
}
