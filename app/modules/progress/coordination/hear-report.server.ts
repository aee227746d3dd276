import { and, desc, eq, inArray, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { coordinationMatters, domainEvents, monthlyReports, monthlyReportVersions, projects } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { localDateOf } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { accept, notFound } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { COORDINATION_EVENT_FACTS, COORDINATION_LIFECYCLE, COORDINATION_RAISED } from "./coordination.lifecycle";
import { hearReport, type HeardReport } from "./coordination.rules";
import { type Matter, moveMatter } from "./take-step.server";
import { tellBureau, tellLeaders } from "./tell.server";

/**
 * A report of a project was signed: its matter rises, follows what the unit says now, or ends. Judged from what the
 * newest signed month says at this moment, under the lock of the project, so that events that come twice, late or at once
 * lead to the same matter.
 * @throws DomainError notFound, forbidden
 * @source domain.md §7
 */
export async function hearSignedReport(ctx: Ctx, projectId: string): Promise<void> {
  await inTransaction<null, never>(ctx, async (tx) => {
    const [project] = await tx
      .select({ id: projects.id, name: projects.name, unitId: projects.unitId, regionId: projects.regionId })
      .from(projects)
      .where(eq(projects.id, projectId));
    if (!project) throw notFound("project");
    authorize(ctx.actor, "report:sign", project);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`coordination ${projectId}`}, 0))`);
    const report = await newestSigned(tx, projectId);
    if (!report) return accept(null);
    const newest = await newestMatter(tx, projectId, project.name);
    const heard = hearReport(report, newest && { ...newest, isEndedByUnit: await isEndedByUnit(tx, newest) });
    if (heard === "raise") await raise(tx, ctx, project, report);
    else if (heard !== "nothing" && newest) {
      const step = decideStep(COORDINATION_LIFECYCLE, newest.state, heard, []);
      if (!step.ok) throw new Error(`the rule says ${heard} of a matter that is ${newest.state}`);
      const text = report.text.trim();
      const said = { lastReportId: report.reportId };
      const change = heard === "revise" ? { ...said, text } : { ...said, endedOn: report.signedOn };
      const after = await moveMatter(tx, ctx, newest, step.value, change);
      if (heard === "revise") await tellLeaders(tx, ctx, after, "单位更新了需协调事项");
    }
    return accept(null);
  });
}

interface Project {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly regionId: string;
}

type Signed = HeardReport & { readonly period: Period; readonly signedOn: ReturnType<typeof localDateOf> };

/** The last signed version of the latest month that has one; a correction that is being written does not speak yet. */
async function newestSigned(tx: Transaction, projectId: string): Promise<Signed | undefined> {
  const [row] = await tx
    .select({
      reportId: monthlyReports.id,
      period: monthlyReports.period,
      text: sql<string>`coalesce(${monthlyReportVersions.content}->>'mattersToSettle', '')`,
      signedAt: monthlyReportVersions.submittedAt,
    })
    .from(monthlyReports)
    .innerJoin(monthlyReportVersions, eq(monthlyReportVersions.reportId, monthlyReports.id))
    .where(eq(monthlyReports.projectId, projectId))
    .orderBy(desc(monthlyReports.period), desc(monthlyReportVersions.number))
    .limit(1);
  return row && { reportId: row.reportId, period: row.period, text: row.text, signedOn: localDateOf(row.signedAt) };
}

async function newestMatter(tx: Transaction, projectId: string, projectName: string): Promise<Matter | undefined> {
  const [matter] = await tx
    .select()
    .from(coordinationMatters)
    .where(eq(coordinationMatters.projectId, projectId))
    .orderBy(desc(coordinationMatters.id))
    .limit(1)
    .for("update");
  return matter && { ...matter, projectName };
}

async function isEndedByUnit(tx: Transaction, { id }: Matter): Promise<boolean> {
  const ends = await tx.$count(
    domainEvents,
    and(
      eq(domainEvents.subjectType, "coordinationMatter"),
      eq(domainEvents.subjectId, id),
      inArray(domainEvents.type, [COORDINATION_EVENT_FACTS.withdraw, COORDINATION_EVENT_FACTS.clear]),
    ),
  );
  return ends > 0;
}

async function raise(tx: Transaction, ctx: Ctx, project: Project, report: Signed): Promise<void> {
  const { name: projectName, unitId, regionId } = project;
  const [figures, calendar] = await Promise.all([loadFigures(tx, report.signedOn), loadCalendar(tx, regionId)]);
  const row = {
    id: newId(),
    projectId: project.id,
    ...{ unitId, regionId },
    raisedByReportId: report.reportId,
    lastReportId: report.reportId,
    text: report.text.trim(),
    state: "raised" as const,
    raisedOn: report.signedOn,
    answerDueOn: addWorkdays(calendar, report.signedOn, figures.number("coordination.answerWorkdays")),
  };
  await tx.insert(coordinationMatters).values(row);
  await record(tx, ctx, {
    action: "report:sign",
    event: COORDINATION_RAISED,
    object: { type: "coordinationMatter", id: row.id, regionId },
    after: row,
    payload: { projectId: project.id, projectName, unitId, period: report.period, text: row.text },
  });
  await tellLeaders(tx, ctx, { ...row, projectName }, "需协调事项待答复");
  await tellBureau(tx, ctx, { ...row, projectName }, "需协调事项待提出意见");
}
