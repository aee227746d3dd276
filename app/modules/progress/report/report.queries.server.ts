import { and, asc, desc, eq, lt } from "drizzle-orm";

import type { Database } from "@db/client";
import {
  domainEvents,
  monthlyReports,
  monthlyReportVersions,
  projects,
  reportedMilestones,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { type LocalDate, localDateOf } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { visible } from "~/policy";

import { prefillReport, reportStatus } from "../progress.rules";
import { confirmedPayments, loadPlan } from "./report-plan.queries.server";

/**
 * A month's report for its page: what is written or, before anybody wrote, the draft from last month, the plan and
 * finance; its status seen from today, milestones, versions and history.
 * @throws DomainError notFound when there is no such duty or it lies outside the actor's sight
 */
export async function readReport(db: Database, actor: Actor, projectId: string, period: Period, today: LocalDate) {
  const [row] = await db
    .select({
      report: monthlyReports,
      project: { id: projects.id, code: projects.code, name: projects.name },
      unitName: units.name,
    })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .innerJoin(units, eq(units.id, monthlyReports.unitId))
    .where(and(eq(monthlyReports.projectId, projectId), eq(monthlyReports.period, period)));
  const report = visible(actor, "report:read", row?.report, "report");

  const [plan, money, calendar, claims, previous, versions, events] = await Promise.all([
    loadPlan(db, projectId),
    confirmedPayments(db, projectId, period),
    loadCalendar(db),
    db.select().from(reportedMilestones).where(eq(reportedMilestones.reportId, report.id)),
    lastReportBefore(db, projectId, period),
    listVersions(db, report.id),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "report"), eq(domainEvents.subjectId, report.id)))
      .orderBy(desc(domainEvents.at)),
  ]);
  const claimed = new Map(claims.map((claim) => [claim.milestoneId, claim]));
  const prefilled = prefillReport(previous, { period, ...plan }, money, today);
  const content = report.state === "open" ? prefilled : report;
  return {
    report,
    project: row?.project ?? { id: projectId, code: "", name: "" },
    unitName: row?.unitName ?? "",
    content: {
      plannedPercent: content.plannedPercent ?? prefilled.plannedPercent,
      actualPercent: trimZeros(content.actualPercent ?? "0"),
      doneThisMonth: content.doneThisMonth,
      nextMonth: content.nextMonth,
      problems: content.problems,
      mattersToSettle: content.mattersToSettle,
      spentFen: content.spentFen ?? prefilled.spentFen,
      spentTotalFen: content.spentTotalFen ?? prefilled.spentTotalFen,
    },
    isPrefilled: report.state === "open" && previous !== null,
    status: reportStatus({
      dueOn: report.dueOn,
      submittedOn: report.firstSubmittedAt && localDateOf(report.firstSubmittedAt),
      today,
    }),
    remainingWorkdays: workdaysBetween(calendar, today, report.dueOn),
    milestones: plan.milestones.map(({ id, name, plannedOn, cumulativePercent, completedOn, evidence }) => ({
      ...{ id, name, plannedOn, cumulativePercent, completedOn, evidence },
      claim: claimed.get(id) ?? null,
    })),
    versions,
    events,
  };
}

async function lastReportBefore(db: Database, projectId: string, period: Period) {
  const [row] = await db
    .select({
      actualPercent: monthlyReports.actualPercent,
      doneThisMonth: monthlyReports.doneThisMonth,
      nextMonth: monthlyReports.nextMonth,
      problems: monthlyReports.problems,
      mattersToSettle: monthlyReports.mattersToSettle,
    })
    .from(monthlyReports)
    .where(
      and(
        eq(monthlyReports.projectId, projectId),
        lt(monthlyReports.period, period),
        eq(monthlyReports.state, "signed"),
      ),
    )
    .orderBy(desc(monthlyReports.period))
    .limit(1);
  return row ? { ...row, actualPercent: row.actualPercent ?? "0" } : null;
}

async function listVersions(db: Database, reportId: string) {
  const rows = await db
    .select({ version: monthlyReportVersions, signer: users.name })
    .from(monthlyReportVersions)
    .leftJoin(users, eq(users.id, monthlyReportVersions.submittedBy))
    .where(eq(monthlyReportVersions.reportId, reportId))
    .orderBy(asc(monthlyReportVersions.number));
  return rows.map(({ version: { number, submittedAt, content }, signer }) => {
    const { actualPercent, doneThisMonth } = content as { actualPercent?: string; doneThisMonth?: string };
    return {
      number,
      submittedAt,
      signer,
      actualPercent: trimZeros(actualPercent ?? "0"),
      doneThisMonth: doneThisMonth ?? "",
    };
  });
}

/** "45.5000" as people type it: "45.5" */
const trimZeros = (percent: string): string => percent.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
