import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";

/**
 * The unit takes its filing back for good, as long as no approval has passed. Refuses with notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export async function withdrawProject(
  ctx: Ctx,
  { projectId, version }: FilingRef,
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:withdraw");
    if (project.version !== version) throw conflict("project");
    const withdrawn = await applyTransition(tx, ctx, { project, event: "withdraw" });
    return withdrawn.ok ? accept({ stage: withdrawn.value.stage }) : withdrawn;
  });
}
