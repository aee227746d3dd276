import { formatPeriod } from "~/kernel/period";
import type { Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { editReport } from "./edit-report.server";
import { reportHref, type ReportRef } from "./load-report.server";
import type { ReportContent, ReportRefusal } from "./report.rules";

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
  return editReport(ctx, ref, content, "submit", async (tx, report) => {
    const { unitId, regionId, projectName, period } = report;
    const leaders = await usersWithRole(tx, { role: "unitLead", unitId, regionId });
    await notify(tx, ctx, {
      userIds: leaders.map(({ id }) => id),
      title: `请签批月报：${projectName}（${formatPeriod(period)}）`,
      href: reportHref(report),
    });
  });
}
