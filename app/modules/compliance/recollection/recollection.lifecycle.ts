import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { RecollectionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a recollection; each event's words for timelines and buttons. */
export const RECOLLECTION_EVENTS = {
  confirm: "认定重复采集",
  dismiss: "认定不成立",
  remedy: "报告整改情况",
  settle: "核实通过",
  sendBack: "退回继续整改",
} as const;
export type RecollectionEvent = keyof typeof RECOLLECTION_EVENTS;

/** The domain event that each of them is recorded as. */
export const RECOLLECTION_EVENT_FACTS = {
  confirm: "recollectionConfirmed",
  dismiss: "recollectionDismissed",
  remedy: "recollectionRemedied",
  settle: "recollectionSettled",
  sendBack: "recollectionSentBack",
} as const satisfies Record<RecollectionEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type RecollectionGuard = "otherPersonThanBefore" | "reasonGiven" | "remedyGiven";

export type RecollectionTransition = Transition<RecollectionState, RecollectionEvent, Action, RecollectionGuard>;
export type RecollectionStepRefusal = StepRefusal<RecollectionTransition>;

/**
 * The life of a recollection: what one person of the bureau found counts when another has confirmed it; what the unit
 * mended counts when the bureau has seen it.
 * @source domain.md §1 (two persons), §5
 */
export const RECOLLECTION_LIFECYCLE = [
  {
    from: "reported",
    on: "confirm",
    to: "standing",
    action: "recollection:confirm",
    guards: ["otherPersonThanBefore"],
  },
  {
    from: "reported",
    on: "dismiss",
    to: "dismissed",
    action: "recollection:confirm",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "standing", on: "remedy", to: "remedied", action: "recollection:remedy", guards: ["remedyGiven"] },
  {
    from: "remedied",
    on: "settle",
    to: "settled",
    action: "recollection:confirm",
    guards: ["otherPersonThanBefore"],
  },
  { from: "remedied", on: "sendBack", to: "standing", action: "recollection:confirm", guards: ["reasonGiven"] },
] as const satisfies readonly RecollectionTransition[];
