import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

/** The demonstration's fixed today, a Monday: everything in the city is dated relative to it. */
export const DEMO_TODAY = localDate("2026-07-20");

/** The last month whose reports are due. */
export const LAST_REPORTED = period("2026-06");
