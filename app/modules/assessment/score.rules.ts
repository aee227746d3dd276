import type { Period } from "~/kernel/period";
import {
  add,
  compare,
  maximum,
  minimum,
  parseRational,
  RATIONAL_ZERO,
  subtract,
  sum,
  toExact,
  type Rational,
} from "~/kernel/rational";

import { short, shown, trimZeros } from "./decimal-text";
import { capGrade, gradeOf } from "./grade.rules";
import {
  reasonNotApplicable,
  scoreLeaf,
  tallyAdjustments,
  readingOf,
  type LeafOutcome,
  type ScoringContext,
} from "./leaf.rules";
import type { Tally } from "./occurrence.rules";
import { leavesOf, measuresOf, type Adjustment, type Scheme, type SchemeLeaf, type SchemeNode } from "./scheme.types";
import type {
  AdjustmentTotal,
  GradeBands,
  LeafScore,
  MeasureFact,
  NotApplicableReason,
  OccurrenceScore,
  ScoredUnit,
  ScoreSheet,
  VetoHit,
} from "./score.types";
import { spreadWeights, type WeightedNode } from "./weights.rules";

/**
 * Scores one unit. Facts of other units are ignored.
 * @source domain.md §9
 */
export function scoreUnit(
  scheme: Scheme,
  facts: readonly MeasureFact[],
  unit: ScoredUnit,
  period: Period,
  bands: GradeBands,
): ScoreSheet {
  const own = facts.filter((fact) => fact.unitId === unit.unitId);
  return scorer(scheme, period, bands)(unit, indexByMeasure(own));
}

/**
 * Scores many units from all their facts; the sheets come in the order of the units' keys, whatever the order given.
 * @source domain.md §9
 */
export function scoreUnits(
  scheme: Scheme,
  facts: readonly MeasureFact[],
  units: readonly ScoredUnit[],
  period: Period,
  bands: GradeBands,
): ScoreSheet[] {
  const byUnit = new Map<string, MeasureFact[]>();
  for (const fact of facts) {
    const own = byUnit.get(fact.unitId);
    if (own) own.push(fact);
    else byUnit.set(fact.unitId, [fact]);
  }
  const score = scorer(scheme, period, bands);
  return [...units]
    .sort((a, b) => (a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0))
    .map((unit) => score(unit, indexByMeasure(byUnit.get(unit.unitId) ?? [])));
}

type FactIndex = ReadonlyMap<string, MeasureFact>;

function indexByMeasure(facts: readonly MeasureFact[]): FactIndex {
  const index = new Map(facts.map((fact) => [fact.measure, fact]));
  if (index.size !== facts.length) throw new Error(`a measure was given twice for unit ${facts[0]?.unitId}`);
  return index;
}

/** Reads the scheme once; what it returns scores any number of units. */
function scorer(scheme: Scheme, period: Period, bands: GradeBands): (unit: ScoredUnit, facts: FactIndex) => ScoreSheet {
  const nodes = scheme.nodes.map(weigh);
  const reading = readingOf(period);
  const leaves = leavesOf(scheme.nodes);
  const whole = sum(nodes.map((node) => node.weight));

  return (unit, facts) => {
    if (!scheme.groups.includes(unit.group))
      throw new Error(`scheme ${scheme.code} does not assess group ${unit.group}`);
    const context: ScoringContext = { ...reading, group: unit.group, factOf: (measure) => facts.get(measure) };
    const reasons = new Map(leaves.map(({ leaf }) => [leaf, reasonNotApplicable(leaf.rule, context)]));
    const weights = spreadWeights(nodes, whole, (leaf) => reasons.get(leaf) === undefined);

    const points: Rational[] = [];
    const written = leaves.map(({ leaf, path }) => {
      const weight = weights.get(leaf);
      if (!weight) return writeLeaf(leaf, path, context, RATIONAL_ZERO, reasons.get(leaf) ?? "notConcerned");
      const outcome = scoreLeaf(leaf.rule, weight, context);
      points.push(outcome.points);
      return writeLeaf(leaf, path, context, weight, outcome);
    });
    const bonus = adjust(scheme.bonuses, scheme.bonusCap, context);
    const deductions = adjust(scheme.deductions, scheme.deductionCap, context);
    const total = maximum(RATIONAL_ZERO, subtract(add(sumInPairs(points), bonus.exact), deductions.exact));
    const vetoes = vetoesHit(scheme, facts);
    const gradeByScore = weights.size > 0 ? gradeOf(total, bands) : null;

    return {
      unitId: unit.unitId,
      group: unit.group,
      period,
      schemeId: scheme.id,
      schemeVersion: scheme.version,
      leaves: written,
      bonus: bonus.written,
      deductions: deductions.written,
      vetoes,
      totalExact: toExact(total),
      total: shown(total),
      gradeByScore,
      grade:
        gradeByScore &&
        capGrade(
          gradeByScore,
          vetoes.map((veto) => veto.gradeCap),
        ),
    };
  };
}

/** Adds neighbours first, so that the fractions stay small for as long as possible: the same sum in less time. */
function sumInPairs(values: readonly Rational[]): Rational {
  if (values.length <= 2) return sum(values);
  const middle = values.length >> 1;
  return add(sumInPairs(values.slice(0, middle)), sumInPairs(values.slice(middle)));
}

function weigh(node: SchemeNode): WeightedNode<SchemeLeaf> {
  const weight = parseRational(node.weight);
  return "children" in node ? { weight, children: node.children.map(weigh) } : { weight, leaf: node };
}

function writeLeaf(
  leaf: SchemeLeaf,
  path: readonly string[],
  context: ScoringContext,
  weight: Rational,
  result: LeafOutcome | NotApplicableReason,
): LeafScore {
  const [measure = ""] = measuresOf(leaf.rule);
  const fact = context.factOf(measure);
  const outcome = typeof result === "string" ? undefined : result;
  const points = outcome?.points ?? RATIONAL_ZERO;
  return {
    code: leaf.code,
    name: leaf.name,
    path,
    weight: trimZeros(leaf.weight),
    effectiveWeight: short(weight),
    effectiveWeightExact: toExact(weight),
    points: shown(points),
    pointsExact: toExact(points),
    measure,
    measureNumerator: fact ? trimZeros(fact.numerator) : null,
    measureDenominator: fact ? trimZeros(fact.denominator) : null,
    rate: outcome?.rate ? shown(outcome.rate) : null,
    target: outcome?.target ? short(outcome.target) : null,
    ruleKind: leaf.rule.kind,
    notApplicable: outcome === undefined,
    explanationCode: typeof result === "string" ? result : result.code,
    explanationFacts: outcome?.facts ?? {},
    occurrences: (outcome?.tallies ?? []).map(writeTally),
  };
}

const writeTally = (tally: Tally): OccurrenceScore => ({
  measure: tally.measure,
  counted: short(tally.counted),
  struck: tally.struck,
  points: shown(tally.points),
  pointsExact: toExact(tally.points),
});

function adjust(
  items: readonly Adjustment[],
  cap: string,
  context: ScoringContext,
): { readonly exact: Rational; readonly written: AdjustmentTotal } {
  const tallies = tallyAdjustments(
    items.map((item) => item.rule),
    context,
  );
  const full = sum(tallies.map((tally) => tally.points));
  const exact = minimum(full, parseRational(cap));
  return {
    exact,
    written: {
      items: tallies.flatMap((tally, i) => {
        const item = items[i];
        return item ? [{ code: item.code, name: item.name, ruleKind: item.rule.kind, ...writeTally(tally) }] : [];
      }),
      points: shown(exact),
      pointsExact: toExact(exact),
      cap: trimZeros(cap),
      capped: compare(full, exact) > 0,
    },
  };
}

function vetoesHit(scheme: Scheme, facts: FactIndex): VetoHit[] {
  return scheme.vetoes.flatMap((veto) => {
    const fact = facts.get(veto.measure);
    if (!fact?.applicable || parseRational(fact.numerator).n <= 0n) return [];
    const { code, name, measure, gradeCap } = veto;
    return [{ code, name, measure, occurrences: trimZeros(fact.numerator), gradeCap }];
  });
}
