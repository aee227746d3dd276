import { and, asc, count, eq, isNull, lt, min, ne, or, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { monthlyReports, projects, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, formatPeriod, periodOf } from "~/kernel/period";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: monthlyReports.unitId, regionId: monthlyReports.regionId });

async function reportWork(db: Database, where: SQL | undefined, what: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: monthlyReports.id,
      regionId: monthlyReports.regionId,
      projectId: monthlyReports.projectId,
      period: monthlyReports.period,
      dueOn: monthlyReports.dueOn,
      name: projects.name,
      unitName: units.name,
    })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .innerJoin(units, eq(units.id, monthlyReports.unitId))
    .where(where)
    .orderBy(asc(monthlyReports.dueOn), asc(projects.code));
  return rows.map(({ id, regionId, projectId, period, dueOn, name, unitName }) => ({
    key: `${what} ${id}`,
    kind: "月报",
    what,
    title: `${name} ${formatPeriod(period)}月报`,
    unitName,
    href: `/projects/${projectId}/reports/${period}`,
    dueOn,
    regionId,
  }));
}

/** The unit's reports of months that have ended and were not handed in, and corrections that were begun. */
export function reportsToFill(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const ended = lt(monthlyReports.period, periodOf(today));
  const where = and(within(scope), or(and(eq(monthlyReports.state, "open"), ended), eq(monthlyReports.state, "draft")));
  return reportWork(db, where, "填报月报");
}

/** Reports that wait for the leader's signature; not one's own. */
export function reportsToSign(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const others = or(isNull(monthlyReports.filledBy), ne(monthlyReports.filledBy, userId));
  return reportWork(db, and(within(scope), eq(monthlyReports.state, "awaitingSignature"), others), "签批月报");
}

/** The reports of the last month that units still owe after the day, as one item: urging is one page's work. */
export async function reportsToUrge(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const period = addPeriods(periodOf(today), -1);
  const [row] = await db
    .select({ missing: count(), dueOn: min(monthlyReports.dueOn) })
    .from(monthlyReports)
    .where(
      and(
        within(scope),
        eq(monthlyReports.period, period),
        isNull(monthlyReports.firstSubmittedAt),
        lt(monthlyReports.dueOn, today),
      ),
    );
  if (!row || row.missing === 0) return [];
  return [
    {
      key: `urge ${period}`,
      kind: "月报",
      what: "催报",
      title: `${formatPeriod(period)}月报缺报 ${row.missing} 份`,
      unitName: null,
      href: `/reports?period=${period}`,
      dueOn: null,
    },
  ];
}
