import { inArray } from "drizzle-orm";

import { monthlyReports } from "@db/schema";
import { isConflict, notFound, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import type { ReportRefusal } from "../report/report.rules";
import { signReport } from "../report/sign-report.server";

/** A report that was ticked, at the version that was shown. */
interface ChosenReport {
  readonly reportId: string;
  readonly version: number;
}

/** What became of each report, by its id. */
type SignOutcomes = ReadonlyMap<string, Result<{ number: number }, ReportRefusal | "overtaken">>;

/**
 * Signs several reports, each a submission of its own: one that is refused (who filled may not sign) or changed meanwhile
 * keeps no other from being signed.
 * @throws DomainError notFound when a report lies outside the actor's sight, forbidden; then nothing is signed
 * @source domain.md §7
 */
export async function signReports(ctx: Ctx, chosen: readonly ChosenReport[]): Promise<SignOutcomes> {
  const found = await ctx.db
    .select()
    .from(monthlyReports)
    .where(
      inArray(
        monthlyReports.id,
        chosen.map(({ reportId }) => reportId),
      ),
    );
  const reports = new Map(found.map((report) => [report.id, report]));
  for (const { reportId } of chosen) {
    authorize(ctx.actor, "report:sign", visible(ctx.actor, "report:read", reports.get(reportId), "report"));
  }
  const outcomes = new Map<string, Result<{ number: number }, ReportRefusal | "overtaken">>();
  for (const { reportId, version } of chosen) {
    const report = reports.get(reportId);
    if (!report) throw notFound("report");
    const { projectId, period } = report;
    try {
      outcomes.set(reportId, await signReport(ctx, { projectId, period, version }));
    } catch (error) {
      if (!isConflict(error)) throw error;
      outcomes.set(reportId, refuse({ code: "overtaken" }));
    }
  }
  return outcomes;
}
