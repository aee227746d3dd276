import type { Transaction } from "@db/client";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import { applyTransition, type ProjectStep } from "./apply-transition.server";
import type { FilingRef } from "./edit-filing.server";
import { loadProject, type Project } from "./load-project.server";
import type { ProjectEvent } from "./project.lifecycle";
import type { TransitionRefusal } from "./stage.rules";

/**
 * A step that the unit takes with its own project under way, in the one order of all of them: load in sight, the version
 * that was read, what the step brings along, the lifecycle.
 * Refuses with notInThisStage, or the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 * @source domain.md §2
 */
export function takeUnitStep(
  ctx: Ctx,
  { projectId, version }: FilingRef,
  event: ProjectEvent,
  prepare: (tx: Transaction, project: Project) => Promise<Omit<ProjectStep, "project" | "event">> = () =>
    Promise.resolve({}),
): Promise<Result<{ stage: string }, TransitionRefusal>> {
  return inTransaction<{ stage: string }, TransitionRefusal>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:start");
    if (project.version !== version) throw conflict("project");
    const taken = await applyTransition(tx, ctx, { ...(await prepare(tx, project)), project, event });
    return taken.ok ? accept({ stage: taken.value.stage }) : taken;
  });
}
