import { findTransition } from "~/kernel/lifecycle";
import type { CoordinationState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

import { COORDINATION_LIFECYCLE, type CoordinationEvent } from "./coordination.lifecycle";

/** The permission an event needs, in whatever state it is asked. */
export function coordinationAction(event: CoordinationEvent): Action {
  const row = COORDINATION_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

/** May this event happen in this state at all? Pages use it to decide what to offer. */
export const isCoordinationEventPossible = (state: CoordinationState, event: CoordinationEvent): boolean =>
  findTransition(COORDINATION_LIFECYCLE, state, event) !== undefined;

/** The states in which a matter is open: its project can have no second one. */
export const isOpenState = (state: CoordinationState): boolean => state !== "settled" && state !== "withdrawn";

/** What a project's newest signed month says: the last signed version of the latest month that has one. */
export interface HeardReport {
  readonly reportId: string;
  /** 需协调事项 as signed; blank: nothing to settle */
  readonly text: string;
}

/** The project's newest matter. */
export interface KnownMatter {
  readonly state: CoordinationState;
  readonly text: string;
  /** the report that said it last */
  readonly lastReportId: string;
  /** it ended because the unit stopped asking, not because somebody settled it */
  readonly isEndedByUnit: boolean;
}

/** What becomes of the matters of a project: a new one, an event on the newest one, or nothing. */
export type Heard = "raise" | Extract<CoordinationEvent, "revise" | "withdraw" | "clear"> | "nothing";

/**
 * What the newest signed month does to the matters of its project. Only what is true now is asked, never what one
 * delivered event said: a report heard twice, late or out of order changes nothing, and the correction of an older month
 * does not speak over a newer one. A matter that was settled rises again only when the unit says something new.
 * @source domain.md §7
 */
export function hearReport(report: HeardReport, newest: KnownMatter | undefined): Heard {
  const text = report.text.trim();
  if (newest && isOpenState(newest.state)) {
    if (text === "") return newest.state === "raised" ? "withdraw" : "clear";
    return text === newest.text ? "nothing" : "revise";
  }
  if (text === "") return "nothing";
  const isSaidAlready = newest?.lastReportId === report.reportId && newest.text === text && !newest.isEndedByUnit;
  return isSaidAlready ? "nothing" : "raise";
}
