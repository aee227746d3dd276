import { and, asc, desc, eq, inArray, max, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, monthlyReports, projects, reportExplanations, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { Scope } from "~/policy";

import { inMonth, MATRIX_PAGE, statusAt, type MatrixQuery } from "./report-matrix.queries.server";

/** The reports of a month that stand as asked: one page, and how many there are. */
async function rowsOf(
  db: Database,
  scope: Scope,
  query: MatrixQuery,
  today: LocalDate,
  paging: { readonly limit: number; readonly offset: number },
) {
  const rows = await db
    .select({
      id: monthlyReports.id,
      projectId: projects.id,
      projectName: projects.name,
      unitName: units.name,
      period: monthlyReports.period,
      dueOn: monthlyReports.dueOn,
      firstSubmittedAt: monthlyReports.firstSubmittedAt,
      state: monthlyReports.state,
      status: statusAt(today),
      light: monthlyReports.light,
      plannedPercent: monthlyReports.plannedPercent,
      actualPercent: monthlyReports.actualPercent,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .innerJoin(units, eq(units.id, monthlyReports.unitId))
    .where(inMonth(scope, query, today))
    .orderBy(asc(units.group), asc(units.position), asc(projects.code))
    .limit(paging.limit)
    .offset(paging.offset);
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) };
}

/**
 * The reports of a month that stand as asked, each with the day of the last urging and what the unit explains of it:
 * three statements, whatever their number.
 */
export async function listReports(
  db: Database,
  scope: Scope,
  query: MatrixQuery,
  today: LocalDate,
  paging = { limit: MATRIX_PAGE, offset: (query.page - 1) * MATRIX_PAGE },
) {
  const { total, rows } = await rowsOf(db, scope, query, today, paging);
  const ids = rows.map(({ id }) => id);
  const [urgings, explanations] =
    ids.length === 0 ? [[], []] : await Promise.all([lastUrgings(db, ids), explanationsOf(db, ids)]);
  const urgedAt = new Map(urgings.map(({ id, at }) => [id, at]));
  return {
    total,
    pageSize: MATRIX_PAGE,
    rows: rows.map((row) => ({
      ...row,
      urgedAt: urgedAt.get(row.id) ?? null,
      explanations: explanations.filter(({ reportId }) => reportId === row.id),
    })),
  };
}

/** The reports of the month that were not handed in, due or not: what the matrix offers to urge. */
export const unsentReports = async (db: Database, scope: Scope, query: MatrixQuery, today: LocalDate) =>
  (await listReports(db, scope, { ...query, status: "unsent", light: undefined, page: 1 }, today)).rows;

const lastUrgings = (db: Database, ids: readonly string[]) =>
  db
    .select({ id: domainEvents.subjectId, at: max(domainEvents.at) })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "report"),
        inArray(domainEvents.subjectId, [...ids]),
        eq(domainEvents.type, "reportUrged"),
      ),
    )
    .groupBy(domainEvents.subjectId);

const explanationsOf = (db: Database, ids: readonly string[]) =>
  db
    .select({
      id: reportExplanations.id,
      reportId: reportExplanations.reportId,
      about: reportExplanations.about,
      text: reportExplanations.text,
    })
    .from(reportExplanations)
    .where(inArray(reportExplanations.reportId, [...ids]))
    .orderBy(desc(reportExplanations.writtenAt), desc(reportExplanations.id));
