import { addDays, type LocalDate } from "~/kernel/local-date";
import { addPeriods, firstDay, lastDay, type Period, periodOf } from "~/kernel/period";
import { accept, refuse, type Result } from "~/kernel/result";
import { onOrNextWorkday, type WorkCalendar } from "~/kernel/work-calendar";

/**
 * Until when a month's progress is to be told: the region's reporting day of the month after, or the next working day; a
 * day that the month lacks is its last.
 * @source domain.md §7
 */
export function updateDueOn(calendar: WorkCalendar, period: Period, reportingDay: number): LocalDate {
  const next = addPeriods(period, 1);
  const [named, last] = [addDays(firstDay(next), reportingDay - 1), lastDay(next)];
  return onOrNextWorkday(calendar, named < last ? named : last);
}

/**
 * May a unit write what it did in a month? This month's text as often as it likes; last month's, if it wrote none, until
 * it is due. Refuses with monthClosed, monthAhead.
 */
export function decideUpdate(
  period: Period,
  { today, dueOn, isWritten }: { readonly today: LocalDate; readonly dueOn: LocalDate; readonly isWritten: boolean },
): Result<null, "monthClosed" | "monthAhead"> {
  const current = periodOf(today);
  if (period === current) return accept(null);
  if (period > current) return refuse({ code: "monthAhead", facts: { period } });
  const inTime = period === addPeriods(current, -1) && today <= dueOn && !isWritten;
  return inTime ? accept(null) : refuse({ code: "monthClosed", facts: { period } });
}
