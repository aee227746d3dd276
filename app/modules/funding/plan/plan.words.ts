import {
  FUNDING_SOURCES,
  PLAN_ADJUSTMENT_STATES,
  type FundingSource,
  type PlanAdjustmentState,
} from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import { isWithdrawn } from "./plan.rules";

/** A plan by its name: 市水利局 2026 年度资金计划（市级财政预算）. */
export const planTitle = (
  { year, source }: { readonly year: number; readonly source: FundingSource },
  unitName: string,
): string => `${unitName} ${year} 年度资金计划（${FUNDING_SOURCES[source]}）`;

const TONES: Readonly<Record<PlanAdjustmentState, Tone>> = { proposed: "warn", confirmed: "good", declined: "bad" };

/** How an adjustment stands, in a word and its tone. */
export function adjustmentStanding(adjustment: Parameters<typeof isWithdrawn>[0]): { word: string; tone: Tone } {
  if (isWithdrawn(adjustment)) return { word: "已撤回", tone: "neutral" };
  return { word: PLAN_ADJUSTMENT_STATES[adjustment.state], tone: TONES[adjustment.state] };
}
