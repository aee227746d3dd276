import { findTransition } from "~/kernel/lifecycle";
import { accept, refuse, type Result } from "~/kernel/result";
import type { SupervisionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import { SUPERVISION_LIFECYCLE, type SupervisionEvent, type SupervisionGuard } from "./supervision.lifecycle";

/** A guard that does not hold refuses by its own name. */
export type SupervisionRefusal = "notInThisState" | SupervisionGuard;

/**
 * The state an event leads to. Refuses with notInThisState, or with every guard that does not hold.
 * @source domain.md §8
 */
export function decideSupervision(
  state: SupervisionState,
  event: SupervisionEvent,
  guardsHeld: readonly SupervisionGuard[],
): Result<SupervisionState, SupervisionRefusal> {
  const row = findTransition(SUPERVISION_LIFECYCLE, state, event);
  if (!row) return refuse({ code: "notInThisState", facts: { state, event } });
  const guards: readonly SupervisionGuard[] = "guards" in row ? row.guards : [];
  const unmet = guards.filter((guard) => !guardsHeld.includes(guard));
  if (unmet.length > 0) return refuse(...unmet.map((code) => ({ code })));
  return accept(row.to);
}

/** The permission an event needs, in whatever state it is asked. */
export function supervisionAction(event: SupervisionEvent): Action {
  const row = SUPERVISION_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isSupervisionEventPossible = (state: SupervisionState, event: SupervisionEvent): boolean =>
  findTransition(SUPERVISION_LIFECYCLE, state, event) !== undefined;

/** What is numbered, each by itself: items, slips and talks. */
export type SupervisionSeries = "item" | "slip" | "talk";

const SERIES_WORDS: Readonly<Record<SupervisionSeries, string>> = { item: "督", slip: "督单", talk: "约谈" };

/** The number of an item, slip or talk: year in 〔〕, no leading zeros; it stays for life. @source domain.md §8 */
export const supervisionNumber = (series: SupervisionSeries, year: number, running: number): string =>
  `${SERIES_WORDS[series]}〔${year}〕${running}号`;
