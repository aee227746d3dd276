import { and, desc, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { milestones, monthlyReports, monthlyReportVersions, reportedMilestones } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { parseRational } from "~/kernel/rational";
import { accept, conflict, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { lightFiguresOf, loadLightFacts } from "../light/light-facts.queries.server";
import { withRules } from "../light/light-rule";
import { judgeMonth, type RecordedLight } from "../light/light.rules";
import { loadReport, type Report, type ReportRef } from "./load-report.server";
import { refreshLights } from "../light/refresh-lights.server";
import { REPORT_EVENT_FACTS } from "./report.lifecycle";
import { filesOfReport } from "./files/report-files.queries.server";
import { decideReport, type MilestoneClaim, type ReportRefusal } from "./report.rules";
import type { SignedContent } from "./signed-content";

/**
 * The unit's leader signs a report: this moment is its submission, kept for ever when it is the first. The milestones it
 * proves become completed, a version is appended, and the light of the month and of the project are judged. Who filled
 * the report may not sign it.
 * Refuses with notInThisState, otherPersonThanFiller.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 * @source domain.md §7
 */
export async function signReport(ctx: Ctx, ref: ReportRef): Promise<Result<{ number: number }, ReportRefusal>> {
  return inTransaction<{ number: number }, ReportRefusal>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, ref);
    authorize(ctx.actor, "report:sign", report);
    if (report.version !== ref.version) throw conflict("report");
    const isOther = !samePerson(ctx.actor, report.filledBy);
    const decision = decideReport(report.state, "sign", isOther ? ["otherPersonThanFiller"] : []);
    if (!decision.ok) return decision;

    const [previous] = await tx
      .select()
      .from(monthlyReportVersions)
      .where(eq(monthlyReportVersions.reportId, report.id))
      .orderBy(desc(monthlyReportVersions.number))
      .limit(1);
    const claims = await carryOver(tx, report, (previous?.content as Partial<SignedContent> | undefined)?.claims ?? []);
    const [{ light, reasons }, files] = [await judge(tx, report, ctx.today), await filesOfReport(tx, report.id)];
    const [after] = await tx
      .update(monthlyReports)
      .set({
        state: decision.value,
        light,
        lightReasons: [...reasons],
        signedBy: ctx.actor.userId,
        firstSubmittedAt: report.firstSubmittedAt ?? ctx.now,
        submittedAt: ctx.now,
        version: report.version + 1,
      })
      .where(and(eq(monthlyReports.id, report.id), eq(monthlyReports.version, report.version)))
      .returning();
    if (!after) throw conflict("report");

    const number = (previous?.number ?? 0) + 1;
    const { plannedPercent, actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle } = after;
    const { spentFen, spentTotalFen, filledBy } = after;
    const content: SignedContent = {
      ...{ plannedPercent, actualPercent, doneThisMonth, nextMonth, problems, mattersToSettle },
      ...{ spentFen, spentTotalFen, claims, files, light, lightReasons: reasons, filledBy },
    };
    await tx.insert(monthlyReportVersions).values({
      reportId: report.id,
      number,
      regionId: report.regionId,
      content,
      submittedBy: ctx.actor.userId,
      submittedAt: ctx.now,
    });
    await record(tx, ctx, {
      action: "report:sign",
      event: REPORT_EVENT_FACTS.sign,
      object: { type: "report", id: report.id, regionId: report.regionId },
      before: report,
      after,
      payload: {
        projectId: report.projectId,
        projectName: report.projectName,
        period: report.period,
        number,
        light,
      },
    });
    await refreshLights(tx, ctx.today, { projectId: report.projectId });
    return accept({ number });
  });
}

/** Completes the milestones that the report proves; one that only its earlier version proved is open again. */
async function carryOver(
  tx: Transaction,
  report: Report,
  before: readonly MilestoneClaim[],
): Promise<readonly MilestoneClaim[]> {
  const claims = await tx
    .select({
      milestoneId: reportedMilestones.milestoneId,
      completedOn: reportedMilestones.completedOn,
      evidence: reportedMilestones.evidence,
    })
    .from(reportedMilestones)
    .where(eq(reportedMilestones.reportId, report.id));
  const kept = new Set(claims.map(({ milestoneId }) => milestoneId));
  const dropped = before.filter(({ milestoneId }) => !kept.has(milestoneId));
  if (dropped.length > 0) {
    const ids = dropped.map(({ milestoneId }) => milestoneId);
    await tx.update(milestones).set({ completedOn: null, evidence: null }).where(inArray(milestones.id, ids));
  }
  const own = before.map(({ milestoneId }) => milestoneId);
  const carried: MilestoneClaim[] = [];
  for (const claim of claims) {
    const { milestoneId, completedOn, evidence } = claim;
    // what another month's report proved first stays as it is
    const written = await tx
      .update(milestones)
      .set({ completedOn, evidence })
      .where(and(eq(milestones.id, milestoneId), or(isNull(milestones.completedOn), inArray(milestones.id, own))))
      .returning({ id: milestones.id });
    if (written.length > 0) carried.push(claim);
  }
  return carried;
}

async function judge(tx: Transaction, report: Report, today: LocalDate) {
  const [[facts], figures, last] = await Promise.all([
    loadLightFacts(tx, today, { projectId: report.projectId, underWay: false }),
    loadFigures(tx, today),
    lastRecorded(tx, report),
  ]);
  if (!facts) throw new Error(`report ${report.id} of a project without a plan`);
  const { period, actualPercent } = report;
  const judged = judgeMonth(
    facts,
    { period, actualPercent: parseRational(actualPercent ?? "0") },
    last,
    today,
    lightFiguresOf(figures),
  );
  return { light: judged.light, reasons: withRules(judged.reasons, (code) => figures.row(code)) };
}

/** The light of this month when it is being corrected, otherwise that of the last month that has one. */
async function lastRecorded(tx: Transaction, report: Report): Promise<RecordedLight | null> {
  if (report.light) return { light: report.light, reasons: report.lightReasons ?? [], period: report.period };
  const [row] = await tx
    .select({ light: monthlyReports.light, reasons: monthlyReports.lightReasons, period: monthlyReports.period })
    .from(monthlyReports)
    .where(
      and(
        eq(monthlyReports.projectId, report.projectId),
        lt(monthlyReports.period, report.period),
        isNotNull(monthlyReports.light),
      ),
    )
    .orderBy(desc(monthlyReports.period))
    .limit(1);
  return row?.light ? { light: row.light, reasons: row.reasons ?? [], period: row.period } : null;
}
