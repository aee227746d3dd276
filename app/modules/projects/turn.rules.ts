import type { LocalDate } from "~/kernel/local-date";
import { addWorkdays, workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";

/** One earlier turn of the same desk on the same project. */
export interface ClosedTurn {
  readonly openedOn: LocalDate;
  readonly closedOn: LocalDate;
}

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
  const used = earlier.reduce((days, turn) => days + workdaysBetween(calendar, turn.openedOn, turn.closedOn), 0);
  return addWorkdays(calendar, today, Math.max(1, limit - used));
}
