import { accept, conflict, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";
import { latestSubmission } from "./submissions.queries.server";

/**
 * The unit's leader gives a submitted filing back to its author, with a reason.
 * Refuses with notInThisStage, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export async function declineToSign(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:sign");
    if (project.version !== version) throw conflict("project");
    const declined = await applyTransition(tx, ctx, { project, event: "declineToSign", reason });
    if (!declined.ok) return declined;
    const submission = await latestSubmission(tx, projectId);
    await notify(tx, ctx, {
      userIds: submission ? [submission.submittedBy] : [],
      title: `分管领导退回，请修改：${project.name}`,
      href: `/projects/${projectId}/check`,
    });
    return accept({ stage: declined.value.stage });
  });
}
