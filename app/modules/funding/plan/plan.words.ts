import {
  FUNDING_SOURCES,
  PLAN_ADJUSTMENT_STATES,
  type FundingSource,
  type PlanAdjustmentState,
} from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

/** A plan by its name: 市水利局 2026 年度资金计划（市级财政预算）. */
export const planTitle = (
  { year, source }: { readonly year: number; readonly source: FundingSource },
  unitName: string,
): string => `${unitName} ${year} 年度资金计划（${FUNDING_SOURCES[source]}）`;

const TONES: Readonly<Record<PlanAdjustmentState, Tone>> = {
  proposed: "warn",
  confirmed: "good",
  declined: "bad",
  withdrawn: "neutral",
};

/** How an adjustment stands, in a word and its tone. */
export const adjustmentStanding = (state: PlanAdjustmentState): { word: string; tone: Tone } => ({
  word: PLAN_ADJUSTMENT_STATES[state],
  tone: TONES[state],
});
