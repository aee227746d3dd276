import { and, asc, desc, eq, gte, inArray, isNull, lte, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { cloudBatches, cloudStandings, regions, ruleFigures, systems, units } from "@db/schema";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { countsOn, migratedOn, standsOn, type Day } from "../standing.server";

/** Counted under the unit and region that owned the system on the day. */
export const standsWithin = (scope: Scope): SQL =>
  inScope(scope, {
    unitId: cloudStandings.unitId,
    regionId: cloudStandings.regionId,
    operatorUnitId: systems.operatorUnitId,
  });

/** New systems of a day are those registered in its calendar year. @source domain.md §6 (HQ: 新增系统上云率) */
export const newYearOf = (asOf: LocalDate): LocalDate => localDate(`${asOf.slice(0, 4)}-01-01`);

/** 已上云 and 应上云 of a day, all and of the systems that are new in its year. @unit systems */
const shares = (asOf: LocalDate) => {
  const isNew = gte(systems.registeredOn, newYearOf(asOf));
  return {
    numerator: sql<number>`(count(*) filter (where ${migratedOn(asOf)}))::int`,
    denominator: sql<number>`count(${systems.id})::int`,
    newNumerator: sql<number>`(count(*) filter (where ${isNew} and ${migratedOn(asOf)}))::int`,
    newDenominator: sql<number>`(count(${systems.id}) filter (where ${isNew}))::int`,
  };
};

/** 上云率 as of a day, per unit that owned systems then: migrated ÷ own-built systems in scope. One query for all units. */
export async function cloudRates(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  return db
    .select({ unitId: units.id, unitName: units.name, ...shares(asOf) })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .innerJoin(units, eq(units.id, cloudStandings.unitId))
    .where(and(standsWithin(scope), countsOn(asOf)))
    .groupBy(units.id, units.name, units.position)
    .orderBy(asc(units.position), asc(units.id));
}

/** The rate of everything in a scope as of a day, without its parts. */
export async function cloudRateOfAll(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  const [row] = await db
    .select(shares(asOf))
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .where(and(standsWithin(scope), countsOn(asOf)));
  return row ?? { numerator: 0, denominator: 0, newNumerator: 0, newDenominator: 0 };
}

/** The rate per batch that systems were in on the day, the earliest target first; without a batch last. */
export async function cloudRatesOfBatches(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      batchId: cloudStandings.batchId,
      name: cloudBatches.name,
      targetOn: cloudBatches.targetOn,
      ...shares(asOf),
    })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .where(and(standsWithin(scope), countsOn(asOf)))
    .groupBy(cloudStandings.batchId, cloudBatches.name, cloudBatches.targetOn)
    .orderBy(sql`${cloudBatches.targetOn} nulls last`, asc(cloudBatches.name));
}

const owning = alias(regions, "owning");

/** The rate per region of the scope, each with all that lies in it, from the city down to its towns. */
export async function cloudRatesOfRegions(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      regionId: regions.id,
      name: regions.name,
      level: regions.level,
      path: regions.path,
      ...shares(asOf),
    })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .innerJoin(owning, eq(owning.id, cloudStandings.regionId))
    .innerJoin(regions, sql`starts_with(${owning.path}, ${regions.path})`)
    .where(and(standsWithin(scope), countsOn(asOf), inRegionsOf(scope)))
    .groupBy(regions.id, regions.name, regions.level, regions.path)
    .orderBy(asc(regions.path));
}

/** Regions that somebody overlooks as a whole; who sees one unit only is shown no roll-up of its region. */
const inRegionsOf = (scope: Scope): SQL => sql`${regions.id} = any(${`{${scope.regionIds.join()}}`}::uuid[])`;

/** The rate of a unit on several days in one statement; a day on which nothing counted is not in the answer. */
export async function cloudRateHistory(
  db: DatabaseOrTransaction,
  unitId: string,
  days: readonly LocalDate[],
): Promise<{ day: LocalDate; numerator: number; denominator: number }[]> {
  const day: Day = sql`days.day`;
  return db
    .select({
      day: sql<LocalDate>`days.day::text`,
      numerator: sql<number>`(count(*) filter (where ${migratedOn(day)}))::int`,
      denominator: sql<number>`count(*)::int`,
    })
    .from(sql`unnest(${`{${days.join()}}`}::date[]) as days(day)`)
    .innerJoin(cloudStandings, eq(cloudStandings.unitId, unitId))
    .innerJoin(systems, standsOn(day))
    .where(countsOn(day))
    .groupBy(sql`days.day`)
    .orderBy(sql`days.day`);
}

/** The dated targets as figures keep them. */
export interface CloudTargets {
  /** @unit percent, as the figure's text */
  readonly all: string | null;
  readonly allFrom: LocalDate | null;
  readonly new: string | null;
  readonly newFrom: LocalDate | null;
}

const TARGETS = { all: "cloud.targetPercent", new: "cloud.newTargetPercent" } as const;

/** The targets in force on a day, from the dated rule rows. @unit percent @source domain.md §6 */
export async function cloudTargets(db: DatabaseOrTransaction, asOf: LocalDate): Promise<CloudTargets> {
  const rows = await db
    .selectDistinctOn([ruleFigures.code], {
      code: ruleFigures.code,
      value: ruleFigures.value,
      from: ruleFigures.inForceFrom,
    })
    .from(ruleFigures)
    .where(
      and(
        inArray(ruleFigures.code, Object.values(TARGETS)),
        lte(ruleFigures.inForceFrom, asOf),
        isNull(ruleFigures.withdrawnAt),
      ),
    )
    .orderBy(ruleFigures.code, desc(ruleFigures.inForceFrom));
  const of = (code: string) => rows.find((row) => row.code === code);
  const [all, fresh] = [of(TARGETS.all), of(TARGETS.new)];
  return {
    all: all?.value ?? null,
    allFrom: all?.from ?? null,
    new: fresh?.value ?? null,
    newFrom: fresh?.from ?? null,
  };
}

/** The target of the cloud rate in force on a day. @unit percent */
export async function cloudTarget(db: DatabaseOrTransaction, asOf: LocalDate): Promise<number | undefined> {
  const { all } = await cloudTargets(db, asOf);
  return all === null ? undefined : Number(all);
}
