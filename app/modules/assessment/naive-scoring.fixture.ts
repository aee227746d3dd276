import type { UnitGroup } from "~/kernel/vocabulary";

import type { AdjustmentRule, PerOccurrenceRule, Scheme, SchemeLeaf, SchemeNode, WeightedRule } from "./scheme.types";
import type { FactEvent, MeasureFact } from "./score.types";

/**
 * The scoring rules of domain.md §9 once more, written from their words and as plainly as possible: fractions of two whole
 * numbers that are never shortened, everything worked out anew for each unit, nothing shared with the product's engine.
 * The tests hold the engine against it.
 */

/** n ÷ d, d > 0 */
export type Fraction = readonly [n: bigint, d: bigint];

const ZERO: Fraction = [0n, 1n];
const ONE: Fraction = [1n, 1n];

export function fractionOf(text: string): Fraction {
  if (text.includes("/")) {
    const [n = "", d = ""] = text.split("/");
    return [BigInt(n), BigInt(d)];
  }
  const [whole = "", decimals = ""] = text.split(".");
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction =>
  b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]];
export const isLess = (a: Fraction, b: Fraction): boolean => a[0] * b[1] < b[0] * a[1];
export const isSame = (a: Fraction, b: Fraction): boolean => a[0] * b[1] === b[0] * a[1];
const least = (a: Fraction, b: Fraction): Fraction => (isLess(a, b) ? a : b);
const most = (a: Fraction, b: Fraction): Fraction => (isLess(a, b) ? b : a);
const sizeOf = (a: Fraction): Fraction => (a[0] < 0n ? [-a[0], a[1]] : a);

/** Two decimals, halves away from zero. */
export function shownAs([n, d]: Fraction): string {
  const cents = (2n * 100n * (n < 0n ? -n : n) + d) / (2n * d);
  const text = cents.toString().padStart(3, "0");
  return `${n < 0n && cents > 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

export interface NaiveScore {
  /** undefined: the leaf does not apply */
  readonly leaves: ReadonlyMap<string, { readonly weight: Fraction; readonly points: Fraction } | undefined>;
  readonly bonus: Fraction;
  readonly deduction: Fraction;
  readonly total: Fraction;
  readonly grade: string | null;
}

const GRADES = ["优", "良", "中", "差"];

export function scoreNaively(
  scheme: Scheme,
  allFacts: readonly MeasureFact[],
  unit: { readonly unitId: string; readonly group: UnitGroup },
  month: string,
): NaiveScore {
  const fact = (measure: string) => allFacts.find((each) => each.unitId === unit.unitId && each.measure === measure);
  const multiplier = (rule: WeightedRule | AdjustmentRule): Fraction => {
    const written = rule.groupMultipliers?.[unit.group];
    return written === undefined ? ONE : fractionOf(written);
  };

  const target = (rule: Extract<WeightedRule, { kind: "ratio" }>): Fraction | undefined => {
    if (rule.target === "timeProgress") return [BigInt(Number(month.slice(5))) * 100n, 12n];
    // the last day of the month sorts before "…-32"
    const begun = rule.target.filter(({ from }) => from < `${month}-32`);
    const latest = begun.reduce<(typeof begun)[number] | undefined>(
      (late, row) => (!late || row.from > late.from ? row : late),
      undefined,
    );
    return latest && fractionOf(latest.percent);
  };

  const applies = ({ rule }: SchemeLeaf): boolean => {
    if (rule.kind === "perOccurrence")
      return rule.occurrences.some(({ measure }) => fact(measure)?.applicable === true);
    const found = fact(rule.measure);
    if (rule.kind === "manual") return found === undefined || found.applicable;
    if (!found?.applicable) return false;
    if (rule.kind === "presence") return true;
    if (fractionOf(found.denominator)[0] === 0n) return false;
    return rule.kind === "steps" || target(rule) !== undefined;
  };

  const points = ({ rule }: SchemeLeaf, weight: Fraction): Fraction => {
    const award = (share: Fraction) => most(ZERO, least(weight, times(weight, times(share, multiplier(rule)))));
    if (rule.kind === "perOccurrence") {
      const added = occurrencePoints(
        rule.occurrences.map(({ measure, pointsEach }) => ({ rule, measure, each: fractionOf(pointsEach) })),
      );
      return most(ZERO, least(weight, added.reduce(plus, weight)));
    }
    const found = fact(rule.measure);
    if (!found) return ZERO;
    const numerator = fractionOf(found.numerator);
    if (rule.kind === "manual") return award(over(numerator, fractionOf(rule.max)));
    if (rule.kind === "presence") return numerator[0] > 0n ? award(ONE) : ZERO;
    const rate = over(times(numerator, [100n, 1n]), fractionOf(found.denominator));
    if (rule.kind === "steps") {
      const reached = rule.steps.filter(({ atLeastPercent }) => !isLess(rate, fractionOf(atLeastPercent)));
      const best = reached.map(({ sharePercent }) => over(fractionOf(sharePercent), [100n, 1n])).reduce(most, ZERO);
      return award(best);
    }
    const wanted = target(rule) ?? ONE;
    return award(least(ONE, over(rate, wanted)));
  };

  interface Counted {
    readonly rule: AdjustmentRule | PerOccurrenceRule;
    readonly measure: string;
    readonly each: Fraction;
  }
  /** The points of each counted measure; an event that asks to count once is given to its highest. */
  function occurrencePoints(list: readonly Counted[]): Fraction[] {
    const worth = ({ rule, each }: Counted, event: FactEvent): Fraction => {
      const share = event.role === "co" && rule.coShare !== undefined ? fractionOf(rule.coShare) : ONE;
      return times(times(event.points === undefined ? each : fractionOf(event.points), share), multiplier(rule));
    };
    const eventsOf = ({ measure }: Counted): readonly FactEvent[] => {
      const found = fact(measure);
      return found?.applicable ? (found.events ?? []) : [];
    };
    return list.map((counted, at) => {
      const found = fact(counted.measure);
      if (!found?.applicable) return ZERO;
      if (!found.events) return times(times(fractionOf(found.numerator), counted.each), multiplier(counted.rule));
      return found.events
        .filter((event, place) => {
          if (!counted.rule.countOnce) return true;
          const mine = sizeOf(worth(counted, event));
          return list.every((other, otherAt) => {
            if (!other.rule.countOnce) return true;
            return eventsOf(other).every((twin, twinPlace) => {
              if (twin.key !== event.key) return true;
              const isBefore = otherAt < at || (otherAt === at && twinPlace < place);
              const its = sizeOf(worth(other, twin));
              return isLess(its, mine) || (isSame(its, mine) && !isBefore);
            });
          });
        })
        .map((event) => worth(counted, event))
        .reduce(plus, ZERO);
    });
  }

  const leaves = new Map<string, { weight: Fraction; points: Fraction } | undefined>();
  const isLive = (node: SchemeNode): boolean => ("children" in node ? node.children.some(isLive) : applies(node));
  const spread = (nodes: readonly SchemeNode[], pool: Fraction): void => {
    const live = nodes
      .filter(isLive)
      .map(({ weight }) => fractionOf(weight))
      .reduce(plus, ZERO);
    for (const node of nodes) {
      const weight = isLive(node) ? over(times(pool, fractionOf(node.weight)), live) : undefined;
      if ("children" in node) spread(node.children, weight ?? ZERO);
      else leaves.set(node.code, weight && { weight, points: points(node, weight) });
    }
  };
  spread(scheme.nodes, scheme.nodes.map(({ weight }) => fractionOf(weight)).reduce(plus, ZERO));

  const adjusted = (list: Scheme["bonuses"] | Scheme["deductions"], cap: string): Fraction =>
    least(
      fractionOf(cap),
      occurrencePoints(
        list.map(({ rule }) => ({ rule, measure: rule.measure, each: fractionOf(rule.pointsEach) })),
      ).reduce(plus, ZERO),
    );
  const bonus = adjusted(scheme.bonuses, scheme.bonusCap);
  const deduction = adjusted(scheme.deductions, scheme.deductionCap);
  const basic = [...leaves.values()].map((leaf) => leaf?.points ?? ZERO).reduce(plus, ZERO);
  const total = most(ZERO, minus(plus(basic, bonus), deduction));

  const concerned = [...leaves.values()].some((leaf) => leaf !== undefined);
  const band = isLess(total, [60n, 1n]) ? 3 : isLess(total, [80n, 1n]) ? 2 : isLess(total, [90n, 1n]) ? 1 : 0;
  const caps = scheme.vetoes
    .filter(({ measure }) => {
      const found = fact(measure);
      return found?.applicable === true && fractionOf(found.numerator)[0] > 0n;
    })
    .map(({ gradeCap }) => GRADES.indexOf(gradeCap));
  return { leaves, bonus, deduction, total, grade: concerned ? (GRADES[Math.max(band, ...caps)] ?? null) : null };
}

/** Places by counting who is better: one more than the number of better ones. */
export function placeNaively(totals: ReadonlyMap<string, Fraction>): Map<string, number> {
  return new Map(
    [...totals].map(([unit, own]) => [unit, 1 + [...totals.values()].filter((other) => isLess(own, other)).length]),
  );
}
