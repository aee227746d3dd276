import { and, asc, between, count, eq, exists, inArray, type SQL, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { monthlyReports, projects, regions, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { endOfDay } from "~/kernel/local-date";
import { addPeriods, isPeriod, type Period, periodOf, periodsBetween } from "~/kernel/period";
import { isUuid } from "~/kernel/uuid";
import { keysOf, LIGHTS, REPORT_STATUSES, type Light, type ReportStatus } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { MonthCount } from "./month-count";

const MATRIX_MONTHS = 12;
export const MATRIX_PAGE = 50;

/** How the reports are looked at: counted by unit, one by one in their project's row, or as a list. */
export const MATRIX_LEVELS = { unit: "按单位", project: "按项目", report: "月报清单" } as const;
export type MatrixLevel = keyof typeof MATRIX_LEVELS;

/** What the filter 报送情况 offers: what a report can be, and what has not been handed in, due or not. */
export const STATUS_FILTERS = { ...REPORT_STATUSES, unsent: "尚未报送" } as const;
export type StatusFilter = keyof typeof STATUS_FILTERS;

/** What the matrix can be asked; everything is in the address. */
export interface MatrixQuery {
  /** undefined: what suits the reach of who asks */
  readonly by: MatrixLevel | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  /** a region's id */
  readonly region: string | undefined;
  /** how the report of the month stands */
  readonly status: StatusFilter | undefined;
  /** the light of the month's report */
  readonly light: Light | undefined;
  /** the month whose counts and reports are listed */
  readonly period: Period;
  /** the last month shown */
  readonly through: Period;
  readonly page: number;
}

/**
 * Reads the question from an address; what is unknown is ignored. The month asked about is by default the last ended,
 * the last one shown the running one.
 */
export function readMatrixQuery(params: URLSearchParams, today: LocalDate): MatrixQuery {
  const period = params.get("period") ?? "";
  const page = Number(params.get("page"));
  const region = params.get("region") ?? "";
  return {
    by: keysOf(MATRIX_LEVELS).find((level) => level === params.get("by")),
    unit: readWantedUnit(params),
    region: isUuid(region) ? region : undefined,
    status: keysOf(STATUS_FILTERS).find((status) => status === params.get("status")),
    light: keysOf(LIGHTS).find((light) => light === params.get("light")),
    period: isPeriod(period) ? period : addPeriods(periodOf(today), -1),
    through: isPeriod(period) ? period : periodOf(today),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** Who reaches several units begins with them; who has one, with its projects. */
export const levelFor = (query: MatrixQuery, scope: Scope): MatrixLevel =>
  query.by ?? (scope.regionIds.length > 0 && query.unit === undefined ? "unit" : "project");

/**
 * `reportStatus` as SQL, for counting many reports where they are. An instant is compared as its business day.
 * @source domain.md §7
 */
export const statusAt = (today: LocalDate): SQL<ReportStatus> => sql`case
  when ${monthlyReports.firstSubmittedAt} < ${endOfDay(today).toISOString()}::timestamptz then
    case when (${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date <= ${monthlyReports.dueOn}
      then 'onTime' else 'late' end
  when ${monthlyReports.dueOn} < ${today}::date then 'missing'
  else 'notDue' end`;

/** The reports that the question is about, of all months. */
const asked = (scope: Scope, { unit, region }: MatrixQuery): SQL | undefined =>
  and(
    inScope(scope, { unitId: monthlyReports.unitId, regionId: monthlyReports.regionId }),
    isWantedUnit(monthlyReports.unitId, unit),
    region ? eq(monthlyReports.regionId, region) : undefined,
  );

function isStatus(status: StatusFilter | undefined, today: LocalDate): SQL | undefined {
  if (status === undefined) return undefined;
  if (status === "unsent") return sql`${statusAt(today)} in ('missing', 'notDue')`;
  return sql`${statusAt(today)} = ${status}`;
}

/** The reports of the month asked about that stand as asked. */
export const inMonth = (scope: Scope, query: MatrixQuery, today: LocalDate): SQL | undefined =>
  and(
    asked(scope, query),
    eq(monthlyReports.period, query.period),
    isStatus(query.status, today),
    query.light ? eq(monthlyReports.light, query.light) : undefined,
  );

const firstShown = (query: MatrixQuery): Period => addPeriods(query.through, 1 - MATRIX_MONTHS);

const inTwelveMonths = (scope: Scope, query: MatrixQuery): SQL | undefined =>
  and(asked(scope, query), between(monthlyReports.period, firstShown(query), query.through));

export const matrixPeriods = (query: MatrixQuery): Period[] => periodsBetween(firstShown(query), query.through);

/** The reports for whose sake a row is shown: those of the twelve months, or of the month when it is asked how they stand. */
const deciding = (scope: Scope, query: MatrixQuery, today: LocalDate): SQL | undefined =>
  query.status || query.light ? inMonth(scope, query, today) : inTwelveMonths(scope, query);

/**
 * How many reports of each month stand how, over everything that is asked about. Grouped by month and light alone and
 * counted apart, so that the server can share the work among its processes; what is asked of `statusAt` is asked once.
 */
export async function matrixCounts(
  db: Database,
  scope: Scope,
  query: MatrixQuery,
  today: LocalDate,
): Promise<MonthCount[]> {
  const isSent = sql`${monthlyReports.firstSubmittedAt} < ${endOfDay(today).toISOString()}::timestamptz`;
  const tally = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const rows = await db
    .select({
      period: monthlyReports.period,
      light: monthlyReports.light,
      all: count(),
      sent: tally(isSent),
      onTime: tally(
        sql`${isSent} and (${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date <= ${monthlyReports.dueOn}`,
      ),
      missing: tally(sql`${monthlyReports.dueOn} < ${today}::date and (${isSent}) is not true`),
    })
    .from(monthlyReports)
    .where(inTwelveMonths(scope, query))
    .groupBy(monthlyReports.period, monthlyReports.light);
  return rows.flatMap(({ period, light, all, sent, onTime, missing }) => {
    const counted = { onTime, late: sent - onTime, missing, notDue: all - sent - missing };
    return keysOf(REPORT_STATUSES).map((status) => ({ period, light, status, n: counted[status] }));
  });
}

/** Rows of a sheet: all of them at once. */
const EVERY_ROW = 20_000;

interface Paging {
  readonly limit: number;
  readonly offset: number;
}
const pageOf = ({ page }: MatrixQuery): Paging => ({ limit: MATRIX_PAGE, offset: (page - 1) * MATRIX_PAGE });
export const EVERYTHING: Paging = { limit: EVERY_ROW, offset: 0 };

/** One page of projects with the reports of twelve months, and the counts of every month over all of them. */
export async function readMatrix(
  db: Database,
  scope: Scope,
  query: MatrixQuery,
  today: LocalDate,
  { limit, offset }: Paging = pageOf(query),
) {
  const hasReports = exists(
    db
      .select({ one: sql`1` })
      .from(monthlyReports)
      .where(and(eq(monthlyReports.projectId, projects.id), deciding(scope, query, today))),
  );
  const [found, counts] = await Promise.all([
    db
      .select({
        id: projects.id,
        code: projects.code,
        name: projects.name,
        unitName: units.name,
        total: sql<number>`(count(*) over ())::int`,
      })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(hasReports)
      .orderBy(asc(units.group), asc(units.position), asc(projects.code))
      .limit(limit)
      .offset(offset),
    matrixCounts(db, scope, query, today),
  ]);
  const rows = found.map(({ total: _total, ...row }) => row);
  const ids = rows.map(({ id }) => id);
  const cells =
    ids.length === 0
      ? []
      : await db
          .select({
            projectId: monthlyReports.projectId,
            period: monthlyReports.period,
            status: statusAt(today),
            light: monthlyReports.light,
          })
          .from(monthlyReports)
          .where(and(inTwelveMonths(scope, query), inArray(monthlyReports.projectId, ids)));
  return { periods: matrixPeriods(query), rows, total: found[0]?.total ?? 0, pageSize: MATRIX_PAGE, counts, cells };
}

/** One page of units with how many of their reports stand how in twelve months, and the counts over all of them. */
export async function readUnitMatrix(
  db: Database,
  scope: Scope,
  query: MatrixQuery,
  today: LocalDate,
  { limit, offset }: Paging = pageOf(query),
) {
  const reporting = db
    .selectDistinct({ unitId: monthlyReports.unitId })
    .from(monthlyReports)
    .where(deciding(scope, query, today))
    .as("reporting");
  const [rows, counts] = await Promise.all([
    db
      .select({ id: units.id, name: units.name, total: sql<number>`(count(*) over ())::int` })
      .from(units)
      .innerJoin(reporting, eq(reporting.unitId, units.id))
      .orderBy(asc(units.group), asc(units.position), asc(units.id))
      .limit(limit)
      .offset(offset),
    matrixCounts(db, scope, query, today),
  ]);
  const ids = rows.map(({ id }) => id);
  const tally = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const isNow = (status: ReportStatus) => tally(sql`${statusAt(today)} = ${status}`);
  const isLit = (light: Light) => tally(sql`${monthlyReports.light} = ${light}`);
  const cells =
    ids.length === 0
      ? []
      : await db
          .select({
            unitId: monthlyReports.unitId,
            period: monthlyReports.period,
            onTime: isNow("onTime"),
            late: isNow("late"),
            missing: isNow("missing"),
            notDue: isNow("notDue"),
            red: isLit("red"),
            yellow: isLit("yellow"),
            green: isLit("green"),
          })
          .from(monthlyReports)
          .where(and(inTwelveMonths(scope, query), inArray(monthlyReports.unitId, ids)))
          .groupBy(monthlyReports.unitId, monthlyReports.period);
  return {
    periods: matrixPeriods(query),
    rows: rows.map(({ id, name }) => ({ id, name })),
    total: rows[0]?.total ?? 0,
    pageSize: MATRIX_PAGE,
    counts,
    cells,
  };
}

/** The regions that the filter 地区 offers: none while there is only one. */
export async function regionOptions(db: Database, scope: Scope): Promise<{ value: string; label: string }[]> {
  if (scope.regionIds.length < 2) return [];
  return db
    .select({ value: regions.id, label: regions.name })
    .from(regions)
    .where(
      and(
        inArray(regions.id, [...scope.regionIds]),
        exists(
          db
            .select({ one: sql`1` })
            .from(monthlyReports)
            .where(eq(monthlyReports.regionId, regions.id)),
        ),
      ),
    )
    .orderBy(asc(regions.path));
}
