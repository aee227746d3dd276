import {
  add,
  compare,
  multiply,
  RATIONAL_ONE,
  RATIONAL_ZERO,
  rational,
  subtract,
  type Rational,
} from "~/kernel/rational";

import type { MeasureFact } from "./score.types";

/** How the occurrences of one measure are valued. */
export interface Valuation {
  readonly measure: string;
  readonly pointsEach: Rational;
  readonly coShare: Rational;
  readonly multiplier: Rational;
  readonly countOnce: boolean;
}

/** What a measure's occurrences came to. @unit points */
export interface Tally {
  readonly measure: string;
  readonly counted: Rational;
  readonly struck: number;
  readonly points: Rational;
}

/** A unit's facts, and how their numbers are read. */
export interface FactReading {
  readonly number: (text: string) => Rational;
  readonly factOf: (measure: string) => MeasureFact | undefined;
}

interface Occurrence {
  readonly index: number;
  readonly key: string;
  readonly points: Rational;
}

/**
 * Counts the occurrences of several measures together, one tally per valuation in the same order. Under `countOnce` an
 * event that stands under several of them counts only where its points are highest (the first of equals).
 * Facts without named events count by their numerator.
 * @source domain.md §9 (count the same event once, at its highest; lead vs co-responsible share)
 */
export function tallyOccurrences(valuations: readonly Valuation[], facts: FactReading): Tally[] {
  const tallies = valuations.map((valuation) => ({
    measure: valuation.measure,
    counted: RATIONAL_ZERO,
    struck: 0,
    points: RATIONAL_ZERO,
  }));
  const count = (index: number, times: Rational, points: Rational): void => {
    const tally = tallies[index];
    if (!tally) return;
    tally.counted = add(tally.counted, times);
    tally.points = add(tally.points, points);
  };
  const named: Occurrence[] = [];

  valuations.forEach((valuation, index) => {
    const fact = facts.factOf(valuation.measure);
    if (!fact?.applicable) return;
    if (!fact.events) {
      const times = facts.number(fact.numerator);
      count(index, times, multiply(times, multiply(valuation.pointsEach, valuation.multiplier)));
      return;
    }
    for (const event of fact.events) {
      const each = event.points === undefined ? valuation.pointsEach : facts.number(event.points);
      const share = event.role === "co" ? valuation.coShare : RATIONAL_ONE;
      const points = multiply(each, multiply(share, valuation.multiplier));
      if (valuation.countOnce) named.push({ index, key: event.key, points });
      else count(index, RATIONAL_ONE, points);
    }
  });

  const highest = new Map<string, Occurrence>();
  for (const occurrence of named) {
    const known = highest.get(occurrence.key);
    if (!known || compare(size(occurrence.points), size(known.points)) > 0) highest.set(occurrence.key, occurrence);
  }
  for (const occurrence of named) {
    const tally = tallies[occurrence.index];
    if (highest.get(occurrence.key) === occurrence) count(occurrence.index, RATIONAL_ONE, occurrence.points);
    else if (tally) tally.struck++;
  }
  return tallies;
}

const size = (value: Rational): Rational => (value.n < 0n ? subtract(rational(0), value) : value);
