import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { files, milestones, reportFiles } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { admitAttachment } from "~/modules/projects";
import { loadFigures } from "~/platform/figures.server";
import { contentOf, saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadReport, type ReportPlace } from "../load-report.server";
import { isReportEventPossible } from "../report.rules";
import type { ReportFileCode } from "./report-file.refusals";

interface NewReportFile {
  /** null: of the month as a whole */
  readonly milestoneId: string | null;
  readonly file: AcceptedFile | MadeFile;
}

/**
 * Attaches a file to a report: the proof of a milestone, or what belongs to the month. It overwrites nothing, so it asks
 * for no version, and it stays when the form it came with is refused. The same content under the same heading is
 * recognised and kept once.
 * Refuses with notWritable, milestoneUnknown, fileTooLarge, quotaExceeded.
 * @returns `isKnown`: the content was there already, nothing was written
 * @throws DomainError notFound, forbidden
 * @source domain.md §7
 */
export async function addReportFile(
  ctx: Ctx,
  place: ReportPlace,
  { milestoneId, file }: NewReportFile,
): Promise<Result<{ id: string; isKnown: boolean }, ReportFileCode>> {
  return inTransaction<{ id: string; isKnown: boolean }, ReportFileCode>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, place);
    authorize(ctx.actor, "report:fill", report);
    if (!isReportEventPossible(report.state, "save")) return refuse({ code: "notWritable" });
    if (milestoneId !== null && !(await isOfProject(tx, milestoneId, report.projectId)))
      return refuse({ code: "milestoneUnknown" });
    const [figures, attached] = await Promise.all([loadFigures(tx, ctx.today), attachedTo(tx, report.id)]);
    const content = { name: file.name, ...contentOf(file) };
    const twin = attached.find((each) => each.sha256 === content.sha256 && each.milestoneId === milestoneId);
    if (twin) return accept({ id: twin.id, isKnown: true });
    const others = attached.filter(({ sha256 }) => sha256 !== content.sha256);
    const admitted = admitAttachment(content, others, {
      maxMegabytes: figures.number("attachment.maxMegabytes"),
      quotaMegabytes: figures.number("attachment.projectQuotaMegabytes"),
    });
    if (!admitted.ok) return admitted as Result<never, ReportFileCode>;

    const { regionId, unitId } = report;
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const added = {
      id: newId(),
      reportId: report.id,
      milestoneId,
      regionId,
      fileId: stored.id,
      addedBy: ctx.actor.userId,
      addedAt: ctx.now,
    };
    await tx.insert(reportFiles).values(added);
    await record(tx, ctx, {
      action: "report:fill",
      event: "reportFileAdded",
      object: { type: "report", id: report.id, regionId },
      after: { ...added, sha256: stored.sha256 },
      payload: {
        projectId: report.projectId,
        projectName: report.projectName,
        period: report.period,
        fileName: file.name,
      },
    });
    return accept({ id: added.id, isKnown: false });
  });
}

async function isOfProject(tx: Transaction, milestoneId: string, projectId: string): Promise<boolean> {
  const found = and(eq(milestones.id, milestoneId), eq(milestones.projectId, projectId));
  return (await tx.$count(milestones, found)) > 0;
}

const attachedTo = (tx: Transaction, reportId: string) =>
  tx
    .select({
      id: reportFiles.id,
      milestoneId: reportFiles.milestoneId,
      name: files.name,
      sha256: files.sha256,
      sizeBytes: files.sizeBytes,
      kind: files.mediaType,
    })
    .from(reportFiles)
    .innerJoin(files, eq(files.id, reportFiles.fileId))
    .where(and(eq(reportFiles.reportId, reportId), isNull(reportFiles.removedAt)));
