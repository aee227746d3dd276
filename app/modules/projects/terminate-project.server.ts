import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import { isPossible, type TransitionRefusal } from "./stage.rules";

/**
 * The bureau ends an approved project for good, with a reason and the document it rests on. The project stays readable and
 * in every historical ranking.
 * Refuses with notInThisStage, reasonGiven, basisGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function terminateProject(
  ctx: Ctx,
  { projectId, version, reason, basis }: FilingRef & { readonly reason: string; readonly basis: string },
): Promise<Result<{ stage: string }, TransitionRefusal | "basisGiven">> {
  return inTransaction<{ stage: string }, TransitionRefusal | "basisGiven">(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:approve");
    if (project.version !== version) throw conflict("project");
    if (!basis.trim() && isPossible(project.stage, "terminate")) return refuse({ code: "basisGiven", field: "basis" });
    const terminated = await applyTransition(tx, ctx, {
      project,
      event: "terminate",
      reason,
      set: { suspendedFrom: null },
      payload: { on: ctx.today, basis: basis.trim() },
    });
    if (!terminated.ok) return terminated;
    await notifyApplicant(tx, ctx, project, "项目已终止");
    return accept({ stage: terminated.value.stage });
  });
}
