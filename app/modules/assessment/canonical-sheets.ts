import { canonicalJson } from "~/kernel/canonical-json";

import type { ScoreSheet } from "./score.types";

/**
 * The score sheets of a period as one text, the same for the same scores whatever order they come in: what is hashed
 * when a period is frozen and compared when it is recomputed.
 * @source domain.md §9 (recomputing a final period must give the same bytes)
 */
export function canonicalSheets(sheets: readonly ScoreSheet[]): string {
  return canonicalJson([...sheets].sort((a, b) => (a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0)));
}
