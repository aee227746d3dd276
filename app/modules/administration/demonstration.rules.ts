import { addDays, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";

export type MoveTodayRefusalCode = "notADemonstration" | "backwards" | "tooFar";

/** The calendar of statutory holidays reaches no further than this ahead. @unit days */
const FURTHEST_DAYS = 366;

/** May the demonstration's today move from one day to another? Forward, and not beyond a year. */
export function decideMoveToday(
  state: { readonly demonstration: boolean; readonly today: LocalDate },
  to: LocalDate,
): Result<LocalDate, MoveTodayRefusalCode> {
  if (!state.demonstration) return refuse({ code: "notADemonstration" });
  if (to <= state.today) return refuse({ code: "backwards", field: "today", facts: { today: state.today } });
  if (to > addDays(state.today, FURTHEST_DAYS)) return refuse({ code: "tooFar", field: "today" });
  return accept(to);
}
