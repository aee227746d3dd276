import { and, eq, isNull, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { milestones, monthlyReports, reportedMilestones } from "@db/schema";
import { toFixed } from "~/kernel/rational";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadReport, type Report, type ReportRef } from "./load-report.server";
import { plannedPercentAt, reportDay } from "../plan/plan.rules";
import { REPORT_EVENT_FACTS } from "./report.lifecycle";
import {
  decideReport,
  missingForSubmission,
  refuseClaims,
  type MilestoneClaim,
  type ReportContent,
  type ReportRefusal,
} from "./report.rules";
import { confirmedPayments, loadPlan } from "./report-plan.queries.server";

/**
 * What saving and submitting share: writes what the unit typed, with the plan's and finance's figures of this moment,
 * and moves the report along its lifecycle.
 * Refuses with notInThisState, doneMissing, nextMissing, claimUnknown, claimInFuture.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 * @source domain.md §7
 */
export async function editReport(
  ctx: Ctx,
  ref: ReportRef,
  content: ReportContent,
  event: "save" | "submit",
  afterwards: (tx: Transaction, report: Report) => Promise<void> = () => Promise.resolve(),
): Promise<Result<{ version: number }, ReportRefusal>> {
  return inTransaction<{ version: number }, ReportRefusal>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, ref);
    authorize(ctx.actor, "report:fill", report);
    if (report.version !== ref.version) throw conflict("report");
    const missing = event === "submit" ? missingForSubmission(content) : [];
    const decision = decideReport(report.state, event, missing.length === 0 ? ["reportComplete"] : []);
    if (!decision.ok) {
      return decision.refusals.some(({ code }) => code === "reportComplete") ? refuse(...missing) : decision;
    }
    const impossible = refuseClaims(content.claims, await claimable(tx, report), ctx.today);
    if (impossible.length > 0) return refuse(...impossible);

    const [plan, money] = await Promise.all([
      loadPlan(tx, report.projectId),
      confirmedPayments(tx, report.projectId, report.period),
    ]);
    const { claims, ...text } = content;
    const planned = plannedPercentAt(plan.milestones, plan.start, reportDay(report.period, ctx.today));
    const [after] = await tx
      .update(monthlyReports)
      .set({
        ...text,
        ...money,
        plannedPercent: toFixed(planned, 4),
        state: decision.value,
        filledBy: ctx.actor.userId,
        version: report.version + 1,
      })
      .where(and(eq(monthlyReports.id, report.id), eq(monthlyReports.version, report.version)))
      .returning();
    if (!after) throw conflict("report");
    await replaceClaims(tx, report, claims);
    await record(tx, ctx, {
      action: "report:fill",
      event: REPORT_EVENT_FACTS[event],
      object: { type: "report", id: report.id, regionId: report.regionId },
      before: report,
      after: { ...after, claims },
      payload: { projectId: report.projectId, projectName: report.projectName, period: report.period },
    });
    await afterwards(tx, { ...after, projectName: report.projectName });
    return accept({ version: after.version });
  });
}

/** Milestones of the project that are open, or that this report itself proved before. */
async function claimable(tx: Transaction, report: Report): Promise<Set<string>> {
  const rows = await tx
    .select({ id: milestones.id })
    .from(milestones)
    .leftJoin(
      reportedMilestones,
      and(eq(reportedMilestones.milestoneId, milestones.id), eq(reportedMilestones.reportId, report.id)),
    )
    .where(
      and(
        eq(milestones.projectId, report.projectId),
        or(isNull(milestones.completedOn), eq(reportedMilestones.reportId, report.id)),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

async function replaceClaims(tx: Transaction, report: Report, claims: readonly MilestoneClaim[]): Promise<void> {
  await tx.delete(reportedMilestones).where(eq(reportedMilestones.reportId, report.id));
  if (claims.length === 0) return;
  await tx
    .insert(reportedMilestones)
    .values(claims.map((claim) => ({ ...claim, reportId: report.id, regionId: report.regionId })));
}
