import { and, desc, eq, lt } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { assessmentPeriods, regions, scoreSheets } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { lastDay, yearOf, type Period } from "~/kernel/period";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { reportDueOn } from "~/modules/progress";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { assessedUnits } from "./assessed-units.server";
import { freezeFacts } from "./freeze-facts.server";
import { judgedMeasures } from "./judged-measures";
import { governedByRegion, type AssessmentPeriod } from "./load-period.server";
import { schemeInForce } from "./load-scheme.server";
import { digestFacts, digestSheets } from "./period-digests.server";
import { decidePeriod, type PeriodGuard, type PeriodRefusal } from "./period.lifecycle";
import { rankGroup } from "./ranking.rules";
import type { Scheme } from "./scheme.types";
import { scorePeriod } from "./score-period.server";
import type { ScoreSheet } from "./score.types";

export interface FreezeInput {
  readonly period: Period;
  /** the scheme in force at the end of the period when left out */
  readonly schemeId?: string | undefined;
}

/**
 * Freezes a month of the actor's region: measures every fact of the year to date as known now, scores all assessed units
 * under the scheme, ranks them in their groups and keeps everything with the digests that prove it.
 * Refuses with noScheme, periodEnded (facts lastDay), reportingDayPassed (facts dueOn), notInThisState when it is frozen.
 * @throws DomainError forbidden
 * @source domain.md §9
 */
export async function freezePeriod(
  ctx: Ctx,
  { period, schemeId }: FreezeInput,
): Promise<Result<{ periodId: string }, PeriodRefusal | "noScheme">> {
  return inTransaction<{ periodId: string }, PeriodRefusal | "noScheme">(ctx, async (tx) => {
    const { regionId, regionIds } = ctx.actor;
    authorize(ctx.actor, "assessment:freeze", governedByRegion(regionId));
    const asOf = lastDay(period);
    const scheme = await schemeInForce(tx, { regionId, on: asOf, schemeId });
    if (!scheme) return refuse({ code: "noScheme", field: "period" });

    const before = await openPeriod(tx, { regionId, period, schemeId: scheme.id });
    const dueOn = await reportsDueOn(tx, regionId, period);
    const held: PeriodGuard[] = [
      ...(ctx.today > asOf ? (["periodEnded"] as const) : []),
      ...(ctx.today > dueOn ? (["reportingDayPassed"] as const) : []),
    ];
    const decided = decidePeriod(before.state, "freeze", held, { lastDay: asOf, dueOn });
    if (!decided.ok) return decided;

    const figures = await loadFigures(tx, ctx.today);
    const units = await assessedUnits(tx, { regionIds, groups: scheme.groups, on: asOf });
    await freezeFacts(tx, {
      regionId,
      regionIds,
      period,
      periodId: before.id,
      from: localDate(`${yearOf(period)}-01-01`),
      asOf,
      cutoffAt: ctx.now,
      cutoffDay: ctx.today,
      redMissingReports: figures.number("light.redMissingReports"),
      unitIds: units.map(({ unitId }) => unitId),
      judged: judgedMeasures(scheme).all,
    });
    const scored = await scorePeriod(tx, { periodId: before.id, period, scheme, units });
    // a unit that nothing in the scheme concerns has no grade, no place and no sheet
    const sheets = scored.filter(({ grade }) => grade !== null);
    await keepSheets(tx, { periodId: before.id, regionId, period, scheme, sheets, units });

    const [after] = await tx
      .update(assessmentPeriods)
      .set({
        state: decided.value,
        schemeId: scheme.id,
        cutoffAt: ctx.now,
        frozenBy: ctx.actor.userId,
        factsHash: await digestFacts(tx, before.id),
        sheetsHash: digestSheets(sheets),
        version: before.version + 1,
      })
      .where(and(eq(assessmentPeriods.id, before.id), eq(assessmentPeriods.version, before.version)))
      .returning();
    if (!after) throw conflict("assessmentPeriod");
    await record(tx, ctx, {
      action: "assessment:freeze",
      event: "periodFrozen",
      object: { type: "assessmentPeriod", id: after.id, regionId },
      before,
      after,
      payload: { period, schemeId: scheme.id, units: sheets.length },
    });
    return accept({ periodId: after.id });
  });
}

/** The period's row, opened when there is none yet, locked: of two who freeze at once the second finds it frozen. */
async function openPeriod(
  tx: Transaction,
  key: { regionId: string; period: Period; schemeId: string },
): Promise<AssessmentPeriod> {
  await tx
    .insert(assessmentPeriods)
    .values({ id: newId(), ...key, state: "open" })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(assessmentPeriods)
    .where(and(eq(assessmentPeriods.regionId, key.regionId), eq(assessmentPeriods.period, key.period)))
    .for("update");
  if (!row) throw new Error("the period was not opened");
  return row;
}

async function reportsDueOn(tx: Transaction, regionId: string, period: Period) {
  const [calendar, [region]] = await Promise.all([
    loadCalendar(tx, regionId),
    tx.select({ reportingDay: regions.reportingDay }).from(regions).where(eq(regions.id, regionId)),
  ]);
  if (!region) throw new Error(`no region ${regionId}`);
  return reportDueOn(calendar, period, region.reportingDay);
}

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const BATCH = 500;

async function keepSheets(
  tx: Transaction,
  of: {
    readonly periodId: string;
    readonly regionId: string;
    readonly period: Period;
    readonly scheme: Scheme;
    readonly sheets: readonly ScoreSheet[];
    readonly units: Awaited<ReturnType<typeof assessedUnits>>;
  },
): Promise<void> {
  const previous = await previousPlaces(tx, of);
  const unitOf = new Map(of.units.map((unit) => [unit.unitId, unit]));
  const sheetOf = new Map(of.sheets.map((sheet) => [sheet.unitId, sheet]));
  const rows = of.scheme.groups.flatMap((group) =>
    rankGroup(
      of.sheets.filter((sheet) => sheet.group === group),
      previous,
      of.scheme.tieBreak,
    ).flatMap((ranked) => {
      const [unit, content] = [unitOf.get(ranked.unitId), sheetOf.get(ranked.unitId)];
      if (!unit || !content) return [];
      return [
        {
          periodId: of.periodId,
          unitId: ranked.unitId,
          regionId: unit.regionId,
          unitName: unit.name,
          group,
          total: ranked.score,
          totalExact: ranked.scoreExact,
          grade: ranked.grade,
          place: ranked.place,
          previousPlace: ranked.previousPlace,
          content,
        },
      ];
    }),
  );
  for (let at = 0; at < rows.length; at += BATCH) await tx.insert(scoreSheets).values(rows.slice(at, at + BATCH));
}

/** The places of the final period before this one. */
async function previousPlaces(
  tx: Transaction,
  { regionId, period }: { regionId: string; period: Period },
): Promise<Map<string, number>> {
  const [last] = await tx
    .select({ id: assessmentPeriods.id })
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.regionId, regionId),
        eq(assessmentPeriods.state, "final"),
        lt(assessmentPeriods.period, period),
      ),
    )
    .orderBy(desc(assessmentPeriods.period))
    .limit(1);
  if (!last) return new Map();
  const places = await tx
    .select({ unitId: scoreSheets.unitId, place: scoreSheets.place })
    .from(scoreSheets)
    .where(eq(scoreSheets.periodId, last.id));
  return new Map(places.map(({ unitId, place }) => [unitId, place]));
}
