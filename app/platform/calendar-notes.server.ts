import type { Database } from "@db/client";
import { missingYears } from "~/kernel/work-calendar";

import { loadNationalCalendar } from "./calendar.server";
import { businessTime } from "./installation.server";
import { log } from "./log.server";

/** What an operator is told of the calendar with `/readyz`: which year's list is missing. It never fails readiness. */
export async function calendarNotes(db: Database): Promise<readonly string[]> {
  try {
    const [calendar, { today }] = await Promise.all([loadNationalCalendar(db), businessTime(db)]);
    return missingYears(calendar, today).map(
      ({ year, late }) => `${late ? "error" : "warning"}: the working calendar has no list of holidays for ${year}`,
    );
  } catch (error) {
    log.warn({ err: error }, "calendar notes");
    return [];
  }
}
