import { findTransitions } from "~/kernel/lifecycle";
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
  const rows = findTransitions<ProjectTransition>(PROJECT_LIFECYCLE, project.stage, event);
  const unmetOf = ({ guards = [] }: ProjectTransition) => guards.filter((guard) => !guardsHeld.includes(guard));
  const row = rows.find((each) => unmetOf(each).length === 0);
  if (row) return accept(row);
  // Of several rows the one that lacks least says best what to do.
  const [nearest] = rows.map(unmetOf).sort((a, b) => a.length - b.length);
  if (!nearest) return refuse({ code: "notInThisStage", facts: { stage: project.stage, event } });
  return refuse(...nearest.map((guard): Refusal<ProjectGuard> => ({ code: guard })));
}

/** The permission an event needs, in whatever stage it is asked. */
export function actionOf(event: ProjectEvent): Action {
  const row = PROJECT_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this stage at all? Pages use it to decide what to offer. */
export const isPossible = (stage: ProjectStage, event: ProjectEvent): boolean =>
  findTransitions<ProjectTransition>(PROJECT_LIFECYCLE, stage, event).length > 0;
