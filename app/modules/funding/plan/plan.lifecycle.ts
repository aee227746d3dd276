import type { Transition } from "~/kernel/lifecycle";
import type { PlanAdjustmentState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a proposed adjustment; each event's words for buttons and diagrams. */
export const ADJUSTMENT_EVENTS = { confirm: "复核生效", decline: "复核不通过", withdraw: "撤回" } as const;
export type AdjustmentEvent = keyof typeof ADJUSTMENT_EVENTS;

/** The domain event that each of them is recorded as. */
export const ADJUSTMENT_EVENT_FACTS = {
  confirm: "planAdjustmentConfirmed",
  decline: "planAdjustmentDeclined",
  withdraw: "planAdjustmentWithdrawn",
} as const satisfies Record<AdjustmentEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type AdjustmentGuard = "otherPersonThanBefore" | "reasonGiven" | "ownProposal";

/**
 * The life of an adjustment of a yearly plan: proposed by one person of finance, decided by another.
 * @source domain.md §1 (two persons), §5
 */
export const ADJUSTMENT_LIFECYCLE = [
  { from: "proposed", on: "confirm", to: "confirmed", action: "plan:confirm", guards: ["otherPersonThanBefore"] },
  {
    from: "proposed",
    on: "decline",
    to: "declined",
    action: "plan:confirm",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "proposed", on: "withdraw", to: "withdrawn", action: "plan:propose", guards: ["ownProposal"] },
] as const satisfies readonly Transition<PlanAdjustmentState, AdjustmentEvent, Action, AdjustmentGuard>[];
