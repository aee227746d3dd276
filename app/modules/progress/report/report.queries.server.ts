import { and, asc, desc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import {
  domainEvents,
  monthlyReports,
  monthlyReportVersions,
  projects,
  reportedMilestones,
  reportExplanations,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { type LocalDate, localDateOf } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { scopeFor, visible } from "~/policy";

import { reportStatus } from "../progress.rules";
import { explicable } from "./explanation.rules";
import { filesOfReport } from "./files/report-files.queries.server";
import { draftsOf } from "./report-plan.queries.server";
import { trimZeros } from "./report-values";
import type { SignedContent } from "./signed-content";
import { versionDifferences } from "./version-differences";

/**
 * A month's report for its page: what is written or, before anybody wrote, the draft from last month, the plan, finance
 * and the register of systems; its status seen from today, milestones, files, explanations, versions and history.
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

  const [draftFor, calendar, claims, files, explanations, signed, events] = await Promise.all([
    draftsOf(db, scopeFor(actor, "system:read"), [report], today),
    loadCalendar(db, report.regionId),
    db.select().from(reportedMilestones).where(eq(reportedMilestones.reportId, report.id)),
    filesOfReport(db, report.id),
    listExplanations(db, report.id),
    listVersions(db, report.id),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "report"), eq(domainEvents.subjectId, report.id)))
      .orderBy(desc(domainEvents.at)),
  ]);
  const { draft, plan, cloudSteps, continues } = draftFor(report);
  const claimed = new Map(claims.map((claim) => [claim.milestoneId, claim]));
  const names = Object.fromEntries(plan.milestones.map(({ id, name }) => [id, name]));
  const kept = new Set(signed.at(-1)?.content.files?.map(({ id }) => id));
  const content = report.state === "open" ? draft : report;
  const status = reportStatus({
    dueOn: report.dueOn,
    submittedOn: report.firstSubmittedAt && localDateOf(report.firstSubmittedAt),
    today,
  });
  return {
    report,
    project: row?.project ?? { id: projectId, code: "", name: "" },
    unitName: row?.unitName ?? "",
    content: {
      plannedPercent: content.plannedPercent ?? draft.plannedPercent,
      actualPercent: trimZeros(content.actualPercent ?? "0"),
      doneThisMonth: content.doneThisMonth,
      nextMonth: content.nextMonth,
      problems: content.problems,
      mattersToSettle: content.mattersToSettle,
      spentFen: content.spentFen ?? draft.spentFen,
      spentTotalFen: content.spentTotalFen ?? draft.spentTotalFen,
    },
    continues: report.state === "open" ? continues : null,
    cloudSteps,
    status,
    remainingWorkdays: workdaysBetween(calendar, today, report.dueOn),
    milestones: plan.milestones.map(({ id, name, plannedOn, cumulativePercent, completedOn, evidence }) => ({
      ...{ id, name, plannedOn, cumulativePercent, completedOn, evidence },
      claim: claimed.get(id) ?? null,
    })),
    // what came after the last signature waits for the next one
    files: files.map((file) => ({ ...file, isSigned: kept.has(file.id) })),
    explanations,
    explicable: explicable({ status, light: report.light }),
    versions: signed.map(({ content: { actualPercent, doneThisMonth, files: attached = [] }, ...version }, index) => ({
      ...version,
      actualPercent: trimZeros(actualPercent ?? "0"),
      doneThisMonth: doneThisMonth ?? "",
      files: attached,
      differences: versionDifferences(signed[index - 1]?.content ?? {}, signed[index]?.content ?? {}, names),
    })),
    events,
  };
}

const listExplanations = (db: Database, reportId: string) =>
  db
    .select({
      id: reportExplanations.id,
      about: reportExplanations.about,
      text: reportExplanations.text,
      writer: users.name,
      writtenAt: reportExplanations.writtenAt,
    })
    .from(reportExplanations)
    .leftJoin(users, eq(users.id, reportExplanations.writtenBy))
    .where(eq(reportExplanations.reportId, reportId))
    .orderBy(asc(reportExplanations.writtenAt), asc(reportExplanations.id));

async function listVersions(db: Database, reportId: string) {
  const rows = await db
    .select({
      number: monthlyReportVersions.number,
      submittedAt: monthlyReportVersions.submittedAt,
      signer: users.name,
      content: monthlyReportVersions.content,
    })
    .from(monthlyReportVersions)
    .leftJoin(users, eq(users.id, monthlyReportVersions.submittedBy))
    .where(eq(monthlyReportVersions.reportId, reportId))
    .orderBy(asc(monthlyReportVersions.number));
  return rows.map(({ content, ...version }) => ({ ...version, content: content as Partial<SignedContent> }));
}
