import { eq } from "drizzle-orm";

import { reportExplanations } from "@db/schema";
import { localDateOf } from "~/kernel/local-date";
import { accept, type Result } from "~/kernel/result";
import type { Explained } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { reportStatus } from "../progress.rules";
import { decideExplanation, type ExplanationRefusal } from "./explanation.rules";
import { loadReport, type ReportPlace } from "./load-report.server";

/**
 * The unit says why a report was late or missing, or why its light is not green. The word is added, never changed, and
 * changes nothing of the fact; so it asks for no version.
 * Refuses with nothingToExplain, explanationKnown.
 * @throws DomainError notFound, forbidden
 * @source domain.md §7
 */
export async function explainReport(
  ctx: Ctx,
  place: ReportPlace,
  said: { readonly about: Explained; readonly text: string },
): Promise<Result<{ id: string }, ExplanationRefusal>> {
  return inTransaction<{ id: string }, ExplanationRefusal>(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, place);
    authorize(ctx.actor, "report:explain", report);
    const status = reportStatus({
      dueOn: report.dueOn,
      submittedOn: report.firstSubmittedAt && localDateOf(report.firstSubmittedAt),
      today: ctx.today,
    });
    const { about } = said;
    const text = said.text.trim();
    const before = await tx
      .select({ about: reportExplanations.about, text: reportExplanations.text })
      .from(reportExplanations)
      .where(eq(reportExplanations.reportId, report.id));
    const decision = decideExplanation({ status, light: report.light }, { about, text }, before);
    if (!decision.ok) return decision;
    const explanation = {
      id: newId(),
      reportId: report.id,
      regionId: report.regionId,
      about,
      text,
      writtenBy: ctx.actor.userId,
      writtenAt: ctx.now,
    };
    await tx.insert(reportExplanations).values(explanation);
    await record(tx, ctx, {
      action: "report:explain",
      event: "reportExplained",
      object: { type: "report", id: report.id, regionId: report.regionId },
      after: explanation,
      payload: { projectId: report.projectId, projectName: report.projectName, period: report.period, about },
    });
    return accept({ id: explanation.id });
  });
}
