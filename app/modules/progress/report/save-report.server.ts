import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editReport } from "./edit-report.server";
import type { ReportRef } from "./load-report.server";
import type { ReportContent, ReportRefusal } from "./report.rules";

/**
 * Keeps a report as a draft, complete or not. Saving a signed report begins its correction: what was signed stays in
 * force until the leader signs again.
 * Refuses with notInThisState, claimUnknown, claimInFuture.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 * @source domain.md §7
 */
export async function saveReport(
  ctx: Ctx,
  ref: ReportRef,
  content: ReportContent,
): Promise<Result<{ version: number }, ReportRefusal>> {
  return editReport(ctx, ref, content, "save");
}
