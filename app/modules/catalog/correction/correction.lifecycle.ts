import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { CorrectionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an error report; each event's words for timelines and buttons. */
export const CORRECTION_EVENTS = {
  confirm: "确认有误",
  reject: "核实无误",
  fix: "完成修正",
  close: "确认办结",
  reopen: "重新提出",
} as const;
export type CorrectionEvent = keyof typeof CORRECTION_EVENTS;

/** The domain event that each of them is recorded as. */
export const CORRECTION_EVENT_FACTS = {
  confirm: "correctionConfirmed",
  reject: "correctionRejected",
  fix: "correctionFixed",
  close: "correctionClosed",
  reopen: "correctionReopened",
} as const satisfies Record<CorrectionEvent, string>;

/** On which side of a report a step is: the unit that reported, or the unit whose data it is. */
export type CorrectionSide = "reporter" | "provider";

export type CorrectionTransition = Transition<
  CorrectionState,
  CorrectionEvent,
  Extract<Action, "correction:report" | "correction:answer">,
  "reasonGiven",
  "restartLimit"
>;
export type CorrectionStepRefusal = StepRefusal<CorrectionTransition>;

/**
 * The way of an error report: the provider confirms or rejects it and mends the data, the reporter looks at the outcome and
 * closes it, or raises it again under a new limit.
 * @source domain.md §4 (数据纠错)
 */
export const CORRECTION_LIFECYCLE = [
  { from: "reported", on: "confirm", to: "confirmed", action: "correction:answer" },
  { from: "reported", on: "reject", to: "rejected", action: "correction:answer", guards: ["reasonGiven"] },
  { from: "confirmed", on: "fix", to: "fixed", action: "correction:answer", guards: ["reasonGiven"] },
  { from: "fixed", on: "close", to: "closed", action: "correction:report" },
  {
    from: "fixed",
    on: "reopen",
    to: "confirmed",
    action: "correction:report",
    guards: ["reasonGiven"],
    effects: ["restartLimit"],
  },
  { from: "rejected", on: "close", to: "closed", action: "correction:report" },
  {
    from: "rejected",
    on: "reopen",
    to: "reported",
    action: "correction:report",
    guards: ["reasonGiven"],
    effects: ["restartLimit"],
  },
] as const satisfies readonly CorrectionTransition[];
