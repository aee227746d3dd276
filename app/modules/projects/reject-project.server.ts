import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { TransitionRefusal } from "./stage.rules";

/**
 * The bureau decides against a project, with a reason; it is never deleted. Refuses with notInThisStage, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function rejectProject(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:review");
    if (project.version !== version) throw conflict("project");
    const rejected = await applyTransition(tx, ctx, { project, event: "reject", reason });
    if (!rejected.ok) return rejected;
    await notifyApplicant(tx, ctx, project, "不予立项");
    return accept({ stage: rejected.value.stage });
  });
}
