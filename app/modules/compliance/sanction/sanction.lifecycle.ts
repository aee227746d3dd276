import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { SanctionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a sanction; each event's words for timelines and buttons. */
export const SANCTION_EVENTS = {
  impose: "复核实施",
  decline: "不予实施",
  remedy: "报告整改情况",
  lift: "核实解除",
  sendBack: "退回继续整改",
} as const;
export type SanctionEvent = keyof typeof SANCTION_EVENTS;

/** The domain event that each of them is recorded as. */
export const SANCTION_EVENT_FACTS = {
  impose: "sanctionImposed",
  decline: "sanctionDeclined",
  remedy: "sanctionRemedied",
  lift: "sanctionLifted",
  sendBack: "sanctionSentBack",
} as const satisfies Record<SanctionEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type SanctionGuard = "otherPersonThanBefore" | "reasonGiven" | "remedyGiven";

export type SanctionTransition = Transition<SanctionState, SanctionEvent, Action, SanctionGuard>;
export type SanctionStepRefusal = StepRefusal<SanctionTransition>;

/**
 * The life of one rung of the ladder: proposed by one person of the bureau, imposed by another; lifted when what the unit
 * reports was seen to be done.
 * @source domain.md §1 (two persons); 国办发〔2019〕57号
 */
export const SANCTION_LIFECYCLE = [
  { from: "proposed", on: "impose", to: "standing", action: "sanction:confirm", guards: ["otherPersonThanBefore"] },
  {
    from: "proposed",
    on: "decline",
    to: "declined",
    action: "sanction:confirm",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "standing", on: "remedy", to: "remedied", action: "sanction:remedy", guards: ["remedyGiven"] },
  {
    from: "remedied",
    on: "lift",
    to: "lifted",
    action: "sanction:confirm",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "remedied", on: "sendBack", to: "standing", action: "sanction:confirm", guards: ["reasonGiven"] },
] as const satisfies readonly SanctionTransition[];
