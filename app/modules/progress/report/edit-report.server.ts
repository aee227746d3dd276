import { and, eq, isNull, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { milestones, reportedMilestones } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadReport, type Report, type ReportRef } from "./load-report.server";
import {
  decideTyping,
  refuseClaims,
  type MilestoneClaim,
  type ReportContent,
  type ReportRefusal,
} from "./report.rules";
import { writeReports } from "./write-reports.server";

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
    const decision = decideTyping(report.state, event, content);
    if (!decision.ok) return decision;
    const impossible = refuseClaims(content.claims, await claimable(tx, report), ctx.today);
    if (impossible.length > 0) return refuse(...impossible);

    const { claims, ...typed } = content;
    const written = await writeReports(tx, ctx, [{ report, event, state: decision.value, typed, claims }]);
    const after = written.get(report.id);
    if (!after) throw conflict("report");
    await replaceClaims(tx, report, claims);
    await afterwards(tx, after);
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
