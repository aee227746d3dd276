import { and, asc, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { demands, resources, resourceUses, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";

import { can, visible } from "~/policy";

/** Uses shown one by one; the monthly sums count all. */
const SHOWN = 50;
/** Months in the sums. */
const MONTHS = 12;

/**
 * Who used a resource, when, on what basis and how often: all of it for its provider and the bureau, one's own uses for
 * every other unit.
 * @source issue 3 (every use traceable to its provider)
 */
export async function readResourceUses(
  db: Database,
  actor: Actor,
  resource: { readonly id: string; readonly unitId: string; readonly regionId: string },
) {
  const seesAll = can(actor, "demand:read", resource);
  const where = and(
    eq(resourceUses.resourceId, resource.id),
    seesAll ? undefined : eq(resourceUses.userUnitId, actor.unitId),
  );
  const month = sql<string>`to_char(${resourceUses.usedOn}, 'YYYY-MM')`;
  const [uses, months] = await Promise.all([
    db
      .select({
        id: resourceUses.id,
        unitName: units.name,
        demandId: resourceUses.demandId,
        basis: resourceUses.basis,
        usedOn: resourceUses.usedOn,
        times: resourceUses.times,
      })
      .from(resourceUses)
      .innerJoin(units, eq(units.id, resourceUses.userUnitId))
      .where(where)
      .orderBy(desc(resourceUses.usedOn), desc(resourceUses.id))
      .limit(SHOWN),
    db
      .select({
        month,
        unitName: units.name,
        days: sql<number>`count(distinct ${resourceUses.usedOn})::int`,
        times: sql<number>`sum(${resourceUses.times})::float8`,
      })
      .from(resourceUses)
      .innerJoin(units, eq(units.id, resourceUses.userUnitId))
      .where(where)
      .groupBy(month, units.id)
      .orderBy(desc(month), desc(sql`sum(${resourceUses.times})`), asc(units.id))
      .limit(MONTHS * 10),
  ]);
  return { seesAll, uses, months, mayRecord: resource.unitId !== actor.unitId && can(actor, "demand:apply", actor) };
}

/** The resource a use is to be recorded of, with the own delivered demands that give the right. @throws DomainError notFound */
export async function readUseForm(db: Database, actor: Actor, resourceId: string) {
  const [row] = await db
    .select({ resource: resources, unitName: units.name })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(eq(resources.id, resourceId));
  const { id, name, code, sharingType } = visible(actor, "catalog:read", row?.resource, "resource");
  const rights = await db
    .select({ id: demands.id, scene: demands.scene, legalBasis: demands.legalBasis })
    .from(demands)
    .where(
      and(
        eq(demands.unitId, actor.unitId),
        eq(demands.resourceId, resourceId),
        inArray(demands.state, ["delivered", "ended"]),
        isNotNull(demands.deliveredAt),
      ),
    )
    .orderBy(desc(demands.deliveredAt));
  return { resource: { id, name, code, sharingType }, providerName: row?.unitName ?? "", rights };
}
