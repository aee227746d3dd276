import type { LocalDate } from "~/kernel/local-date";
import type { Light } from "~/kernel/vocabulary";
import { addWorkdays, workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";

/** One earlier turn of the same desk on the same project. */
export interface ClosedTurn {
  readonly openedOn: LocalDate;
  readonly closedOn: LocalDate;
}

/**
 * What a turn took: the day it was opened does not count, the day it was closed does.
 * @unit workdays
 * @source domain.md §2
 */
export const usedWorkdays = (calendar: WorkCalendar, { openedOn, closedOn }: ClosedTurn): number =>
  workdaysBetween(calendar, openedOn, closedOn);

/**
 * The last day of a desk's new turn. The clock stood still while the applicant supplemented: what earlier turns used
 * is taken from the limit, but a desk always gets at least one working day.
 * @unit limit in workdays
 * @source domain.md §2
 */
export function turnDueOn(
  calendar: WorkCalendar,
  today: LocalDate,
  limit: number,
  earlier: readonly ClosedTurn[],
): LocalDate {
  const used = earlier.reduce((days, turn) => days + usedWorkdays(calendar, turn), 0);
  return addWorkdays(calendar, today, Math.max(1, limit - used));
}

/**
 * How late a desk closed its turn; 0 when it kept the limit. Days off after the limit are nobody's delay.
 * @unit workdays
 * @source domain.md §2 (the bureau's own lateness)
 */
export const lateWorkdays = (calendar: WorkCalendar, dueOn: LocalDate, closedOn: LocalDate): number =>
  Math.max(0, workdaysBetween(calendar, dueOn, closedOn));

/**
 * The countdown light of whoever has the project now: red when the limit has passed, yellow when `yellowWorkdays` or fewer
 * are left.
 * @unit workdays
 * @source domain.md §2 (countdown lights)
 */
export function countdownLight(remaining: number, yellowWorkdays: number): Light {
  if (remaining < 0) return "red";
  return remaining <= yellowWorkdays ? "yellow" : "green";
}
