import { and, eq, isNull } from "drizzle-orm";

import { files, reportFiles } from "@db/schema";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadReport, type ReportPlace } from "../load-report.server";
import type { ReportFileCode } from "./report-file.refusals";

/**
 * Takes a file off a report before the signature. Row and bytes stay: a signed version may name them.
 * Refuses with notWritable, signedStays.
 * @throws DomainError notFound (also when it was taken away before), forbidden
 * @source domain.md §7
 */
export async function removeReportFile(
  ctx: Ctx,
  place: ReportPlace,
  id: string,
): Promise<Result<null, ReportFileCode>> {
  return inTransaction<null, ReportFileCode>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, place);
    authorize(ctx.actor, "report:fill", report);
    if (report.state === "awaitingSignature") return refuse({ code: "notWritable" });
    if (report.state === "signed") return refuse({ code: "signedStays" });
    const [gone] = await tx
      .update(reportFiles)
      .set({ removedAt: ctx.now })
      .where(and(eq(reportFiles.id, id), eq(reportFiles.reportId, report.id), isNull(reportFiles.removedAt)))
      .returning();
    if (!gone) throw notFound("reportFile");
    const [file] = await tx.select({ name: files.name }).from(files).where(eq(files.id, gone.fileId));
    await record(tx, ctx, {
      action: "report:fill",
      event: "reportFileRemoved",
      object: { type: "report", id: report.id, regionId: report.regionId },
      before: gone,
      payload: {
        projectId: report.projectId,
        projectName: report.projectName,
        period: report.period,
        fileName: file?.name ?? "",
      },
    });
    return accept(null);
  });
}
