import { addMonths, type LocalDate, localDate } from "./local-date";
import { monthOf, type Period, yearOf } from "./period";
import { onOrNextWorkday, type WorkCalendar } from "./work-calendar";

/**
 * The last day on which what is reported of `period` is on time: the region's reporting day of the month after it, moved to
 * the next working day when it falls on a day off. A day that the month lacks becomes its last day.
 * @source domain.md §7
 */
export function reportDueOn(calendar: WorkCalendar, period: Period, reportingDay: number): LocalDate {
  if (!Number.isInteger(reportingDay) || reportingDay < 1 || reportingDay > 31) {
    throw new RangeError(`not a day of the month: ${reportingDay}`);
  }
  // counted from a month of 31 days, so that addMonths does the shortening
  const january = localDate(`${yearOf(period)}-01-${String(reportingDay).padStart(2, "0")}`);
  return onOrNextWorkday(calendar, addMonths(january, monthOf(period)));
}
