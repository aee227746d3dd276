import { asc, desc, eq } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { budgetLines, monthlyReports, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { loadCalendar } from "~/platform/calendar.server";

import { readFiling } from "./filing.queries.server";
import { readProject } from "./load-project.server";
import { readStanding } from "./review/standing.queries.server";
import { stoppedClocks } from "./review/stopped-clock.rules";
import { latestSubmission } from "./submissions.queries.server";
import { projectEvents } from "./timeline.queries.server";

/**
 * Everything that a project's page shows.
 * @throws DomainError notFound
 */
export async function readProjectDetail(db: Database, actor: Actor, id: string, today: LocalDate) {
  const project = await readProject(db, actor, id);
  const [filing, [unit], lines, reports, events, submission, standing, calendar] = await Promise.all([
    readFiling(db, project, today),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    reviewedLines(db, id),
    reportsOf(db, id),
    projectEvents(db, id),
    latestSubmission(db, id),
    readStanding(db, project, today),
    loadCalendar(db, project.regionId),
  ]);
  return {
    project,
    filing,
    unitName: unit?.name ?? "",
    lines,
    reports,
    events,
    submission,
    standing,
    stops: stoppedClocks(calendar, today, events),
  };
}

/** The budget lines with what finance made of them. */
async function reviewedLines(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: budgetLines.id,
      category: budgetLines.category,
      name: budgetLines.name,
      quantity: budgetLines.quantity,
      measureUnit: budgetLines.measureUnit,
      unitPriceFen: budgetLines.unitPriceFen,
      declaredFen: budgetLines.declaredFen,
      reviewedFen: budgetLines.reviewedFen,
      cutReason: budgetLines.cutReason,
    })
    .from(budgetLines)
    .where(eq(budgetLines.projectId, projectId))
    .orderBy(asc(budgetLines.position));
}

/** The monthly reports of a project, the latest month first. */
async function reportsOf(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      period: monthlyReports.period,
      dueOn: monthlyReports.dueOn,
      firstSubmittedAt: monthlyReports.firstSubmittedAt,
      plannedPercent: monthlyReports.plannedPercent,
      actualPercent: monthlyReports.actualPercent,
      light: monthlyReports.light,
    })
    .from(monthlyReports)
    .where(eq(monthlyReports.projectId, projectId))
    .orderBy(desc(monthlyReports.period));
}
