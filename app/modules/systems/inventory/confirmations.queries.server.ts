import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { inventoryConfirmations, systems, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { changedSince, confirmDueOn, missingFields } from "./inventory.rules";
import { entryOf, listDigest, listedSystems } from "./signed-list.server";
import { isIncomplete } from "./systems.queries.server";

const UNITS_PAGE = 50;
const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** The last day on which the list of a day's year is confirmed in time. */
export async function confirmationDue(db: DatabaseOrTransaction, today: LocalDate): Promise<LocalDate> {
  const figures = await loadFigures(db, today);
  return confirmDueOn(yearOf(today), figures.number("inventory.confirmMonth"));
}

/** Units of a scope that have systems on their list, and among them those that signed the list of the year. */
const unitsWithSystems = (scope: Scope) =>
  and(
    inScope(scope, { unitId: units.id, regionId: units.regionId }),
    isNull(units.closedOn),
    sql`exists (select 1 from ${systems} where ${systems.unitId} = ${units.id} and ${systems.retiredOn} is null)`,
  );
const signedIn = (year: number) =>
  sql<boolean>`exists (select 1 from ${inventoryConfirmations} where ${inventoryConfirmations.unitId} = ${units.id} and ${inventoryConfirmations.year} = ${year})`;

/** The systems on a unit's list, joined to the unit, and how many they are. */
const ON_LIST = and(eq(systems.unitId, units.id), isNull(systems.retiredOn));
const COUNTS = {
  total: sql<number>`count(*)::int`,
  incomplete: sql<number>`count(*) filter (where ${isIncomplete})::int`,
};

/** How the yearly confirmation stands in a scope: units with systems, those that signed. */
export async function sumConfirmations(db: Database, scope: Scope, today: LocalDate) {
  const [row] = await db
    .select({
      units: sql<number>`count(*)::int`,
      confirmed: sql<number>`count(*) filter (where ${signedIn(yearOf(today))})::int`,
    })
    .from(units)
    .where(unitsWithSystems(scope));
  return row ?? { units: 0, confirmed: 0 };
}

/** One page of the units of a scope, with their systems, what is missing, when they signed and what changed since. */
export async function listConfirmations(
  db: Database,
  scope: Scope,
  { today, page, open }: { today: LocalDate; page: number; open: boolean },
) {
  const year = yearOf(today);
  const where = and(unitsWithSystems(scope), open ? sql`not ${signedIn(year)}` : undefined);
  const rows = await db
    .select({ id: units.id, name: units.name, ...COUNTS })
    .from(units)
    .innerJoin(systems, ON_LIST)
    .where(where)
    .groupBy(units.id)
    .orderBy(asc(units.group), asc(units.position))
    .limit(UNITS_PAGE)
    .offset((page - 1) * UNITS_PAGE);
  const unitIds = rows.map(({ id }) => id);
  const [list, signed, total] = await Promise.all([
    listedSystems(db, unitIds),
    unitIds.length === 0
      ? []
      : db
          .select()
          .from(inventoryConfirmations)
          .where(and(inArray(inventoryConfirmations.unitId, unitIds), eq(inventoryConfirmations.year, year))),
    db.$count(units, where),
  ]);
  return {
    total,
    pageSize: UNITS_PAGE,
    rows: rows.map((row) => {
      const confirmation = signed.find(({ unitId }) => unitId === row.id);
      const now = list.filter(({ unitId }) => unitId === row.id).map(entryOf);
      return {
        ...row,
        confirmedOn: confirmation ? localDateOf(confirmation.confirmedAt) : null,
        changed: confirmation ? changedSince(confirmation.signedList, now).length : null,
      };
    }),
  };
}

/** The list of one unit as its leader signs it: what each entry lacks, what was signed this year and what changed since. @throws DomainError notFound */
export async function readConfirmation(db: Database, actor: Actor, unitId: string, today: LocalDate) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "system:read", found, "unit");
  const [list, signed, dueOn] = await Promise.all([
    listedSystems(db, [unitId]),
    db
      .select({ confirmation: inventoryConfirmations, signer: users.name })
      .from(inventoryConfirmations)
      .leftJoin(users, eq(users.id, inventoryConfirmations.confirmedBy))
      .where(eq(inventoryConfirmations.unitId, unitId))
      .orderBy(desc(inventoryConfirmations.year)),
    confirmationDue(db, today),
  ]);
  const year = yearOf(today);
  const current = signed.find(({ confirmation }) => confirmation.year === year);
  return {
    unit,
    year,
    dueOn,
    seen: listDigest(list),
    systems: list.map((system) => ({ ...system, missing: missingFields(system) })),
    confirmations: signed.map(({ confirmation: { signedList: _list, ...confirmation }, signer }) => ({
      ...confirmation,
      signer: signer ?? "",
    })),
    changes: current ? changedSince(current.confirmation.signedList, list.map(entryOf)) : [],
    confirmed: current !== undefined,
  };
}

/** Units of a scope whose list of the year waits for its leader, with how many entries lack something. */
export async function unconfirmedLists(db: Database, scope: Scope, today: LocalDate) {
  return db
    .select({ unitId: units.id, unitName: units.name, ...COUNTS })
    .from(units)
    .innerJoin(systems, ON_LIST)
    .where(and(unitsWithSystems(scope), sql`not ${signedIn(yearOf(today))}`))
    .groupBy(units.id)
    .orderBy(asc(units.group), asc(units.position));
}
