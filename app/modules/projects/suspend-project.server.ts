import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { TransitionRefusal } from "./stage.rules";

/**
 * The bureau suspends a project under way with a reason; it remembers where it stood. While it stands still no monthly
 * report is asked for, which progress learns from projectSuspended.
 * Refuses with notInThisStage, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function suspendProject(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:approve");
    if (project.version !== version) throw conflict("project");
    const suspended = await applyTransition(tx, ctx, {
      project,
      event: "suspend",
      reason,
      set: { suspendedFrom: project.stage },
      payload: { on: ctx.today },
    });
    if (!suspended.ok) return suspended;
    await notifyApplicant(tx, ctx, project, "项目已暂停");
    return accept({ stage: suspended.value.stage });
  });
}
