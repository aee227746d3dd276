import { and, asc, eq, isNull, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { files, monthlyReports, monthlyReportVersions, reportFiles } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { openFile } from "~/platform/files.server";
import { visible } from "~/policy";

import type { ReportPlace } from "../load-report.server";

/** A file of a report as pages and signed versions name it. */
interface NamedReportFile {
  readonly id: string;
  /** null: of the month as a whole */
  readonly milestoneId: string | null;
  readonly name: string;
}

/** What is attached to a report now, in the order it came. */
export const filesOfReport = (db: DatabaseOrTransaction, reportId: string): Promise<NamedReportFile[]> =>
  db
    .select({ id: reportFiles.id, milestoneId: reportFiles.milestoneId, name: files.name })
    .from(reportFiles)
    .innerJoin(files, eq(files.id, reportFiles.fileId))
    .where(and(eq(reportFiles.reportId, reportId), isNull(reportFiles.removedAt)))
    .orderBy(asc(reportFiles.addedAt), asc(reportFiles.id));

/**
 * A file of a report, for sending it on. One that was taken away is sent while a signed version names it.
 * @throws DomainError notFound outside the actor's sight, of another report, or when it was taken away unsigned
 */
export async function openReportFile(db: Database, actor: Actor, { projectId, period }: ReportPlace, id: string) {
  const [row] = await db
    .select({ report: monthlyReports, file: reportFiles })
    .from(reportFiles)
    .innerJoin(monthlyReports, eq(monthlyReports.id, reportFiles.reportId))
    .where(and(eq(reportFiles.id, id), eq(monthlyReports.projectId, projectId), eq(monthlyReports.period, period)));
  visible(actor, "report:read", row?.report, "reportFile");
  if (!row || (row.file.removedAt !== null && !(await isSigned(db, row.file)))) throw notFound("reportFile");
  const found = await openFile(db, row.file.fileId);
  if (!found) throw notFound("reportFile");
  return found;
}

async function isSigned(db: Database, { id, reportId }: typeof reportFiles.$inferSelect): Promise<boolean> {
  const names = sql`${monthlyReportVersions.content} @> ${JSON.stringify({ files: [{ id }] })}::jsonb`;
  return (await db.$count(monthlyReportVersions, and(eq(monthlyReportVersions.reportId, reportId), names))) > 0;
}
