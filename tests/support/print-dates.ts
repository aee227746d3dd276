/**
 * Prints what the date-critical rules answer, for a test that runs this in several time zones of the process: every line
 * must be the same.
 */
import days2024 from "@seeds/data/calendar/2024.json";
import days2025 from "@seeds/data/calendar/2025.json";
import days2026 from "@seeds/data/calendar/2026.json";
import { addDays, addMonths, endOfDay, formatInstant, localDate, localDateOf, startOfDay } from "~/kernel/local-date";
import { addPeriods, lastDay, period, periodOf } from "~/kernel/period";
import {
  addWorkdays,
  isCountedByWeekends,
  missingYears,
  remainingWorkdays,
  type WorkCalendar,
} from "~/kernel/work-calendar";
import { reportDueOn, reportStatus } from "~/modules/progress/progress.rules";

const calendar: WorkCalendar = {
  days: new Map(
    [...days2024, ...days2025, ...days2026].map(({ date, isOffDay, name }) => [
      localDate(date),
      { off: isOffDay, name },
    ]),
  ),
  years: new Set([2024, 2025, 2026]),
};
/** Month ends, leap days, the turn of a year, and the first day of a year without a list. */
const DAYS = [
  "2024-02-28",
  "2024-02-29",
  "2024-03-01",
  "2025-02-28",
  "2026-01-31",
  "2026-02-28",
  "2026-04-30",
  "2026-07-20",
  "2026-12-01",
  "2026-12-31",
  "2027-01-01",
].map(localDate);
const SHANGHAI_OFFSET = "+08:00";

const lines: string[] = [];
const print = (what: string, ...answers: readonly unknown[]) => lines.push([what, ...answers].map(String).join(" "));

for (const day of DAYS) {
  for (const time of ["00:00:00.000", "00:00:00.001", "15:59:59.999", "16:00:00.000", "23:59:59.000", "23:59:59.999"]) {
    const instant = new Date(`${day}T${time}${SHANGHAI_OFFSET}`);
    print("instant", day, time, localDateOf(instant), formatInstant(instant));
  }
  print("bounds", day, startOfDay(day).toISOString(), endOfDay(day).toISOString());
  print("month", day, periodOf(day), lastDay(periodOf(day)), addMonths(day, 1), addMonths(day, -1), addMonths(day, 12));
  for (const reportingDay of [1, 15, 28, 29, 30, 31]) {
    const month = addPeriods(periodOf(day), -1);
    const dueOn = reportDueOn(calendar, month, reportingDay);
    const submittedOn = localDateOf(new Date(`${dueOn}T23:59:59${SHANGHAI_OFFSET}`));
    const later = localDateOf(new Date(endOfDay(dueOn).getTime()));
    print(
      "report",
      month,
      reportingDay,
      dueOn,
      reportStatus({ dueOn, submittedOn, today: addDays(dueOn, 1) }),
      reportStatus({ dueOn, submittedOn: later, today: addDays(dueOn, 1) }),
      reportStatus({ dueOn, submittedOn: null, today: dueOn }),
      reportStatus({ dueOn, submittedOn: null, today: later }),
    );
  }
  for (const workdays of [1, 3, 15, 60]) {
    const dueOn = addWorkdays(calendar, day, workdays);
    print(
      "limit",
      day,
      workdays,
      dueOn,
      remainingWorkdays(calendar, day, dueOn),
      remainingWorkdays(calendar, addDays(dueOn, 1), dueOn),
      isCountedByWeekends(calendar, day, dueOn),
    );
  }
  print("lists", day, JSON.stringify(missingYears(calendar, day)));
}
print("period", periodOf(localDate("2026-12-31")), addPeriods(period("2026-12"), 1));
process.stdout.write(`${lines.join("\n")}\n`);
