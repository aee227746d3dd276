import { compare, parseRational, rational } from "~/kernel/rational";

import type { FactEvent } from "./score.types";

/** A frozen row as far as it may be an event. */
export interface CountedRow {
  readonly subjectId: string;
  readonly numerator: string;
}

/**
 * The events behind a figure, so that a scheme can count one event once however many measures see it: the records that
 * count one occurrence each. Undefined when the rows count anything else (shares, amounts, several at once).
 * @source domain.md §9 (count the same event once, at its highest)
 */
export function eventsOf(rows: readonly CountedRow[], total: string): FactEvent[] | undefined {
  const counted = rows.filter(({ numerator }) => numerator === "1");
  return compare(parseRational(total), rational(counted.length)) === 0
    ? counted.map(({ subjectId }) => ({ key: subjectId }))
    : undefined;
}
