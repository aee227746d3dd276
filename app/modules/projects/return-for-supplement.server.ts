import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { TransitionRefusal } from "./stage.rules";

/**
 * The bureau returns a filing for supplement with a reason; its own clock stands still until the filing comes back.
 * Refuses with notInThisStage, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function returnForSupplement(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:review");
    if (project.version !== version) throw conflict("project");
    const returned = await applyTransition(tx, ctx, { project, event: "returnForSupplement", reason });
    if (!returned.ok) return returned;
    await notifyApplicant(tx, ctx, project, `已退回，请在 ${returned.value.dueOn ?? ""} 前补正`);
    return accept({ stage: returned.value.stage });
  });
}
