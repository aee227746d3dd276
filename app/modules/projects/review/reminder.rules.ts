import type { LocalDate } from "~/kernel/local-date";
import { remainingWorkdays, workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";

export type Reminder = "first" | "again" | "overdue";

/** Before the last day by so much the holder is reminded. @unit workdays */
export interface ReminderFigures {
  readonly first: number;
  readonly again: number;
}

/**
 * Which reminder of a limit is due today, the most urgent one: overdue, the second, the first, or none. A limit that was
 * given no longer than a reminder's lead needs no such reminder: whoever got it was told that day. A day on which nothing
 * ran is made up by the next, because the lead is a threshold and not a day.
 * @unit figures in workdays
 * @source product: "Reminders at T-3, T-1 and overdue"; domain.md §2
 */
export function reminderDue(
  calendar: WorkCalendar,
  today: LocalDate,
  limit: { readonly givenOn: LocalDate; readonly dueOn: LocalDate },
  { first, again }: ReminderFigures,
): Reminder | null {
  const remaining = remainingWorkdays(calendar, today, limit.dueOn);
  if (remaining < 0) return "overdue";
  const length = workdaysBetween(calendar, limit.givenOn, limit.dueOn);
  if (remaining <= again && length > again) return "again";
  return remaining <= first && length > first ? "first" : null;
}
