import { and, asc, desc, eq, isNotNull, lte, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { milestones, monthlyReports, monthlyReportVersions, payments, projects, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { type LocalDate, localDateOf } from "~/kernel/local-date";
import { parseRational } from "~/kernel/rational";
import { counted } from "~/modules/funding/index.server";
import { loadFigures } from "~/platform/figures.server";
import { visible } from "~/policy";

import { courseOf, type SignedMonth } from "./course.rules";
import { forecastFinish } from "./forecast.rules";

/**
 * The course of a project for its page: the months planned and reported, the money, and the forecast of its finish; null
 * before it has a plan.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readCourse(db: Database, actor: Actor, projectId: string, today: LocalDate) {
  const [row] = await db
    .select({ project: projects, unitName: units.name })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(eq(projects.id, projectId));
  const project = visible(actor, "report:read", row?.project, "project");
  const [points, months, paid, figures] = await Promise.all([
    db
      .select({ plannedOn: milestones.plannedOn, cumulativePercent: milestones.cumulativePercent })
      .from(milestones)
      .where(eq(milestones.projectId, projectId))
      .orderBy(asc(milestones.plannedOn)),
    signedMonths(db, projectId),
    db
      .select({ paidOn: payments.paidOn, amountFen: payments.amountFen })
      .from(payments)
      .where(and(eq(payments.projectId, projectId), counted(payments), lte(payments.paidOn, today))),
    loadFigures(db, today),
  ]);
  const { id, code, name, light, lightReasons, approvedFen } = project;
  const start = project.plannedStartOn ?? project.startedOn;
  const finish = points.at(-1)?.plannedOn ?? project.plannedEndOn;
  const forecastMonths = figures.number("forecast.months");
  const course =
    start === null || finish === null
      ? null
      : courseOf({ start, finish, milestones: points, months, payments: paid, approvedFen, today });
  const reported = (course ?? []).flatMap(({ day, actual }) => (actual === null ? [] : [{ day, percent: actual }]));
  return {
    project: { id, code, name, light, lightReasons },
    unitName: row?.unitName ?? "",
    ...{ start, finish, course, forecastMonths },
    forecast: forecastFinish(reported, forecastMonths),
  };
}

/** What each month's last signed version says; a correction that is being written does not count yet. */
async function signedMonths(db: Database, projectId: string): Promise<SignedMonth[]> {
  const rows = await db
    .selectDistinctOn([monthlyReports.period], {
      period: monthlyReports.period,
      signedAt: sql<Date>`coalesce(${monthlyReportVersions.submittedAt}, ${monthlyReports.firstSubmittedAt})`.mapWith(
        monthlyReports.firstSubmittedAt,
      ),
      actual: sql<
        string | null
      >`coalesce(${monthlyReportVersions.content}->>'actualPercent', ${monthlyReports.actualPercent}::text)`,
      light: monthlyReports.light,
    })
    .from(monthlyReports)
    .leftJoin(monthlyReportVersions, eq(monthlyReportVersions.reportId, monthlyReports.id))
    .where(and(eq(monthlyReports.projectId, projectId), isNotNull(monthlyReports.firstSubmittedAt)))
    .orderBy(monthlyReports.period, desc(monthlyReportVersions.number));
  return rows.map(({ period, signedAt, actual, light }) => ({
    period,
    signedOn: localDateOf(signedAt),
    actual: parseRational(actual ?? "0"),
    light,
  }));
}
