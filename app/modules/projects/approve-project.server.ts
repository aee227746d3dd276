import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { ProjectGuard } from "./project.lifecycle";
import { latestFundingTurn } from "./review.queries.server";
import type { TransitionRefusal } from "./stage.rules";
import { latestSubmission } from "./submissions.queries.server";

/**
 * The bureau's approval (批复) with the amount that finance reviewed, once its review is concluded. Neither who concluded
 * it nor who handed the filing in may approve.
 * Refuses with notInThisStage, fundingConcluded, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §1, §2
 */
export async function approveProject(
  ctx: Ctx,
  { projectId, version, opinion = "" }: FilingRef & { readonly opinion?: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:approve");
    if (project.version !== version) throw conflict("project");
    const [turn, submission] = await Promise.all([latestFundingTurn(tx, projectId), latestSubmission(tx, projectId)]);
    const concluded = turn?.outcome === "approved" && project.reviewedFen !== null;
    const before = [turn?.reviewerId, submission?.submittedBy];
    const guards: ProjectGuard[] = [
      ...(concluded ? (["fundingConcluded"] as const) : []),
      ...(before.some((userId) => samePerson(ctx.actor, userId)) ? [] : (["otherPersonThanBefore"] as const)),
    ];
    const approved = await applyTransition(tx, ctx, {
      project,
      event: "approve",
      guards,
      reason: opinion,
      set: { approvedFen: project.reviewedFen, approvedOn: ctx.today },
      payload: { declaredFen: project.declaredFen, approvedFen: project.reviewedFen, approvedOn: ctx.today },
    });
    if (!approved.ok) return approved;
    await notifyApplicant(tx, ctx, project, "已批复立项");
    return accept({ stage: approved.value.stage });
  });
}
