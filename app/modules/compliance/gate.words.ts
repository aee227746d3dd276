import {
  GATE_BLOCKS,
  keysOf,
  type ExemptionState,
  type GateBlock,
  type RecollectionState,
  type SanctionRung,
  type SanctionState,
} from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import type { Gate } from "./gate.types";

/** How a gate stands, in one word. */
export const GATE_STANDINGS = { closed: "已关闭", exempted: "豁免放行", open: "已打开" } as const;
export type GateStanding = keyof typeof GATE_STANDINGS;

/** Closed, open although reasons stand, or open. */
export const standingOf = ({ open, reasons, exemption }: Pick<Gate, "open" | "reasons" | "exemption">): GateStanding =>
  !open ? "closed" : exemption && reasons.length > 0 ? "exempted" : "open";

const STANDING_TONES: Readonly<Record<GateStanding, Tone>> = { closed: "bad", exempted: "warn", open: "good" };
export const standingTone = (standing: GateStanding): Tone => STANDING_TONES[standing];

/** What is stopped today, in words. */
export const stoppedWords = (blocked: Readonly<Record<GateBlock, boolean>>): string =>
  keysOf(GATE_BLOCKS)
    // Whoever gets no money at all gets none for upkeep either.
    .filter((block) => blocked[block] && !(block === "maintenance" && blocked.money))
    .map((block) => GATE_BLOCKS[block])
    .join("、");

export const EXEMPTION_TONES: Readonly<Record<ExemptionState, Tone>> = {
  draft: "neutral",
  signing: "info",
  open: "warn",
  approved: "good",
  refused: "bad",
  withdrawn: "neutral",
  revoked: "bad",
};

export const SANCTION_TONES: Readonly<Record<SanctionState, Tone>> = {
  proposed: "info",
  standing: "bad",
  remedied: "warn",
  lifted: "good",
  declined: "neutral",
};

export const RUNG_TONES: Readonly<Record<SanctionRung, Tone>> = {
  rectify: "info",
  criticise: "warn",
  postpone: "bad",
  halt: "bad",
  terminate: "bad",
};

export const RECOLLECTION_TONES: Readonly<Record<RecollectionState, Tone>> = {
  reported: "info",
  standing: "bad",
  remedied: "warn",
  settled: "good",
  dismissed: "neutral",
};
