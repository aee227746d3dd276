import { addDays, addMonths, type LocalDate } from "~/kernel/local-date";

/** Figures of the rule table. */
export interface LapseLimits {
  /** @unit years after the approval */
  readonly years: number;
  /** @unit days before the lapse */
  readonly warnDays: number;
}

export type LapseStanding = "inTime" | "warn" | "lapsed";

/**
 * The last day on which work on an approved project may begin: the day of the approval as many years later, or the last
 * day of that month where it has no such day (29 February).
 * @unit years
 * @source domain.md §2
 */
export const lastDayToStart = (approvedOn: LocalDate, { years }: LapseLimits): LocalDate =>
  addMonths(approvedOn, years * 12);

/**
 * How an approved project whose work has not begun stands on a day: it lapses on the day after its last day; in the days
 * before, its unit is warned.
 * @source domain.md §2
 */
export function lapseStanding(approvedOn: LocalDate, today: LocalDate, limits: LapseLimits): LapseStanding {
  const last = lastDayToStart(approvedOn, limits);
  if (today > last) return "lapsed";
  return today >= addDays(last, -limits.warnDays) ? "warn" : "inTime";
}
