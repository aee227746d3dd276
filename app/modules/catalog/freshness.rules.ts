import { addDays, addMonths, daysBetween, type LocalDate } from "~/kernel/local-date";
import type { UpdateCycle } from "~/kernel/vocabulary";
import { addWorkdays, onOrNextWorkday, type WorkCalendar } from "~/kernel/work-calendar";

/** How a published resource stands against its update cycle. */
export const FRESHNESS = { fresh: "按期更新", dueSoon: "即将到期", overdue: "逾期未更新" } as const;
export type Freshness = keyof typeof FRESHNESS;

/** The share of a cycle that its warning may take at most: a weekly resource is not always about to be due. */
const WARNING_PART = 4;

/**
 * The day until which a resource must be updated again; null when its cycle names none.
 * @source domain.md §4
 */
export function updateDueOn(cycle: UpdateCycle, lastUpdatedOn: LocalDate, calendar: WorkCalendar): LocalDate | null {
  switch (cycle) {
    case "realTime":
    case "daily":
      return addWorkdays(calendar, lastUpdatedOn, 1);
    case "weekly":
      return onOrNextWorkday(calendar, addDays(lastUpdatedOn, 7));
    case "monthly":
      return onOrNextWorkday(calendar, addMonths(lastUpdatedOn, 1));
    case "quarterly":
      return onOrNextWorkday(calendar, addMonths(lastUpdatedOn, 3));
    case "yearly":
      return onOrNextWorkday(calendar, addMonths(lastUpdatedOn, 12));
    case "irregular":
      return null;
  }
}

/**
 * The light of the update clock: overdue from the day after the limit; due soon within the warning days before it, but
 * never for more than a quarter of the cycle. null: nothing is due.
 * @param lastOn the last update, or the publication when there was none
 * @unit warningDays calendar days
 * @source domain.md §4
 */
export function freshnessOn(
  today: LocalDate,
  { lastOn, dueOn }: { readonly lastOn: LocalDate | null; readonly dueOn: LocalDate | null },
  warningDays: number,
): Freshness | null {
  if (dueOn === null) return null;
  if (today > dueOn) return "overdue";
  const cycleDays = lastOn === null ? 0 : Math.floor(daysBetween(lastOn, dueOn) / WARNING_PART);
  return today >= addDays(dueOn, -Math.min(warningDays, cycleDays)) ? "dueSoon" : "fresh";
}

export type UpdateRefusalCode = "updateInFuture" | "updateBeforeLast";

/**
 * May an update of this day be recorded? Not one that has yet to happen, and none before the last one known.
 * Answers the code of the refusal, or undefined.
 * @source domain.md §4
 */
export function updateProblem(
  updatedOn: LocalDate,
  lastOn: LocalDate | null,
  today: LocalDate,
): UpdateRefusalCode | undefined {
  if (updatedOn > today) return "updateInFuture";
  return lastOn !== null && updatedOn < lastOn ? "updateBeforeLast" : undefined;
}
