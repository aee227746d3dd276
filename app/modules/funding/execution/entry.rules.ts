import { decideStep, findTransition, type StepRefusal } from "~/kernel/lifecycle";
import type { Result } from "~/kernel/result";
import type { EntryState, ProjectStage } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import {
  ENTRY_ACTIONS,
  ENTRY_LIFECYCLE,
  type EntryEvent,
  type EntryGuard,
  type EntryKind,
  type EntryTransition,
} from "./entry.lifecycle";

export type EntryStepRefusal = StepRefusal<EntryTransition>;

/** What an event makes of an entry. Refuses with notInThisState or the guards that do not hold. */
export function decideEntry(
  state: EntryState,
  event: EntryEvent,
  guardsHeld: readonly EntryGuard[],
): Result<EntryTransition, EntryStepRefusal> {
  return decideStep<EntryTransition>(ENTRY_LIFECYCLE, state, event, guardsHeld);
}

/** The permission that an event on a kind of entry asks for; null when the kind knows no such event. */
export function entryAction(kind: EntryKind, event: EntryEvent): Action | null {
  const row = ENTRY_LIFECYCLE.find(({ on }) => on === event);
  return row ? ENTRY_ACTIONS[kind][row.action] : null;
}

/** Can this happen to an entry of this kind in this state, whoever asks? */
export const isEntryEventPossible = (kind: EntryKind, state: EntryState, event: EntryEvent): boolean =>
  entryAction(kind, event) !== null && findTransition(ENTRY_LIFECYCLE, state, event) !== undefined;

/** Stages in which money is contracted, arrives and is paid: from the procurement to the end of the operation. */
const SPENDING_STAGES: readonly ProjectStage[] = [
  "procurement",
  "implementation",
  "initialAccepted",
  "trialRun",
  "accepted",
  "operation",
  "evaluated",
];

/**
 * May entries of this kind be made in this stage? Money arrives as soon as the project is approved; what is left to pay of
 * a contract is entered also after the acceptance, and while a project is suspended nothing new is.
 * @source domain.md §2, §5
 */
export const isEnterable = (kind: EntryKind, stage: ProjectStage): boolean =>
  SPENDING_STAGES.includes(stage) || (kind === "arrival" && stage === "approved");
