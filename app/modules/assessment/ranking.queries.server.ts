import { and, asc, desc, eq, inArray, ne } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { assessmentPeriods, schemes, scoreSheets, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { PeriodState } from "~/kernel/vocabulary";
import { can } from "~/policy";

import { governedByRegion } from "./load-period.server";

/** States in which everybody who may read rankings sees them; frozen ones are for those who manage the assessment. */
const TOLD: readonly PeriodState[] = ["published", "final"];

/** May the actor see the scores of a period in this state? */
export function maySeePeriod(
  actor: Actor,
  period: { readonly state: PeriodState; readonly regionId: string },
): boolean {
  if (period.state === "open") return false;
  return TOLD.includes(period.state) || can(actor, "assessment:read", governedByRegion(period.regionId));
}

/** The periods of the actor's region whose scores the actor may see, the latest first. */
export async function visiblePeriods(db: DatabaseOrTransaction, actor: Actor) {
  const rows = await db
    .select({
      id: assessmentPeriods.id,
      regionId: assessmentPeriods.regionId,
      period: assessmentPeriods.period,
      state: assessmentPeriods.state,
      cutoffAt: assessmentPeriods.cutoffAt,
      schemeName: schemes.name,
      schemeVersion: schemes.number,
    })
    .from(assessmentPeriods)
    .innerJoin(schemes, eq(schemes.id, assessmentPeriods.schemeId))
    .where(and(inArray(assessmentPeriods.regionId, [...actor.regionIds]), ne(assessmentPeriods.state, "open")))
    .orderBy(desc(assessmentPeriods.period));
  return rows.filter((row) => row.regionId === actor.regionId && maySeePeriod(actor, row));
}

/** The ranking of a frozen period: every unit with its place in its group, groups and places in order. */
export async function readRanking(db: DatabaseOrTransaction, periodId: string) {
  return db
    .select({
      unitId: scoreSheets.unitId,
      regionId: scoreSheets.regionId,
      unitName: scoreSheets.unitName,
      group: scoreSheets.group,
      place: scoreSheets.place,
      previousPlace: scoreSheets.previousPlace,
      score: scoreSheets.total,
      scoreExact: scoreSheets.totalExact,
      grade: scoreSheets.grade,
    })
    .from(scoreSheets)
    .innerJoin(units, eq(units.id, scoreSheets.unitId))
    .where(eq(scoreSheets.periodId, periodId))
    .orderBy(asc(scoreSheets.group), asc(scoreSheets.place), asc(units.position), asc(units.id));
}
