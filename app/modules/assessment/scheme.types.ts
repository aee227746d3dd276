import type { LocalDate } from "~/kernel/local-date";
import type { Grade, UnitGroup } from "~/kernel/vocabulary";

/** A number written as decimal text ("8", "0.50"), so that it is exact from the file to the score. */
export type Decimal = string;

/** A target that holds from a day on. @unit percent */
export interface DatedTarget {
  readonly from: LocalDate;
  readonly percent: Decimal;
}

/** Dated rows, or 时间进度: elapsed months ÷ 12 of the scored month. */
export type Target = readonly DatedTarget[] | "timeProgress";

/** What every rule may carry: a multiplier for units of some groups (1 where none is named). */
interface GroupAware {
  readonly groupMultipliers?: Readonly<Partial<Record<UnitGroup, Decimal>>> | undefined;
}

/** points = min(rate ÷ target, 1) × effective weight, rate and target in percent */
export interface RatioRule extends GroupAware {
  readonly kind: "ratio";
  readonly measure: string;
  readonly target: Target;
}

/** The highest step whose threshold the rate reaches gives its share of the weight; below all steps 0. */
export interface StepsRule extends GroupAware {
  readonly kind: "steps";
  readonly measure: string;
  /** @unit percent of the measure, percent of the weight */
  readonly steps: readonly { readonly atLeastPercent: Decimal; readonly sharePercent: Decimal }[];
}

/** The whole weight when the measure counts at least one, else 0. */
export interface PresenceRule extends GroupAware {
  readonly kind: "presence";
  readonly measure: string;
}

/** Starts at the whole weight; each occurrence adds its signed points; never below 0, never above the weight. */
export interface PerOccurrenceRule extends GroupAware, EventAware {
  readonly kind: "perOccurrence";
  readonly occurrences: readonly { readonly measure: string; readonly pointsEach: Decimal }[];
}

/** A person gives 0–max with evidence; the share of max is the share of the weight. */
export interface ManualRule extends GroupAware {
  readonly kind: "manual";
  readonly measure: string;
  readonly max: Decimal;
}

/** How occurrences that name their event are counted. */
interface EventAware {
  /** share of the points that a co-responsible unit gets or loses; the lead unit always has 1 */
  readonly coShare?: Decimal | undefined;
  /** an event that occurs under several measures of the rule (or several such adjustments) counts once, at its highest */
  readonly countOnce?: boolean | undefined;
}

/** Points added per occurrence, outside the 100. */
export interface BonusRule extends GroupAware, EventAware {
  readonly kind: "bonus";
  readonly measure: string;
  readonly pointsEach: Decimal;
}

/** Points taken per occurrence, outside the 100; `pointsEach` is written without sign. */
export interface DeductionRule extends GroupAware, EventAware {
  readonly kind: "deduction";
  readonly measure: string;
  readonly pointsEach: Decimal;
}

export type WeightedRule = RatioRule | StepsRule | PresenceRule | PerOccurrenceRule | ManualRule;
export type AdjustmentRule = BonusRule | DeductionRule;
export type RuleKind = WeightedRule["kind"] | AdjustmentRule["kind"];

export interface SchemeLeaf {
  readonly code: string;
  readonly name: string;
  readonly weight: Decimal;
  readonly rule: WeightedRule;
}

export interface SchemeBranch {
  readonly code: string;
  readonly name: string;
  readonly weight: Decimal;
  readonly children: readonly SchemeNode[];
}

export type SchemeNode = SchemeLeaf | SchemeBranch;

export interface Adjustment<Rule extends AdjustmentRule = AdjustmentRule> {
  readonly code: string;
  readonly name: string;
  readonly rule: Rule;
}

/** 一票否决: when the measure counts at least one, the grade is at most `gradeCap`. */
export interface Veto {
  readonly code: string;
  readonly name: string;
  readonly measure: string;
  readonly gradeCap: Grade;
}

/** What a scheme file holds: everything of a scheme but the key of the row it is stored in. */
export interface SchemeDefinition {
  readonly code: string;
  readonly name: string;
  readonly version: number;
  readonly inForceFrom: LocalDate;
  readonly groups: readonly UnitGroup[];
  readonly nodes: readonly SchemeNode[];
  readonly bonuses: readonly Adjustment<BonusRule>[];
  readonly deductions: readonly Adjustment<DeductionRule>[];
  readonly bonusCap: Decimal;
  readonly deductionCap: Decimal;
  readonly vetoes: readonly Veto[];
  /** decimals of a shown score; scores round once, at the end */
  readonly rounding: 2;
  /** leaf whose points decide between equal scores */
  readonly tieBreak?: string | undefined;
}

/**
 * An assessment scheme (考核方案): data, versioned. A published version is never edited.
 * @source domain.md §9
 */
export interface Scheme extends SchemeDefinition {
  readonly id: string;
}

/** The leaves of the tree in reading order, each with the names of the branches above it. */
export function leavesOf(
  nodes: readonly SchemeNode[],
  path: readonly string[] = [],
): { leaf: SchemeLeaf; path: readonly string[] }[] {
  return nodes.flatMap((node) =>
    "children" in node ? leavesOf(node.children, [...path, node.name]) : [{ leaf: node, path }],
  );
}

/** Every measure that a rule reads. */
export function measuresOf(rule: WeightedRule | AdjustmentRule): string[] {
  return rule.kind === "perOccurrence" ? rule.occurrences.map((each) => each.measure) : [rule.measure];
}
