import type { Period } from "~/kernel/period";
import type { Light, ReportStatus } from "~/kernel/vocabulary";

/** How many reports of a month with a light, or none yet, stand how. */
export interface MonthCount {
  readonly period: Period;
  readonly status: ReportStatus;
  readonly light: Light | null;
  readonly n: number;
}
