import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or } from "drizzle-orm";
import { z } from "zod";

import type { Transaction } from "@db/client";
import { assessmentPeriods, frozenFactRows, regions, schemes, scoreSheets, unitNames, units } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { addPeriods, lastDay } from "~/kernel/period";
import { reportDueOn } from "~/modules/progress";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import { bulletinFactsOf, TOLD_MEASURES, type FrozenRow, type FrozenSheet } from "./bulletin-facts.rules";
import type { DraftInput } from "./bulletin.schema";
import type { BulletinFacts } from "./bulletin.types";

/**
 * Collects the facts of a bulletin from a frozen period: its rows, its score sheets, those of the final period before
 * and the rule figures in force at its end. Nothing is read that can still change.
 * @source domain.md §10
 */
export async function readBulletinFacts(
  tx: Transaction,
  ctx: Pick<Ctx, "actor">,
  periodId: string,
  input: Omit<DraftInput, "periodId">,
): Promise<BulletinFacts> {
  const [found] = await tx
    .select({ period: assessmentPeriods, scheme: schemes, region: regions })
    .from(assessmentPeriods)
    .innerJoin(schemes, eq(schemes.id, assessmentPeriods.schemeId))
    .innerJoin(regions, eq(regions.id, assessmentPeriods.regionId))
    .where(eq(assessmentPeriods.id, periodId));
  const cutoffAt = found?.period.cutoffAt;
  if (!found || !cutoffAt) throw new Error(`period ${periodId} is not frozen`);
  const { period } = found.period;
  const cutoffDay = localDateOf(cutoffAt);
  const previousId = await previousFinal(tx, found.period);

  const rows = await readRows(tx, periodId);
  const figures = await loadFigures(tx, lastDay(period));
  const nextPeriod = addPeriods(period, 1);
  return bulletinFactsOf({
    period,
    cutoffAt,
    cutoffDay,
    scheme: found.scheme,
    regionName: found.region.name,
    issuingUnitName: ctx.actor.unitName,
    basis: input.basis,
    rows,
    sheets: await readSheets(tx, periodId),
    unitNames: await namesOn(tx, rows, cutoffDay),
    previousRows: previousId === undefined ? undefined : await readRows(tx, previousId),
    cloudTarget: await scoredTarget(tx, periodId, "cloudRate"),
    praiseTop: figures.number("bulletin.praiseTop"),
    praiseRise: figures.number("bulletin.praiseRise"),
    namedAtMost: figures.number("bulletin.namedAtMost"),
    followUp: {
      rectifyBy: input.rectifyBy,
      receivedBy: ctx.actor.unitName,
      contactName: input.contactName,
      contactPhone: input.contactPhone,
      nextReport: {
        period: nextPeriod,
        dueOn: reportDueOn(await loadCalendar(tx, found.region.id), nextPeriod, found.region.reportingDay),
      },
    },
  });
}

/** The last final period before this one, with which a bulletin compares. */
async function previousFinal(
  tx: Transaction,
  { regionId, period }: typeof assessmentPeriods.$inferSelect,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: assessmentPeriods.id })
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.regionId, regionId),
        lt(assessmentPeriods.period, period),
        eq(assessmentPeriods.state, "final"),
      ),
    )
    .orderBy(desc(assessmentPeriods.period))
    .limit(1);
  return row?.id;
}

function readRows(tx: Transaction, periodId: string): Promise<FrozenRow[]> {
  return tx
    .select({
      measure: frozenFactRows.measure,
      unitId: frozenFactRows.unitId,
      subjectId: frozenFactRows.subjectId,
      label: frozenFactRows.label,
      numerator: frozenFactRows.numerator,
      denominator: frozenFactRows.denominator,
      note: frozenFactRows.note,
    })
    .from(frozenFactRows)
    .leftJoin(units, eq(units.id, frozenFactRows.unitId))
    .where(and(eq(frozenFactRows.periodId, periodId), inArray(frozenFactRows.measure, [...TOLD_MEASURES])))
    .orderBy(asc(units.group), asc(units.position), asc(frozenFactRows.unitId), asc(frozenFactRows.position));
}

function readSheets(tx: Transaction, periodId: string): Promise<FrozenSheet[]> {
  return tx
    .select({
      unitId: scoreSheets.unitId,
      unitName: scoreSheets.unitName,
      group: scoreSheets.group,
      total: scoreSheets.total,
      totalExact: scoreSheets.totalExact,
      grade: scoreSheets.grade,
      place: scoreSheets.place,
      previousPlace: scoreSheets.previousPlace,
    })
    .from(scoreSheets)
    .innerJoin(units, eq(units.id, scoreSheets.unitId))
    .where(eq(scoreSheets.periodId, periodId))
    .orderBy(asc(scoreSheets.group), asc(scoreSheets.place), asc(units.position), asc(units.id));
}

const sheetSchema = z.object({
  leaves: z.array(z.object({ measure: z.string(), target: z.string().nullable() })),
});

/** The target by which a measure was scored, as the score sheets say; null when none was. @unit percent */
async function scoredTarget(tx: Transaction, periodId: string, measure: string): Promise<string | null> {
  const rows = await tx
    .select({ content: scoreSheets.content })
    .from(scoreSheets)
    .where(eq(scoreSheets.periodId, periodId))
    .orderBy(asc(scoreSheets.unitId));
  const leaves = rows.flatMap(({ content }) => sheetSchema.parse(content).leaves);
  return leaves.find((leaf) => leaf.measure === measure && leaf.target !== null)?.target ?? null;
}

/** What the units behind some rows were called on a day. */
async function namesOn(
  tx: Transaction,
  behind: readonly FrozenRow[],
  day: LocalDate,
): Promise<ReadonlyMap<string, string>> {
  const unitIds = [...new Set(behind.map(({ unitId }) => unitId))];
  const rows = await tx
    .select({ id: units.id, today: units.name, then: unitNames.name })
    .from(units)
    .leftJoin(
      unitNames,
      and(
        eq(unitNames.unitId, units.id),
        lte(unitNames.fromOn, day),
        or(isNull(unitNames.toOn), gte(unitNames.toOn, day)),
      ),
    )
    .where(inArray(units.id, unitIds));
  return new Map(rows.map((row) => [row.id, row.then ?? row.today]));
}
