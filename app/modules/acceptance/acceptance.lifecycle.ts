import type { Transition } from "~/kernel/lifecycle";
import type { AcceptanceState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an application for acceptance; each event's words for timelines and buttons. */
export const ACCEPTANCE_EVENTS = {
  submit: "提交签批",
  sign: "签批上报",
  decline: "退回填报人",
  returnForSupplement: "退回补正",
  fail: "验收不通过",
  pass: "验收通过",
  withdraw: "撤回申请",
} as const;
export type AcceptanceEvent = keyof typeof ACCEPTANCE_EVENTS;

/** The domain event that each of them is recorded as. */
export const ACCEPTANCE_EVENT_FACTS = {
  submit: "acceptanceSubmitted",
  sign: "acceptanceSigned",
  decline: "acceptanceDeclined",
  returnForSupplement: "acceptanceReturned",
  fail: "acceptanceFailed",
  pass: "acceptancePassed",
  withdraw: "acceptanceWithdrawn",
} as const satisfies Record<AcceptanceEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
type AcceptanceGuard = "complete" | "otherPersonThanBefore" | "reasonGiven" | "nothingMissing" | "noPanelOpen";

export type AcceptanceTransition = Transition<AcceptanceState, AcceptanceEvent, Action, AcceptanceGuard>;

/**
 * The life of an application for acceptance. What failed or was withdrawn stays as it is; the unit applies once more.
 * @source domain.md §1 (two persons), §2
 */
export const ACCEPTANCE_LIFECYCLE = [
  { from: "draft", on: "submit", to: "signing", action: "acceptance:apply", guards: ["complete"] },
  { from: "draft", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
  { from: "signing", on: "sign", to: "open", action: "acceptance:sign", guards: ["otherPersonThanBefore"] },
  { from: "signing", on: "decline", to: "draft", action: "acceptance:sign", guards: ["reasonGiven"] },
  { from: "signing", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
  {
    from: "open",
    on: "returnForSupplement",
    to: "returned",
    action: "acceptance:decide",
    guards: ["reasonGiven", "otherPersonThanBefore"],
  },
  {
    from: "open",
    on: "fail",
    to: "failed",
    action: "acceptance:decide",
    guards: ["reasonGiven", "noPanelOpen", "otherPersonThanBefore"],
  },
  {
    from: "open",
    on: "pass",
    to: "passed",
    action: "acceptance:decide",
    guards: ["nothingMissing", "noPanelOpen", "otherPersonThanBefore"],
  },
  { from: "open", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
  { from: "returned", on: "submit", to: "signing", action: "acceptance:apply", guards: ["complete"] },
  { from: "returned", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
] as const satisfies readonly AcceptanceTransition[];

/** States in which the unit still writes. */
export const WRITABLE_STATES = ["draft", "returned"] as const satisfies readonly AcceptanceState[];

/** States in which nothing is decided yet; a project has at most one application in them. */
export const UNDECIDED_STATES = ["draft", "signing", "open", "returned"] as const satisfies readonly AcceptanceState[];
