import type { Period } from "~/kernel/period";

const ALL_UNITS = "all";

/** Where the frozen rows of a measure are shown, for all units or for one. */
export const evidenceUrl = (period: Period, measure: string, unitId = ALL_UNITS): string =>
  `/ranking/${period}/${unitId}/${measure}`;

/** Where a unit's score sheet is shown. */
export const scoreSheetUrl = (period: Period, unitId: string): string => `/ranking/${period}/${unitId}`;

/** The unit whose facts an address shows; undefined when it shows those of all. */
export function concernedUnit(url: string): string | undefined {
  const [, root, , unitId] = url.split("/");
  return root === "ranking" && unitId !== ALL_UNITS ? unitId : undefined;
}
