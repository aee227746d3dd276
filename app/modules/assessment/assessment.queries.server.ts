import { and, count, desc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { assessmentPeriods, regions, schemes, scoreSheets, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, lastDay, periodOf, type Period } from "~/kernel/period";
import { reportDueOn } from "~/modules/progress";
import { loadCalendar } from "~/platform/calendar.server";

import { readScheme } from "./load-scheme.server";

const freezer = alias(users, "freezer");
const confirmer = alias(users, "confirmer");

/** Every period of the actor's region with who froze and confirmed it, and how many units were scored. */
export async function listPeriods(db: DatabaseOrTransaction, actor: Actor) {
  const [periods, sheets] = await Promise.all([
    db
      .select({
        id: assessmentPeriods.id,
        period: assessmentPeriods.period,
        state: assessmentPeriods.state,
        cutoffAt: assessmentPeriods.cutoffAt,
        factsHash: assessmentPeriods.factsHash,
        sheetsHash: assessmentPeriods.sheetsHash,
        schemeName: schemes.name,
        schemeVersion: schemes.number,
        frozenBy: assessmentPeriods.frozenBy,
        frozenByName: freezer.name,
        confirmedByName: confirmer.name,
        version: assessmentPeriods.version,
      })
      .from(assessmentPeriods)
      .innerJoin(schemes, eq(schemes.id, assessmentPeriods.schemeId))
      .leftJoin(freezer, eq(freezer.id, assessmentPeriods.frozenBy))
      .leftJoin(confirmer, eq(confirmer.id, assessmentPeriods.confirmedBy))
      .where(eq(assessmentPeriods.regionId, actor.regionId))
      .orderBy(desc(assessmentPeriods.period)),
    db
      .select({ periodId: scoreSheets.periodId, units: count() })
      .from(scoreSheets)
      .innerJoin(assessmentPeriods, eq(assessmentPeriods.id, scoreSheets.periodId))
      .where(eq(assessmentPeriods.regionId, actor.regionId))
      .groupBy(scoreSheets.periodId),
  ]);
  const unitsOf = new Map(sheets.map((row) => [row.periodId, row.units]));
  return periods.map((row) => ({ ...row, units: unitsOf.get(row.id) ?? 0 }));
}

/** The versions of the schemes of the actor's region, the latest first. */
export async function listSchemes(db: DatabaseOrTransaction, actor: Actor) {
  const rows = await db
    .select()
    .from(schemes)
    .where(eq(schemes.regionId, actor.regionId))
    .orderBy(desc(schemes.inForceFrom), desc(schemes.number));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    number: row.number,
    inForceFrom: row.inForceFrom,
    published: row.publishedAt !== null,
    contentHash: row.contentHash,
    scheme: readScheme(row),
  }));
}

/** How far back a month that was never frozen is offered. */
const OFFERED_MONTHS = 6;

/** The next month to be frozen — the one after the last frozen — and the day after which it can be. */
export async function nextToFreeze(
  db: DatabaseOrTransaction,
  actor: Actor,
  today: LocalDate,
): Promise<{ period: Period; dueOn: LocalDate; ready: boolean } | undefined> {
  const [last] = await db
    .select({ period: assessmentPeriods.period })
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.regionId, actor.regionId),
        inArray(assessmentPeriods.state, ["frozen", "published", "final"]),
      ),
    )
    .orderBy(desc(assessmentPeriods.period))
    .limit(1);
  const [region] = await db
    .select({ reportingDay: regions.reportingDay })
    .from(regions)
    .where(eq(regions.id, actor.regionId));
  if (!region) return undefined;
  const current = periodOf(today);
  const period = last ? addPeriods(last.period, 1) : addPeriods(current, -1);
  if (period > current || period < addPeriods(current, -OFFERED_MONTHS)) return undefined;
  const dueOn = reportDueOn(await loadCalendar(db, actor.regionId), period, region.reportingDay);
  return { period, dueOn, ready: today > dueOn && today > lastDay(period) };
}
