import { and, asc, eq, inArray, ne } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { frozenFactRows, frozenFacts } from "@db/schema";
import { lastDay, type Period } from "~/kernel/period";
import { loadFigures } from "~/platform/figures.server";

import { eventsOf, type CountedRow } from "./fact-events.rules";
import { judgedMeasures } from "./judged-measures";
import type { Scheme } from "./scheme.types";
import { scoreUnits } from "./score.rules";
import type { GradeBands, MeasureFact, ScoredUnit, ScoreSheet } from "./score.types";

/**
 * Scores units from what was frozen and nothing else, with the grade bands in force at the end of the period: the same
 * period, scheme and units give the same sheets for ever.
 * @source domain.md §9
 */
export async function scorePeriod(
  db: DatabaseOrTransaction,
  of: {
    readonly periodId: string;
    readonly period: Period;
    readonly scheme: Scheme;
    readonly units: readonly ScoredUnit[];
  },
): Promise<ScoreSheet[]> {
  const [facts, bands] = await Promise.all([loadFacts(db, of.periodId, of.scheme), loadBands(db, of.period)]);
  return scoreUnits(of.scheme, facts, of.units, of.period, bands);
}

async function loadFacts(db: DatabaseOrTransaction, periodId: string, scheme: Scheme): Promise<MeasureFact[]> {
  const { all, counted } = judgedMeasures(scheme);
  const [facts, rows] = await Promise.all([
    db
      .select({
        measure: frozenFacts.measure,
        unitId: frozenFacts.unitId,
        numerator: frozenFacts.numerator,
        denominator: frozenFacts.denominator,
        applicable: frozenFacts.applicable,
      })
      .from(frozenFacts)
      .where(and(eq(frozenFacts.periodId, periodId), inArray(frozenFacts.measure, all))),
    db
      .select({
        measure: frozenFactRows.measure,
        unitId: frozenFactRows.unitId,
        subjectId: frozenFactRows.subjectId,
        numerator: frozenFactRows.numerator,
      })
      .from(frozenFactRows)
      .where(
        and(
          eq(frozenFactRows.periodId, periodId),
          inArray(frozenFactRows.measure, counted),
          ne(frozenFactRows.numerator, "0"),
        ),
      )
      .orderBy(asc(frozenFactRows.unitId), asc(frozenFactRows.measure), asc(frozenFactRows.position)),
  ]);
  const rowsOf = new Map<string, CountedRow[]>();
  for (const row of rows) {
    const key = `${row.unitId} ${row.measure}`;
    const list = rowsOf.get(key);
    if (list) list.push(row);
    else rowsOf.set(key, [row]);
  }
  return facts.map((fact) => ({
    ...fact,
    events: counted.includes(fact.measure)
      ? eventsOf(rowsOf.get(`${fact.unitId} ${fact.measure}`) ?? [], fact.numerator)
      : undefined,
  }));
}

async function loadBands(db: DatabaseOrTransaction, period: Period): Promise<GradeBands> {
  const figures = await loadFigures(db, lastDay(period));
  return [
    { grade: "优", from: figures.text("grade.excellent") },
    { grade: "良", from: figures.text("grade.good") },
    { grade: "中", from: figures.text("grade.medium") },
    { grade: "差", from: "0" },
  ];
}
