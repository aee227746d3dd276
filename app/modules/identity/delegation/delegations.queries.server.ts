import { and, asc, desc, eq, gte, inArray, isNull, lte, ne, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { delegations, userRoles, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { SEPARATED_ROLES } from "~/policy";

import { delegationState } from "./delegation.rules";

const SHOWN = 50;

const grantor = alias(users, "grantor");
const delegate = alias(users, "delegate");

/** Delegations that a person gave or was given, the latest first, as they stand on a day. */
export async function delegationsOf(db: DatabaseOrTransaction, userId: string, today: LocalDate) {
  const rows = await db
    .select({
      id: delegations.id,
      role: delegations.role,
      fromUserId: delegations.fromUserId,
      fromName: grantor.name,
      toName: delegate.name,
      fromOn: delegations.fromOn,
      untilOn: delegations.untilOn,
      reason: delegations.reason,
      revokedAt: delegations.revokedAt,
      version: delegations.version,
    })
    .from(delegations)
    .innerJoin(grantor, eq(grantor.id, delegations.fromUserId))
    .innerJoin(delegate, eq(delegate.id, delegations.toUserId))
    .where(or(eq(delegations.fromUserId, userId), eq(delegations.toUserId, userId)))
    .orderBy(desc(delegations.fromOn), desc(delegations.id))
    .limit(SHOWN);
  return rows.map(({ fromUserId, revokedAt, ...row }) => ({
    ...row,
    given: fromUserId === userId,
    state: delegationState({ ...row, revoked: revokedAt !== null }, today),
  }));
}

/** Delegations in force on a day that concern a person, for the desk. */
export async function delegationsInForce(db: DatabaseOrTransaction, userId: string, today: LocalDate) {
  const rows = await db
    .select({
      id: delegations.id,
      role: delegations.role,
      fromUserId: delegations.fromUserId,
      fromName: grantor.name,
      toName: delegate.name,
      untilOn: delegations.untilOn,
    })
    .from(delegations)
    .innerJoin(grantor, and(eq(grantor.id, delegations.fromUserId), isNull(grantor.disabledAt)))
    .innerJoin(delegate, eq(delegate.id, delegations.toUserId))
    .where(
      and(
        or(eq(delegations.fromUserId, userId), eq(delegations.toUserId, userId)),
        lte(delegations.fromOn, today),
        gte(delegations.untilOn, today),
        isNull(delegations.revokedAt),
      ),
    )
    .orderBy(asc(delegations.untilOn), asc(delegations.id));
  return rows.map(({ fromUserId, ...row }) => ({ ...row, given: fromUserId === userId }));
}

/** Colleagues of the unit to whom a role could be handed: enabled, and no administrator or auditor. */
export async function colleagueOptions(db: DatabaseOrTransaction, actor: Actor) {
  const separated = db
    .select({ one: sql`1` })
    .from(userRoles)
    .where(and(eq(userRoles.userId, users.id), inArray(userRoles.role, [...SEPARATED_ROLES])));
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      and(eq(users.unitId, actor.unitId), ne(users.id, actor.userId), isNull(users.disabledAt), notExists(separated)),
    )
    .orderBy(asc(users.name), asc(users.id));
}
