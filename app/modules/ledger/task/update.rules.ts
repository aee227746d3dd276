import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, type Period, periodOf } from "~/kernel/period";
import { accept, refuse, type Result } from "~/kernel/result";

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
