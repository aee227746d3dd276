import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import type { TransitionRefusal } from "./stage.rules";

/**
 * An approved project goes into procurement. Refuses with notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export async function startProcurement(
  ctx: Ctx,
  { projectId, version }: FilingRef,
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:start");
    if (project.version !== version) throw conflict("project");
    const started = await applyTransition(tx, ctx, { project, event: "startProcurement" });
    return started.ok ? accept({ stage: started.value.stage }) : started;
  });
}
