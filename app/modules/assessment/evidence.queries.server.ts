import { and, asc, desc, eq, sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { assessmentPeriods, frozenFactRows, monthlyReports, scoreSheets, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { localDateOf } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { notFound } from "~/kernel/result";
import { inScope } from "~/platform/scope.server";
import { can, scopeFor } from "~/policy";

import { nameOn } from "./assessed-units.server";
import { leafFacts } from "./leaf-facts";
import { governedByRegion } from "./load-period.server";
import { loadScheme } from "./load-scheme.server";
import { NO_UNIT } from "./measures/ledger.measures.server";
import { MEASURES } from "./measures/measures.server";
import { maySeePeriod } from "./ranking.queries.server";
import type { ScoreSheet } from "./score.types";

/** Rows shown of a figure of the whole city; those of one unit are all shown. */
const CITY_ROWS_SHOWN = 500;

interface EvidenceOf {
  readonly period: Period;
  /** a unit, or all of them */
  readonly unitId: string;
  /** code of a leaf, bonus, deduction or veto of the scheme, or of a measure */
  readonly leaf: string;
}

/**
 * What proves a figure: the rule it was scored by, if it was, and the frozen rows of its measures. Of all units, sums are
 * for whoever may read the ranking, rows only for whoever may read those units' scores.
 * @throws DomainError notFound when there is no such figure, it is another unit's, or the period is not published yet
 */
export async function readEvidence(db: DatabaseOrTransaction, actor: Actor, { period, unitId, leaf }: EvidenceOf) {
  const found = await findPeriod(db, actor, period, unitId);
  const facts = leafFacts(await loadScheme(db, found.schemeId), leaf, MEASURE_OF);
  if (!facts) throw notFound("evidence");

  const cutoffDay = localDateOf(found.cutoffAt);
  const of = { periodId: found.id, unitId: unitId === "all" ? undefined : unitId };
  const unit = of.unitId === undefined ? undefined : await readUnit(db, of.unitId, cutoffDay);
  if (of.unitId !== undefined) {
    const governed = unit ?? (of.unitId === NO_UNIT ? governedByRegion(found.regionId) : undefined);
    if (!governed || !can(actor, "score:read", governed)) throw notFound("evidence");
  }
  const inSight = inScope(scopeFor(actor, "score:read"), {
    unitId: frozenFactRows.unitId,
    regionId: frozenFactRows.regionId,
  });
  const tables = await Promise.all(
    facts.measures.map(async (measure) => ({
      ...describe(measure),
      ...(await readSums(db, of, measure, cutoffDay)),
      rows: await readRows(db, of, measure, inSight, cutoffDay),
    })),
  );
  return {
    period: found,
    unitName: of.unitId === undefined ? "全部单位" : (unit?.name ?? NAMELESS),
    facts,
    sheet: of.unitId === undefined ? undefined : await readSheet(db, found.id, of.unitId),
    tables,
  };
}

const NAMELESS = "未明确单位";

async function readSheet(db: DatabaseOrTransaction, periodId: string, unitId: string): Promise<ScoreSheet | undefined> {
  const [row] = await db
    .select({ content: scoreSheets.content })
    .from(scoreSheets)
    .where(and(eq(scoreSheets.periodId, periodId), eq(scoreSheets.unitId, unitId)));
  return row?.content as ScoreSheet | undefined;
}

const MEASURE_OF = new Map(MEASURES.map((measure) => [measure.code as string, measure]));

function describe(code: string) {
  const measure = MEASURE_OF.get(code);
  return {
    code,
    name: measure?.name ?? code,
    definition: measure?.definition ?? "",
    numeratorName: measure?.numeratorName ?? "分子",
    denominatorName: measure?.denominatorName ?? "分母",
  };
}

async function findPeriod(db: DatabaseOrTransaction, actor: Actor, period: Period, unitId: string) {
  const [row] = await db
    .select()
    .from(assessmentPeriods)
    .where(
      and(
        eq(assessmentPeriods.period, period),
        unitId === "all" || unitId === NO_UNIT
          ? eq(assessmentPeriods.regionId, actor.regionId)
          : sql`exists (select 1 from frozen_facts f where f.period_id = ${assessmentPeriods.id} and f.unit_id = ${unitId})`,
      ),
    )
    .orderBy(desc(sql`${assessmentPeriods.regionId} = ${actor.regionId}`))
    .limit(1);
  if (!row?.cutoffAt || !maySeePeriod(actor, row)) throw notFound("evidence");
  return { ...row, cutoffAt: row.cutoffAt };
}

async function readUnit(db: DatabaseOrTransaction, unitId: string, on: LocalDate) {
  const [row] = await db
    .select({ unitId: units.id, regionId: units.regionId, today: units.name, then: nameOn(units.id, on) })
    .from(units)
    .where(eq(units.id, unitId));
  return row && { ...row, name: row.then ?? row.today };
}

interface Of {
  readonly periodId: string;
  readonly unitId: string | undefined;
}

const rowsOf = ({ periodId, unitId }: Of, measure: string): SQL | undefined =>
  and(
    eq(frozenFactRows.periodId, periodId),
    eq(frozenFactRows.measure, measure),
    unitId === undefined ? undefined : eq(frozenFactRows.unitId, unitId),
  );

/** The figure per unit and in all. */
async function readSums(db: DatabaseOrTransaction, of: Of, measure: string, on: LocalDate) {
  const total = {
    numerator: sql<string>`coalesce(trim_scale(sum(${frozenFactRows.numerator})), 0)::text`,
    denominator: sql<string>`coalesce(trim_scale(sum(${frozenFactRows.denominator})), 0)::text`,
    rowCount: sql<number>`count(*)::int`,
  };
  const [[sum], byUnit] = await Promise.all([
    db.select(total).from(frozenFactRows).where(rowsOf(of, measure)),
    db
      .select({
        unitId: frozenFactRows.unitId,
        regionId: frozenFactRows.regionId,
        unitName: sql<string>`coalesce(${nameOn(units.id, on)}, ${units.name}, ${NAMELESS})`,
        ...total,
      })
      .from(frozenFactRows)
      .leftJoin(units, eq(units.id, frozenFactRows.unitId))
      .where(rowsOf(of, measure))
      .groupBy(frozenFactRows.unitId, frozenFactRows.regionId, units.id)
      .orderBy(asc(units.group), asc(units.position), asc(frozenFactRows.unitId)),
  ]);
  return { sum: sum ?? { numerator: "0", denominator: "0", rowCount: 0 }, byUnit };
}

async function readRows(db: DatabaseOrTransaction, of: Of, measure: string, inSight: SQL, on: LocalDate) {
  const query = db
    .select({
      unitId: frozenFactRows.unitId,
      unitName: sql<string>`coalesce(${nameOn(units.id, on)}, ${units.name}, ${NAMELESS})`,
      position: frozenFactRows.position,
      subjectType: frozenFactRows.subjectType,
      subjectId: frozenFactRows.subjectId,
      label: frozenFactRows.label,
      numerator: frozenFactRows.numerator,
      denominator: frozenFactRows.denominator,
      note: frozenFactRows.note,
      reportOf: monthlyReports.projectId,
      reportPeriod: monthlyReports.period,
    })
    .from(frozenFactRows)
    .leftJoin(units, eq(units.id, frozenFactRows.unitId))
    .leftJoin(
      monthlyReports,
      and(eq(frozenFactRows.subjectType, "report"), eq(monthlyReports.id, frozenFactRows.subjectId)),
    )
    .where(and(rowsOf(of, measure), inSight))
    .orderBy(asc(units.group), asc(units.position), asc(frozenFactRows.unitId), asc(frozenFactRows.position));
  return of.unitId === undefined ? query.limit(CITY_ROWS_SHOWN) : query;
}
