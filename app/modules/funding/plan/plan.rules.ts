import type { Fen } from "~/kernel/fen";
import type { StepRefusal } from "~/kernel/lifecycle";
import type { Action } from "~/policy";

import { ADJUSTMENT_LIFECYCLE, type AdjustmentEvent } from "./plan.lifecycle";

export type AdjustmentStepCode = StepRefusal<(typeof ADJUSTMENT_LIFECYCLE)[number]>;
export type ProposalCode = "planUnchanged" | "planNegative" | "reasonMissing" | "basisMissing";

/** The permission that an event asks for; each event has one. */
export function adjustmentAction(event: AdjustmentEvent): Action {
  const row = ADJUSTMENT_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no row for ${event}`);
  return row.action;
}

/** A plan as a proposal finds it and would leave it. @unit fen */
export interface Proposal {
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
  readonly reason: string;
  /** number of the paper it rests on */
  readonly basis: string;
}

/**
 * What stands against a proposal, all of it at once: an amount below nothing or as before, no reason, no paper.
 * @unit fen
 */
export function proposalProblems({ beforeFen, afterFen, reason, basis }: Proposal): ProposalCode[] {
  return [
    ...(afterFen < 0 ? (["planNegative"] as const) : []),
    ...(afterFen === beforeFen ? (["planUnchanged"] as const) : []),
    ...(reason.trim() === "" ? (["reasonMissing"] as const) : []),
    ...(basis.trim() === "" ? (["basisMissing"] as const) : []),
  ];
}
