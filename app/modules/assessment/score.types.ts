import type { Grade, UnitGroup } from "~/kernel/vocabulary";

import type { Decimal, RuleKind } from "./scheme.types";

/** An event that a fact counts, when it can be named. */
export interface FactEvent {
  readonly key: string;
  /** points of this very event, in the sign of the rule; the rule's own points where left out */
  readonly points?: Decimal | undefined;
  /** the unit leads (牵头, the default) or takes part (责任) */
  readonly role?: "lead" | "co" | undefined;
}

/** What was measured of a unit, frozen at the cut-off. */
export interface MeasureFact {
  readonly measure: string;
  readonly unitId: string;
  readonly numerator: Decimal;
  readonly denominator: Decimal;
  /** false: the measure does not concern this unit */
  readonly applicable: boolean;
  /** the events behind the numerator; when given, they are what is counted */
  readonly events?: readonly FactEvent[] | undefined;
}

/** Lower bounds of the grades, highest first. @source domain.md §9 */
export type GradeBands = readonly { readonly grade: Grade; readonly from: Decimal }[];

export interface ScoredUnit {
  readonly unitId: string;
  readonly group: UnitGroup;
}

/** Why a leaf scored as it did; `explain.ts` makes the sentence. */
export type ExplanationCode =
  | "ratioMet"
  | "ratioShort"
  | "stepReached"
  | "belowSteps"
  | "present"
  | "absent"
  | "noOccurrence"
  | "occurred"
  | "manualScored"
  | "manualPending"
  | NotApplicableReason;

/** Why a leaf's weight goes to its siblings. */
export type NotApplicableReason = "notConcerned" | "noFact" | "nothingToMeasure" | "noTargetYet";

/** What one measure contributed by its occurrences. */
export interface OccurrenceScore {
  readonly measure: string;
  /** occurrences that count, after double ones were struck */
  readonly counted: string;
  readonly struck: number;
  readonly points: string;
  readonly pointsExact: string;
}

/**
 * A leaf of a score sheet. Fields named `…Exact` are fractions as text; the others are shown.
 * @unit points and weights in points, rate and target in percent
 */
export interface LeafScore {
  readonly code: string;
  readonly name: string;
  /** names of the branches above it */
  readonly path: readonly string[];
  readonly weight: string;
  readonly effectiveWeight: string;
  readonly effectiveWeightExact: string;
  readonly points: string;
  readonly pointsExact: string;
  readonly measure: string;
  readonly measureNumerator: string | null;
  readonly measureDenominator: string | null;
  readonly rate: string | null;
  readonly target: string | null;
  readonly ruleKind: RuleKind;
  readonly notApplicable: boolean;
  readonly explanationCode: ExplanationCode;
  readonly explanationFacts: Readonly<Record<string, string>>;
  readonly occurrences: readonly OccurrenceScore[];
}

/** A bonus or deduction of a score sheet; `points` carry no sign. */
export interface AdjustmentScore extends OccurrenceScore {
  readonly code: string;
  readonly name: string;
  readonly ruleKind: "bonus" | "deduction";
}

export interface AdjustmentTotal {
  readonly items: readonly AdjustmentScore[];
  /** after the cap */
  readonly points: string;
  readonly pointsExact: string;
  readonly cap: Decimal;
  readonly capped: boolean;
}

export interface VetoHit {
  readonly code: string;
  readonly name: string;
  readonly measure: string;
  readonly occurrences: string;
  readonly gradeCap: Grade;
}

/**
 * The whole of a unit's score in a period, with everything needed to explain and to recompute it.
 * `grade` is null only when nothing in the scheme concerns the unit: it has no score and no place.
 */
export interface ScoreSheet {
  readonly unitId: string;
  readonly group: UnitGroup;
  readonly period: string;
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly leaves: readonly LeafScore[];
  readonly bonus: AdjustmentTotal;
  readonly deductions: AdjustmentTotal;
  readonly vetoes: readonly VetoHit[];
  readonly totalExact: string;
  readonly total: string;
  /** by the bands alone, before vetoes */
  readonly gradeByScore: Grade | null;
  readonly grade: Grade | null;
}
