import { compare, parseRational, RATIONAL_ZERO, type Rational } from "~/kernel/rational";
import type { Grade } from "~/kernel/vocabulary";

import type { ScoreSheet } from "./score.types";

/** A unit's place in its group. */
export interface RankedUnit {
  readonly unitId: string;
  readonly place: number;
  readonly previousPlace: number | null;
  /** places gained since the last period, negative when lost; null without a last period */
  readonly change: number | null;
  readonly score: string;
  readonly scoreExact: string;
  readonly grade: Grade;
}

/**
 * Places of the units of one group by their unrounded totals. Equal scores share a place and the next is skipped
 * (1, 2, 2, 4), unless `tieBreak` names a leaf whose points decide between them. Units without a grade have no place.
 * @source domain.md §9
 */
export function rankGroup(
  sheets: readonly ScoreSheet[],
  previousPlaces: ReadonlyMap<string, number>,
  tieBreak?: string,
): RankedUnit[] {
  const sorted = sheets
    .flatMap((sheet) => (sheet.grade === null ? [] : [entryOf(sheet, sheet.grade, tieBreak)]))
    .sort((a, b) => byScore(a, b) || (a.sheet.unitId < b.sheet.unitId ? -1 : 1));

  const ranked: RankedUnit[] = [];
  sorted.forEach((entry, index) => {
    const above = sorted[index - 1];
    const shared = above && byScore(above, entry) === 0 ? ranked[index - 1] : undefined;
    const place = shared?.place ?? index + 1;
    const previousPlace = previousPlaces.get(entry.sheet.unitId) ?? null;
    ranked.push({
      unitId: entry.sheet.unitId,
      place,
      previousPlace,
      change: previousPlace === null ? null : previousPlace - place,
      score: entry.sheet.total,
      scoreExact: entry.sheet.totalExact,
      grade: entry.grade,
    });
  });
  return ranked;
}

interface Entry {
  readonly sheet: ScoreSheet;
  readonly grade: Grade;
  readonly score: Rational;
  readonly second: Rational;
}

function entryOf(sheet: ScoreSheet, grade: Grade, tieBreak: string | undefined): Entry {
  const leaf = tieBreak === undefined ? undefined : sheet.leaves.find(({ code }) => code === tieBreak);
  return {
    sheet,
    grade,
    score: parseRational(sheet.totalExact),
    second: leaf ? parseRational(leaf.pointsExact) : RATIONAL_ZERO,
  };
}

/** Highest first. */
const byScore = (a: Entry, b: Entry): number => compare(b.score, a.score) || compare(b.second, a.second);
