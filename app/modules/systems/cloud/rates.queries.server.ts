import { and, asc, desc, eq, isNull, lte, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { cloudBatches, cloudStandings, cloudSteps, ruleFigures, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { CloudStep } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { countsOn, migratedOn, standsOn, stepStandsOn } from "./standing.server";

/** Counted under the unit that owned the system on the day. */
const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: cloudStandings.unitId, regionId: systems.regionId, operatorUnitId: systems.operatorUnitId });

/** 上云率 as of a day, per unit: migrated ÷ own-built systems in scope. One query for all units. */
export async function cloudRates(db: Database, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      unitId: units.id,
      unitName: units.name,
      numerator: sql<number>`count(*) filter (where ${migratedOn(asOf)})::int`,
      denominator: sql<number>`count(*)::int`,
    })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .innerJoin(units, eq(units.id, cloudStandings.unitId))
    .where(and(within(scope), countsOn(asOf)))
    .groupBy(units.id, units.name, units.position)
    .orderBy(asc(units.position));
}

/** The target of the cloud rate in force on a day, from the dated rule rows. @unit percent */
export async function cloudTarget(db: Database, asOf: LocalDate): Promise<number | undefined> {
  const [row] = await db
    .select({ value: ruleFigures.value })
    .from(ruleFigures)
    .where(
      and(
        eq(ruleFigures.code, "cloud.targetPercent"),
        lte(ruleFigures.inForceFrom, asOf),
        isNull(ruleFigures.withdrawnAt),
      ),
    )
    .orderBy(desc(ruleFigures.inForceFrom))
    .limit(1);
  return row ? Number(row.value) : undefined;
}

/** The board: every assessed system with the steps it has done, for seven columns. */
export async function cloudBoard(db: Database, scope: Scope, asOf: LocalDate) {
  return db
    .select({
      id: systems.id,
      name: systems.name,
      unitName: units.name,
      batch: cloudBatches.name,
      targetOn: cloudBatches.targetOn,
      done: sql<
        CloudStep[]
      >`coalesce((select array_agg(${cloudSteps.step}) from ${cloudSteps} where ${stepStandsOn(asOf)}), '{}')`,
    })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .innerJoin(units, eq(units.id, cloudStandings.unitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .where(and(within(scope), countsOn(asOf)))
    .orderBy(asc(units.position), asc(systems.code));
}
