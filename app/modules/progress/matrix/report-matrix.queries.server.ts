import { and, asc, between, count, eq, exists, inArray, isNull, max, type SQL, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, monthlyReports, projects, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { endOfDay } from "~/kernel/local-date";
import { addPeriods, isPeriod, type Period, periodOf, periodsBetween } from "~/kernel/period";
import type { ReportStatus } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

const MATRIX_MONTHS = 12;
const MATRIX_PAGE = 50;

/** What the matrix can be asked; everything is in the address. */
export interface MatrixQuery {
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  /** the month whose counts and unsent reports are listed */
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
  return {
    unit: readWantedUnit(params),
    period: isPeriod(period) ? period : addPeriods(periodOf(today), -1),
    through: isPeriod(period) ? period : periodOf(today),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/**
 * `reportStatus` as SQL, for counting many reports where they are. An instant is compared as its business day.
 * @source domain.md §7
 */
const statusAt = (today: LocalDate): SQL<ReportStatus> => sql`case
  when ${monthlyReports.firstSubmittedAt} < ${endOfDay(today).toISOString()}::timestamptz then
    case when (${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date <= ${monthlyReports.dueOn}
      then 'onTime' else 'late' end
  when ${monthlyReports.dueOn} < ${today}::date then 'missing'
  else 'notDue' end`;

/** One page of projects with the reports of twelve months, and the counts of every month over all of them. */
export async function readMatrix(db: Database, scope: Scope, query: MatrixQuery, today: LocalDate) {
  const first = addPeriods(query.through, 1 - MATRIX_MONTHS);
  const within = and(
    inScope(scope, { unitId: monthlyReports.unitId, regionId: monthlyReports.regionId }),
    between(monthlyReports.period, first, query.through),
    isWantedUnit(monthlyReports.unitId, query.unit),
  );
  const hasReports = exists(
    db
      .select({ one: sql`1` })
      .from(monthlyReports)
      .where(and(eq(monthlyReports.projectId, projects.id), within)),
  );
  const [rows, [total], counts] = await Promise.all([
    db
      .select({ id: projects.id, name: projects.name, unitName: units.name, light: projects.light })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(hasReports)
      .orderBy(asc(units.group), asc(units.position), asc(projects.code))
      .limit(MATRIX_PAGE)
      .offset((query.page - 1) * MATRIX_PAGE),
    db.select({ n: count() }).from(projects).where(hasReports),
    db
      .select({ period: monthlyReports.period, status: statusAt(today), light: monthlyReports.light, n: count() })
      .from(monthlyReports)
      .where(within)
      .groupBy(sql`1, 2, 3`),
  ]);
  const cells =
    rows.length === 0
      ? []
      : await db
          .select({
            projectId: monthlyReports.projectId,
            period: monthlyReports.period,
            status: statusAt(today),
            light: monthlyReports.light,
          })
          .from(monthlyReports)
          .where(
            and(
              within,
              inArray(
                monthlyReports.projectId,
                rows.map(({ id }) => id),
              ),
            ),
          );
  return {
    periods: periodsBetween(first, query.through),
    rows,
    total: total?.n ?? 0,
    pageSize: MATRIX_PAGE,
    counts,
    cells,
  };
}

/** The reports of a month that were not handed in, with the day of the last urging. */
export async function unsentReports(db: Database, scope: Scope, query: MatrixQuery, today: LocalDate) {
  return db
    .select({
      id: monthlyReports.id,
      projectId: projects.id,
      projectName: projects.name,
      unitName: units.name,
      period: monthlyReports.period,
      dueOn: monthlyReports.dueOn,
      state: monthlyReports.state,
      status: statusAt(today),
      urgedAt: max(domainEvents.at),
    })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .innerJoin(units, eq(units.id, monthlyReports.unitId))
    .leftJoin(
      domainEvents,
      and(
        eq(domainEvents.subjectType, "report"),
        eq(domainEvents.subjectId, monthlyReports.id),
        eq(domainEvents.type, "reportUrged"),
      ),
    )
    .where(
      and(
        inScope(scope, { unitId: monthlyReports.unitId, regionId: monthlyReports.regionId }),
        eq(monthlyReports.period, query.period),
        isNull(monthlyReports.firstSubmittedAt),
        isWantedUnit(monthlyReports.unitId, query.unit),
      ),
    )
    .groupBy(monthlyReports.id, projects.id, units.id)
    .orderBy(asc(units.group), asc(units.position), asc(projects.code));
}
