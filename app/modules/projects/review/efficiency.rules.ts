import type { LocalDate } from "~/kernel/local-date";
import { remainingWorkdays, type WorkCalendar } from "~/kernel/work-calendar";

import { lateWorkdays, usedWorkdays } from "../turn.rules";
import type { DeskName, Outcome } from "./turn-words";

/** One desk's turn as the register keeps it. */
export interface TurnFact {
  readonly id: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly desk: DeskName;
  readonly round: number;
  readonly openedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly closedOn: LocalDate | null;
  /** null while it is open, and when a withdrawal ended it */
  readonly outcome: Outcome | null;
  readonly reviewerId: string | null;
  readonly reviewerName: string | null;
}

/** A turn with what its clock says. @unit workdays */
export interface MeasuredTurn extends TurnFact {
  readonly state: "open" | "done" | "withdrawn";
  readonly used: number;
  /** 0 when the limit was kept; of an open turn, how far it is over today */
  readonly late: number;
  /** null once it is closed */
  readonly remaining: number | null;
}

/**
 * What a turn took and by how much it is late; an open one is measured up to today. Only working days count, and the time
 * in which the applicant supplemented belongs to no turn.
 * @source domain.md §2 (the bureau's own lateness)
 */
export function measureTurn(calendar: WorkCalendar, today: LocalDate, turn: TurnFact): MeasuredTurn {
  const until = turn.closedOn ?? today;
  return {
    ...turn,
    state: turn.closedOn === null ? "open" : turn.outcome === null ? "withdrawn" : "done",
    used: usedWorkdays(calendar, { openedOn: turn.openedOn, closedOn: until }),
    late: lateWorkdays(calendar, turn.dueOn, until),
    remaining: turn.closedOn === null ? remainingWorkdays(calendar, today, turn.dueOn) : null,
  };
}

/** The figures of a desk or of a reviewer. @unit workdays */
export interface Efficiency {
  readonly done: number;
  /** null when nothing was done */
  readonly medianUsed: number | null;
  /** turns that were closed after their limit */
  readonly late: number;
  readonly lateDays: number;
  readonly open: number;
  /** open turns whose limit has passed */
  readonly overdue: number;
}

/** Sums measured turns up; a turn that a withdrawal ended is nobody's achievement and nobody's delay. */
export function efficiencyOf(turns: readonly MeasuredTurn[]): Efficiency {
  const done = turns.filter(({ state }) => state === "done");
  const late = done.filter(isLate);
  const open = turns.filter(({ state }) => state === "open");
  return {
    done: done.length,
    medianUsed: medianOf(done.map(({ used }) => used)),
    late: late.length,
    lateDays: late.reduce((days, turn) => days + turn.late, 0),
    open: open.length,
    overdue: open.filter(isOverdue).length,
  };
}

const isLate = ({ state, late }: MeasuredTurn): boolean => state === "done" && late > 0;
const isOverdue = ({ remaining }: MeasuredTurn): boolean => remaining !== null && remaining < 0;

/** The turns that stand behind each figure. */
export const TURN_SHOWS = {
  done: ({ state }: MeasuredTurn) => state === "done",
  late: isLate,
  open: ({ state }: MeasuredTurn) => state === "open",
  overdue: isOverdue,
} as const satisfies Readonly<Record<string, (turn: MeasuredTurn) => boolean>>;
export type TurnShow = keyof typeof TURN_SHOWS;

/** The middle value; of an even number, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
