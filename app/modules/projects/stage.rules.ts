import { findTransition } from "~/kernel/lifecycle";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import type { ProjectStage } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import { PROJECT_LIFECYCLE, type ProjectEvent, type ProjectGuard, type ProjectTransition } from "./project.lifecycle";

/** A guard that does not hold refuses by its own name; `notInThisStage` when the lifecycle has no such row. */
export type TransitionRefusal = "notInThisStage" | ProjectGuard;

/**
 * What an event does to a project in its stage: the lifecycle's row, when there is one and all its guards hold.
 * Refuses with notInThisStage, or with every guard that does not hold.
 * @source domain.md §2
 */
export function decideTransition(
  project: { readonly stage: ProjectStage },
  event: ProjectEvent,
  guardsHeld: readonly ProjectGuard[],
): Result<ProjectTransition, TransitionRefusal> {
  const row = findTransition<ProjectTransition>(PROJECT_LIFECYCLE, project.stage, event);
  if (!row) return refuse({ code: "notInThisStage", facts: { stage: project.stage, event } });
  const unmet = (row.guards ?? []).filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((guard): Refusal<ProjectGuard> => ({ code: guard })));
  return accept(row);
}

/** The permission an event needs, in whatever stage it is asked. */
export function actionOf(event: ProjectEvent): Action {
  const row = PROJECT_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this stage at all? Pages use it to decide what to offer. */
export const isPossible = (stage: ProjectStage, event: ProjectEvent): boolean =>
  findTransition<ProjectTransition>(PROJECT_LIFECYCLE, stage, event) !== undefined;
