import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { ScopeDecisionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a proposal of scope; each event's words for timelines and buttons. */
export const SCOPE_EVENTS = {
  confirm: "复核通过",
  decline: "不予通过",
  withdraw: "撤回",
} as const;
export type ScopeEvent = keyof typeof SCOPE_EVENTS;

/** The domain event that each of them is recorded as. */
export const SCOPE_EVENT_FACTS = {
  confirm: "scopeConfirmed",
  decline: "scopeDeclined",
  withdraw: "scopeWithdrawn",
} as const satisfies Record<ScopeEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ScopeGuard = "otherPersonThanBefore" | "reasonGiven" | "factsUnchanged" | "proposedByHand";

export type ScopeTransition = Transition<ScopeDecisionState, ScopeEvent, Action, ScopeGuard>;
export type ScopeStepRefusal = StepRefusal<ScopeTransition>;

/**
 * The life of a proposal of scope: made by one person or opened by the rule, confirmed by another person of the bureau. What
 * the rule opened is not withdrawn by hand: the rule withdraws it itself when the facts change.
 * @source domain.md §1 (two persons), §6
 */
export const SCOPE_LIFECYCLE = [
  {
    from: "proposed",
    on: "confirm",
    to: "confirmed",
    action: "scope:confirm",
    guards: ["otherPersonThanBefore", "factsUnchanged"],
  },
  {
    from: "proposed",
    on: "decline",
    to: "declined",
    action: "scope:confirm",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "proposed", on: "withdraw", to: "withdrawn", action: "scope:propose", guards: ["proposedByHand"] },
] as const satisfies readonly ScopeTransition[];
