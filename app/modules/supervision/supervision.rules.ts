import { findTransition } from "~/kernel/lifecycle";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { SlipColour, SupervisionState } from "~/kernel/vocabulary";
import { workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";
import type { RuleFigures } from "~/platform/figures.server";
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

/** From when a slip has which colour. */
export interface SlipLimits {
  /** @unit workdays left, from which the slip is blue */
  readonly blueWorkdays: number;
  /** @unit workdays overdue, beyond which the slip is red */
  readonly redWorkdays: number;
}

/**
 * The colour of the slip of an open item: blue shortly before the due day, orange once it has passed, red when it is
 * long overdue; none while there is time. It rises by itself.
 * @source domain.md §8
 */
export function slipColour(calendar: WorkCalendar, dueOn: LocalDate, today: LocalDate, limits: SlipLimits): SlipColour {
  if (today > dueOn) return workdaysBetween(calendar, dueOn, today) > limits.redWorkdays ? "red" : "orange";
  return workdaysBetween(calendar, today, dueOn) <= limits.blueWorkdays ? "blue" : "none";
}

/** The limits of the slips among the figures in force. @source domain.md §8 */
export const slipLimitsOf = (figures: RuleFigures): SlipLimits => ({
  blueWorkdays: figures.number("supervision.blueWorkdays"),
  redWorkdays: figures.number("supervision.redWorkdays"),
});

/** What is numbered, each by itself: items, slips and talks. */
export type SupervisionSeries = "item" | "slip" | "talk";

const SERIES_WORDS: Readonly<Record<SupervisionSeries, string>> = { item: "督", slip: "督单", talk: "约谈" };

/** The number of an item, slip or talk: year in 〔〕, no leading zeros; it stays for life. @source domain.md §8 */
export const supervisionNumber = (series: SupervisionSeries, year: number, running: number): string =>
  `${SERIES_WORDS[series]}〔${year}〕${running}号`;
