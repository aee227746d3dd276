import { addMonths, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { isWorkday, type WorkCalendar } from "~/kernel/work-calendar";

export type RegionalDayRefusal = "dayTaken" | "alreadyOff" | "alreadyWorkday" | "dayTooFar";

/** Further from today than this a day is a slip of the pen. @unit months */
const FURTHEST_MONTHS = 24;

/**
 * May a region order this day for itself and all below it? Only what changes something: a day off on a day that would be
 * worked, a working day on one that would not.
 * Refuses with dayTaken (facts name) when the region has ordered the day already, alreadyOff, alreadyWorkday, dayTooFar.
 * @param calendar as it is in force in the region
 */
export function decideRegionalDay(
  calendar: WorkCalendar,
  { day, off }: { readonly day: LocalDate; readonly off: boolean },
  { today, ordered }: { readonly today: LocalDate; readonly ordered: { readonly name: string } | undefined },
): Result<null, RegionalDayRefusal> {
  const refusal = (code: RegionalDayRefusal, facts = {}) => refuse({ code, field: "day", facts: { day, ...facts } });
  if (day > addMonths(today, FURTHEST_MONTHS) || day < addMonths(today, -FURTHEST_MONTHS)) return refusal("dayTooFar");
  if (ordered) return refusal("dayTaken", { name: ordered.name });
  if (isWorkday(calendar, day) !== off) return refusal(off ? "alreadyOff" : "alreadyWorkday");
  return accept(null);
}
