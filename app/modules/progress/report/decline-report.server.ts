import { and, eq } from "drizzle-orm";

import { monthlyReports } from "@db/schema";
import { formatPeriod } from "~/kernel/period";
import { accept, conflict, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadReport, reportHref, type ReportRef } from "./load-report.server";
import { REPORT_EVENT_FACTS } from "./report.lifecycle";
import { decideReport, type ReportRefusal } from "./report.rules";

/**
 * The unit's leader gives a report back to its filler, with a reason.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 */
export async function declineReport(
  ctx: Ctx,
  ref: ReportRef & { readonly reason: string },
): Promise<Result<null, ReportRefusal>> {
  return inTransaction<null, ReportRefusal>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, ref);
    authorize(ctx.actor, "report:sign", report);
    if (report.version !== ref.version) throw conflict("report");
    const reason = ref.reason.trim();
    const decision = decideReport(report.state, "decline", reason ? ["reasonGiven"] : []);
    if (!decision.ok) return decision;
    const [after] = await tx
      .update(monthlyReports)
      .set({ state: decision.value, version: report.version + 1 })
      .where(and(eq(monthlyReports.id, report.id), eq(monthlyReports.version, report.version)))
      .returning();
    if (!after) throw conflict("report");
    await record(tx, ctx, {
      action: "report:sign",
      event: REPORT_EVENT_FACTS.decline,
      object: { type: "report", id: report.id, regionId: report.regionId },
      before: report,
      after,
      reason,
      payload: { projectId: report.projectId, projectName: report.projectName, period: report.period },
    });
    await notify(tx, ctx, {
      userIds: report.filledBy ? [report.filledBy] : [],
      title: `分管领导退回，请修改月报：${report.projectName}（${formatPeriod(report.period)}）`,
      href: reportHref(report),
    });
    return accept(null);
  });
}
