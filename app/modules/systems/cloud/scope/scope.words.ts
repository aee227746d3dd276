import type { ScopeDecisionState } from "~/kernel/vocabulary";

/** How a proposal is doing; the word beside it says it. */
export const SCOPE_TONES = {
  proposed: "warn",
  confirmed: "good",
  declined: "bad",
  withdrawn: "neutral",
} as const satisfies Record<ScopeDecisionState, string>;
