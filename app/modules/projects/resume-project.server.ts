import { accept, conflict, type Result } from "~/kernel/result";
import type { ProjectStage } from "~/kernel/vocabulary";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject } from "./load-project.server";
import { notifyApplicant } from "./notify-applicant.server";
import type { ProjectGuard } from "./project.lifecycle";
import type { TransitionRefusal } from "./stage.rules";

const GUARDS: Readonly<Partial<Record<ProjectStage, ProjectGuard>>> = {
  procurement: "suspendedFromProcurement",
  implementation: "suspendedFromImplementation",
  initialAccepted: "suspendedFromInitialAccepted",
  trialRun: "suspendedFromTrialRun",
};

/**
 * The bureau resumes a suspended project with a reason: it goes back to where it stood.
 * Refuses with notInThisStage, reasonGiven, or the guard of the stage when it is not known where it stood.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export async function resumeProject(
  ctx: Ctx,
  { projectId, version, reason }: FilingRef & { readonly reason: string },
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:approve");
    if (project.version !== version) throw conflict("project");
    const guard = project.suspendedFrom ? GUARDS[project.suspendedFrom] : undefined;
    const resumed = await applyTransition(tx, ctx, {
      project,
      event: "resume",
      guards: guard ? [guard] : [],
      reason,
      set: { suspendedFrom: null },
      payload: { on: ctx.today },
    });
    if (!resumed.ok) return resumed;
    await notifyApplicant(tx, ctx, project, "项目已恢复");
    return accept({ stage: resumed.value.stage });
  });
}
