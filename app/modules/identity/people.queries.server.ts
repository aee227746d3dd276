import { and, asc, count, eq, ilike, inArray, isNull, or, sql, type AnyColumn, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { units, userRoles, users } from "@db/schema";
import type { Role } from "~/kernel/actor";
import { isUuid } from "~/kernel/uuid";
import { inScope } from "~/platform/scope.server";
import { contains } from "~/platform/like.server";
import type { Scope } from "~/policy";

export interface UnitOption {
  readonly id: string;
  readonly name: string;
}

/** Units for a filter or a choice, within a scope, in the order of the official list. */
export async function unitOptions(db: DatabaseOrTransaction, scope: Scope): Promise<UnitOption[]> {
  return db
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(isNull(units.closedOn), inScope(scope, { unitId: units.id, regionId: units.regionId })))
    .orderBy(asc(units.group), asc(units.position));
}

/** More units than this are not listed in a filter: one types a part of the name. */
const MOST_LISTED = 100;

/** The condition 单位 of a list: a choice when the units are few, words when they are many. */
export interface UnitFilter {
  readonly name: "unit";
  readonly label: "单位";
  readonly kind: "select" | "text";
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The unit filter of a list within a scope; undefined when there is only one unit to choose. */
export async function unitFilter(
  db: DatabaseOrTransaction,
  scope: Scope,
  wanted: string | undefined,
): Promise<UnitFilter | undefined> {
  if (scope.regionIds.length === 0) return undefined;
  const inReach = and(isNull(units.closedOn), inScope(scope, { unitId: units.id, regionId: units.regionId }));
  const some = db
    .select({ id: units.id })
    .from(units)
    .where(inReach)
    .limit(MOST_LISTED + 1);
  const [counted] = await db.select({ n: count() }).from(some.as("some"));
  const found = counted?.n ?? 0;
  if (found <= 1) return undefined;
  const filter = { name: "unit", label: "单位", value: wanted ?? "" } as const;
  if (found <= MOST_LISTED) {
    const options = await db
      .select({ value: units.id, label: units.name })
      .from(units)
      .where(inReach)
      .orderBy(asc(units.group), asc(units.position));
    return { ...filter, kind: "select", options };
  }
  if (!wanted || !isUuid(wanted)) return { ...filter, kind: "text", options: [] };
  const [chosen] = await db.select({ name: units.name }).from(units).where(eq(units.id, wanted));
  return { ...filter, value: chosen?.name ?? "", kind: "text", options: [] };
}

/** What a list's `unit`, or another unit it names, asks for: an id as it stands, otherwise words of a name or initials. */
export const readWantedUnit = (params: URLSearchParams, name = "unit"): string | undefined =>
  (params.get(name) ?? "").trim().slice(0, 60) || undefined;

/** The condition that a column's unit is the one, or one of those, that `readWantedUnit` read. */
export function isWantedUnit(column: AnyColumn, wanted: string | undefined): SQL | undefined {
  if (!wanted) return undefined;
  if (isUuid(wanted)) return eq(column, wanted);
  const words = contains(wanted);
  return inArray(
    column,
    sql`(select ${units.id} from ${units} where ${or(ilike(units.name, words), ilike(units.initials, words))})`,
  );
}

/** The one unit within a scope that is meant by its id, its name, or words that no other name holds. */
export async function findUnit(db: DatabaseOrTransaction, scope: Scope, wanted: string): Promise<string | undefined> {
  const [first, second] = await db
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(
      and(
        isNull(units.closedOn),
        inScope(scope, { unitId: units.id, regionId: units.regionId }),
        isWantedUnit(units.id, wanted),
      ),
    )
    .orderBy(sql`${units.name} <> ${wanted}`, asc(units.position))
    .limit(2);
  return first && (first.name === wanted || !second) ? first.id : undefined;
}

/** The people of a unit who hold a role: whom a message goes to. */
export async function usersWithRole(
  db: DatabaseOrTransaction,
  where: { role: Role; unitId?: string; regionId: string },
): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(
      and(
        eq(userRoles.role, where.role),
        eq(users.regionId, where.regionId),
        isNull(users.disabledAt),
        where.unitId ? eq(users.unitId, where.unitId) : undefined,
      ),
    );
}

/** The people of several units who hold one of several roles, with the roles they hold: one query for all of them. */
export async function peopleOfUnits(
  db: DatabaseOrTransaction,
  { unitIds, roles }: { readonly unitIds: readonly string[]; readonly roles: readonly Role[] },
): Promise<{ id: string; unitId: string; roles: Role[] }[]> {
  if (unitIds.length === 0) return [];
  return db
    .select({ id: users.id, unitId: users.unitId, roles: sql<Role[]>`array_agg(${userRoles.role})` })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(
      and(
        sql`${users.unitId} = any(${sql.param(unitIds)}::uuid[])`,
        inArray(userRoles.role, [...roles]),
        isNull(users.disabledAt),
      ),
    )
    .groupBy(users.id)
    .orderBy(asc(users.id));
}
