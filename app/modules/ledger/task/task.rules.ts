import type { LocalDate } from "~/kernel/local-date";
import { localDate } from "~/kernel/local-date";
import type { DeadlineKind, LedgerTaskState } from "~/kernel/vocabulary";

import { type LedgerDeadline, overdueDays } from "../ledger.rules";

/** A task's deadline as it is stored. */
export interface StoredDeadline {
  readonly deadlineKind: DeadlineKind;
  readonly deadlineText: string;
  readonly deadlines: readonly { readonly on: string; readonly what: string; readonly mode: "by" | "from" }[];
}

/** A task's deadline as the rules read it. */
export const deadlineOf = ({ deadlineKind, deadlineText, deadlines }: StoredDeadline): LedgerDeadline => ({
  kind: deadlineKind,
  text: deadlineText,
  dates: deadlines.map((date) => ({ ...date, on: localDate(date.on) })),
});

/** A unit that a task names, by itself or through a named group. */
export interface NamedUnit {
  readonly unitId: string;
  readonly role: "lead" | "responsible";
  /** the group; null: named by itself */
  readonly via: string | null;
}

/**
 * May this unit prove dated parts and ask to close the task? Units that lead it; where the plan names no lead that is
 * known, every responsible unit.
 */
export const leadsTask = (named: readonly NamedUnit[], unitId: string): boolean => {
  const hasLead = named.some(({ role }) => role === "lead");
  return named.some((each) => each.unitId === unitId && (each.role === "lead" || !hasLead));
};

/** A dated part that is proven done: its position among the task's dates, and its day. */
export interface MetMoment {
  readonly position: number;
  readonly metOn: LocalDate;
}

/** Positions of the parts that must be proven before the task can be closed: the dated results of a dated task. */
export const unmetParts = (deadline: LedgerDeadline, met: readonly MetMoment[]): number[] =>
  deadline.kind === "byDate" || deadline.kind === "milestones"
    ? deadline.dates.flatMap(({ mode }, position) =>
        mode === "by" && !met.some((each) => each.position === position) ? [position] : [],
      )
    : [];

/**
 * How many days a task is overdue on a day; a part that was met counts from its day on.
 * @unit days, 0 = not overdue
 * @source domain.md §7
 */
export const taskOverdueDays = (
  task: StoredDeadline & { readonly state: LedgerTaskState; readonly closedOn: LocalDate | null },
  met: readonly MetMoment[],
  today: LocalDate,
): number =>
  overdueDays(deadlineOf(task), today, {
    closedOn: task.closedOn,
    datesMet: met.filter(({ metOn }) => metOn <= today).map(({ position }) => position),
  });

/** How a dated part stands on a day. */
export type MomentStanding =
  | { readonly state: "met"; readonly metOn: LocalDate; readonly lateDays: number }
  | { readonly state: "overdue"; readonly days: number }
  | { readonly state: "due"; readonly days: number }
  | { readonly state: "undated" };

/** Each dated part of a task: met, overdue by so many days, or still to come; a start is never overdue. */
export function momentStandings(
  deadline: LedgerDeadline,
  met: readonly MetMoment[],
  today: LocalDate,
  closedOn: LocalDate | null,
): MomentStanding[] {
  return deadline.dates.map((date, position) => {
    const metOn = met.find((each) => each.position === position)?.metOn ?? closedOn;
    if (metOn !== null && metOn <= today) {
      return { state: "met", metOn, lateDays: daysLate({ ...deadline, dates: [date] }, metOn) };
    }
    if (date.mode === "from" || deadline.kind === "startThenOngoing") return { state: "undated" };
    const days = daysLate({ ...deadline, dates: [date] }, today);
    return days > 0 ? { state: "overdue", days } : { state: "due", days: 0 };
  });
}

const daysLate = (deadline: LedgerDeadline, on: LocalDate): number => overdueDays(deadline, on, { closedOn: null });
