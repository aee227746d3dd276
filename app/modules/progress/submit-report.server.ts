import { accept, refuse, type Result } from "~/kernel/result";
import { formatPeriod } from "~/kernel/period";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import type { ReportRef } from "./load-report.server";
import { missingForSubmission, type ReportContent, type ReportRefusal } from "./report.rules";
import { writeReport } from "./write-report.server";

/**
 * The filler hands a report to the unit's leader. It counts as reported only when the leader signs.
 * Refuses with doneMissing, nextMissing, notInThisState, claimUnknown, claimInFuture.
 * @throws DomainError notFound, forbidden; conflict when the report changed after this page was opened
 * @source domain.md §7
 */
export async function submitReport(
  ctx: Ctx,
  ref: ReportRef,
  content: ReportContent,
): Promise<Result<{ version: number }, ReportRefusal>> {
  return inTransaction<{ version: number }, ReportRefusal>(ctx, async (tx) => {
    const missing = missingForSubmission(content);
    const submitted = await writeReport(tx, ctx, ref, content, "submit", ["reportComplete"]);
    if (!submitted.ok) return submitted;
    if (missing.length > 0) return refuse(...missing);
    const { unitId, regionId, projectId, projectName, period, version } = submitted.value;
    const leaders = await usersWithRole(tx, { role: "unitLead", unitId, regionId });
    await notify(tx, ctx, {
      userIds: leaders.map(({ id }) => id),
      title: `请签批月报：${projectName}（${formatPeriod(period)}）`,
      href: `/projects/${projectId}/reports/${period}`,
    });
    return accept({ version });
  });
}
