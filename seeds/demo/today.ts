import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

/** The demonstration's fixed today, a Monday: everything in the city is dated relative to it. */
export const DEMO_TODAY = localDate("2026-07-20");

/** The first and the last month for which the demonstration has monthly reports. */
export const FIRST_REPORTED = period("2025-07");
export const LAST_REPORTED = period("2026-06");
