import { addDays, weekdayOf, type LocalDate } from "./local-date";

/**
 * The working calendar of one region: weekends, statutory holidays and make-up working days (调休).
 * `days` holds only the exceptions; `years` the years for which a list was loaded. In a year without one only weekends
 * are known to be off.
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

const yearOfDay = (date: LocalDate): number => Number(date.slice(0, 4));

/**
 * The years that have a list, told by its days. A list runs over into the last days before its year and the first ones
 * after it (元旦), so that only days from February to November tell of a list of their own year.
 * @source the State Council's yearly notice on holidays
 */
export function listedYears(days: Iterable<LocalDate>): ReadonlySet<number> {
  const years = new Set<number>();
  for (const day of days) {
    const month = day.slice(5, 7);
    if (month !== "01" && month !== "12") years.add(yearOfDay(day));
  }
  return years;
}

/** The next year's list is asked for from this day on: the State Council publishes it in autumn. */
const ASKED_FOR_FROM = "12-01";

/** A year whose list is missing: `late` when that year has begun. */
export interface MissingYear {
  readonly year: number;
  readonly late: boolean;
}

/**
 * The years whose list is missing today: this year's at once, the next year's from 1 December on.
 * @source the State Council's yearly notice on holidays; domain.md §7
 */
export function missingYears(calendar: Pick<WorkCalendar, "years">, today: LocalDate): readonly MissingYear[] {
  const year = yearOfDay(today);
  return [
    ...(calendar.years.has(year) ? [] : [{ year, late: true }]),
    ...(today.slice(5) < ASKED_FOR_FROM || calendar.years.has(year + 1) ? [] : [{ year: year + 1, late: false }]),
  ];
}

/** Does the span reach into a year without a list, so that its working days are counted by weekends only? */
export function isCountedByWeekends(calendar: Pick<WorkCalendar, "years">, from: LocalDate, to: LocalDate): boolean {
  const [first, last] = [yearOfDay(from), yearOfDay(to)].sort((a, b) => a - b);
  for (let year = first ?? 0; year <= (last ?? 0); year++) if (!calendar.years.has(year)) return true;
  return false;
}
