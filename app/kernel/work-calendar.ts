import { addDays, weekdayOf, type LocalDate } from "./local-date";

/**
 * The working calendar of one region: weekends, statutory holidays and make-up working days (调休).
 * `days` holds only the exceptions; `years` the years for which a list was loaded.
 */
export interface WorkCalendar {
  readonly days: ReadonlyMap<LocalDate, { readonly off: boolean; readonly name: string }>;
  readonly years: ReadonlySet<number>;
}

/** Is this a working day? An exception row decides; otherwise Monday to Friday work. */
export function isWorkday(calendar: WorkCalendar, date: LocalDate): boolean {
  const exception = calendar.days.get(date);
  if (exception) return !exception.off;
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6;
}

/** The day itself, or the next working day when it falls on a day off. */
export function onOrNextWorkday(calendar: WorkCalendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkday(calendar, day)) day = addDays(day, 1);
  return day;
}

/**
 * The last day of a limit of `workdays` that starts on `from` (the day itself does not count).
 * @unit workdays
 */
export function addWorkdays(calendar: WorkCalendar, from: LocalDate, workdays: number): LocalDate {
  let [day, left] = [from, workdays];
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorkday(calendar, day)) left--;
  }
  return day;
}

/**
 * Working days after `from` up to and including `to`; negative when `to` is earlier.
 * Remaining days of a limit are `workdaysBetween(today, dueOn)`.
 * @unit workdays
 */
export function workdaysBetween(calendar: WorkCalendar, from: LocalDate, to: LocalDate): number {
  if (to < from) return 0 - workdaysBetween(calendar, to, from);
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkday(calendar, day)) count++;
  }
  return count;
}

/**
 * Working days left of a limit; negative when it has passed. Overdue over a weekend is overdue, though no working day
 * has passed.
 * @unit workdays
 */
export function remainingWorkdays(calendar: WorkCalendar, today: LocalDate, dueOn: LocalDate): number {
  const remaining = workdaysBetween(calendar, today, dueOn);
  return today > dueOn && remaining === 0 ? -1 : remaining;
}
