import { lastDay, timeProgress, type Period } from "~/kernel/period";
import {
  add,
  compare,
  divide,
  maximum,
  minimum,
  multiply,
  parseRational,
  RATIONAL_ONE,
  RATIONAL_ZERO,
  rational,
  sum,
  type Rational,
} from "~/kernel/rational";
import type { UnitGroup } from "~/kernel/vocabulary";

import { tallyOccurrences, type Tally, type Valuation } from "./occurrence.rules";
import type { AdjustmentRule, PerOccurrenceRule, Target, WeightedRule } from "./scheme.types";
import type { ExplanationCode, MeasureFact, NotApplicableReason } from "./score.types";

const HUNDRED = rational(100);

/** The numbers of a scheme in one month. Each is read once, however many units are scored with it. */
export interface SchemeReading {
  readonly number: (text: string) => Rational;
  readonly targetOf: (target: Target) => Rational | undefined;
}

/** What a leaf is scored with. */
export interface ScoringContext extends SchemeReading {
  readonly group: UnitGroup;
  readonly factOf: (measure: string) => MeasureFact | undefined;
}

export function readingOf(period: Period): SchemeReading {
  return {
    number: remember(parseRational),
    targetOf: remember((target: Target) => targetAt(target, period)),
  };
}

function remember<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) known.set(key, (entry = { value: compute(key) }));
    return entry.value;
  };
}

/** A leaf's exact score before it is written down. @unit points; rate and target in percent */
export interface LeafOutcome {
  readonly points: Rational;
  readonly code: ExplanationCode;
  readonly facts: Readonly<Record<string, string>>;
  readonly rate?: Rational;
  readonly target?: Rational;
  readonly tallies: readonly Tally[];
}

/**
 * The target in force on the last day of the month; undefined before the first dated row.
 * @unit percent
 * @source domain.md §6 (dated rows), §7 (时间进度)
 */
function targetAt(target: Target, period: Period): Rational | undefined {
  if (target === "timeProgress") return multiply(timeProgress(period), HUNDRED);
  const day = lastDay(period);
  const row = target.findLast(({ from }) => from <= day);
  return row && parseRational(row.percent);
}

/**
 * Why a rule cannot be applied to a unit, or undefined when it can. Manual leaves apply unless the fact says otherwise:
 * a score still to be given is 0, not somebody else's weight. Occurrences of several measures apply when one of them does.
 * @source domain.md §9 (not-applicable → its weight is spread over its siblings)
 */
export function reasonNotApplicable(rule: WeightedRule, context: ScoringContext): NotApplicableReason | undefined {
  if (rule.kind === "perOccurrence") {
    const facts = rule.occurrences.flatMap(({ measure }) => context.factOf(measure) ?? []);
    if (facts.length === 0) return "noFact";
    return facts.some((fact) => fact.applicable) ? undefined : "notConcerned";
  }
  const fact = context.factOf(rule.measure);
  if (!fact) return rule.kind === "manual" ? undefined : "noFact";
  if (!fact.applicable) return "notConcerned";
  switch (rule.kind) {
    case "ratio":
      if (context.number(fact.denominator).n === 0n) return "nothingToMeasure";
      return context.targetOf(rule.target) ? undefined : "noTargetYet";
    case "steps":
      return context.number(fact.denominator).n === 0n ? "nothingToMeasure" : undefined;
    case "presence":
    case "manual":
      return undefined;
  }
}

/**
 * The points of a leaf that applies, exact, between 0 and its weight.
 * @unit points
 * @source domain.md §9
 */
export function scoreLeaf(rule: WeightedRule, weight: Rational, context: ScoringContext): LeafOutcome {
  if (rule.kind === "perOccurrence") return scoreOccurrences(rule, weight, context);
  const fact = context.factOf(rule.measure);
  const award = (share: Rational): Rational => {
    const multiplier = multiplierOf(rule, context);
    const multiplied = multiplier === RATIONAL_ONE ? share : multiply(share, multiplier);
    if (compare(multiplied, RATIONAL_ONE) >= 0) return weight;
    return multiplied.n <= 0n ? RATIONAL_ZERO : multiply(weight, multiplied);
  };

  if (rule.kind === "manual") {
    if (!fact) return { points: RATIONAL_ZERO, code: "manualPending", facts: { max: rule.max }, tallies: [] };
    const [given, max] = [context.number(fact.numerator), context.number(rule.max)];
    if (compare(given, RATIONAL_ZERO) < 0 || compare(given, max) > 0) {
      throw new RangeError(`manual score ${fact.numerator} of ${rule.measure} is not within 0 and ${rule.max}`);
    }
    const facts = { given: fact.numerator, max: rule.max };
    return { points: award(divide(given, max)), code: "manualScored", facts, tallies: [] };
  }

  if (!fact) throw new Error(`no fact for ${rule.measure}: the leaf does not apply and cannot be scored`);
  if (rule.kind === "presence") {
    const present = context.number(fact.numerator).n > 0n;
    const points = present ? award(RATIONAL_ONE) : RATIONAL_ZERO;
    return { points, code: present ? "present" : "absent", facts: {}, tallies: [] };
  }

  const rate = divide(multiply(context.number(fact.numerator), HUNDRED), context.number(fact.denominator));
  if (rule.kind === "steps") {
    const step = rule.steps.find(({ atLeastPercent }) => compare(rate, context.number(atLeastPercent)) >= 0);
    if (!step) return { points: RATIONAL_ZERO, code: "belowSteps", facts: {}, rate, tallies: [] };
    const points = award(divide(context.number(step.sharePercent), HUNDRED));
    return { points, code: "stepReached", facts: { ...step }, rate, tallies: [] };
  }

  const target = context.targetOf(rule.target);
  if (!target) throw new Error(`no target for ${rule.measure} in this month: the leaf does not apply`);
  const met = compare(rate, target) >= 0;
  const facts: Record<string, string> = rule.target === "timeProgress" ? { targetName: rule.target } : {};
  const points = award(met ? RATIONAL_ONE : divide(rate, target));
  return { points, code: met ? "ratioMet" : "ratioShort", facts, rate, target, tallies: [] };
}

function scoreOccurrences(rule: PerOccurrenceRule, weight: Rational, context: ScoringContext): LeafOutcome {
  const tallies = tallyOccurrences(
    rule.occurrences.map(({ measure, pointsEach }) => ({
      ...valuationOf(rule, context),
      measure,
      pointsEach: context.number(pointsEach),
    })),
    context,
  );
  const reached = add(weight, sum(tallies.map((tally) => tally.points)));
  const occurred = tallies.some((tally) => tally.counted.n !== 0n);
  return {
    points: maximum(RATIONAL_ZERO, minimum(weight, reached)),
    code: occurred ? "occurred" : "noOccurrence",
    facts: {},
    tallies,
  };
}

/**
 * Bonuses or deductions of a scheme, tallied together so that an event counts once among those that ask for it.
 * @unit points, without sign
 * @source domain.md §9
 */
export function tallyAdjustments(rules: readonly AdjustmentRule[], context: ScoringContext): Tally[] {
  return tallyOccurrences(
    rules.map((rule) => ({
      ...valuationOf(rule, context),
      measure: rule.measure,
      pointsEach: context.number(rule.pointsEach),
    })),
    context,
  );
}

function valuationOf(
  rule: AdjustmentRule | PerOccurrenceRule,
  context: ScoringContext,
): Pick<Valuation, "coShare" | "multiplier" | "countOnce"> {
  return {
    coShare: rule.coShare === undefined ? RATIONAL_ONE : context.number(rule.coShare),
    multiplier: multiplierOf(rule, context),
    countOnce: rule.countOnce ?? false,
  };
}

function multiplierOf(rule: WeightedRule | AdjustmentRule, context: ScoringContext): Rational {
  const multiplier = rule.groupMultipliers?.[context.group];
  return multiplier === undefined ? RATIONAL_ONE : context.number(multiplier);
}
