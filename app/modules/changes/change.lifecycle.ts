import type { Transition } from "~/kernel/lifecycle";
import type { ChangeState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a change; each event's words for timelines and buttons. */
export const CHANGE_EVENTS = {
  submit: "提交签批",
  sign: "签批上报",
  decline: "退回填报人",
  accept: "同意变更",
  refuse: "不同意变更",
  withdraw: "撤回变更",
} as const;
export type ChangeEvent = keyof typeof CHANGE_EVENTS;

/** The domain event that each of them is recorded as. */
export const CHANGE_EVENT_FACTS = {
  submit: "changeSubmitted",
  sign: "changeSigned",
  decline: "changeDeclined",
  accept: "changeAccepted",
  refuse: "changeRefused",
  withdraw: "changeWithdrawn",
} as const satisfies Record<ChangeEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ChangeGuard = "complete" | "otherPersonThanBefore" | "reasonGiven" | "opinionGiven";

export type ChangeTransition = Transition<ChangeState, ChangeEvent, Action, ChangeGuard>;

/**
 * The life of a change. A state and event that are not a row here are refused.
 * @source domain.md §1 (two persons), §2
 */
export const CHANGE_LIFECYCLE = [
  { from: "draft", on: "submit", to: "signing", action: "change:request", guards: ["complete"] },
  { from: "draft", on: "withdraw", to: "withdrawn", action: "change:request" },
  { from: "signing", on: "sign", to: "open", action: "change:sign", guards: ["otherPersonThanBefore"] },
  { from: "signing", on: "decline", to: "draft", action: "change:sign", guards: ["reasonGiven"] },
  { from: "signing", on: "withdraw", to: "withdrawn", action: "change:request" },
  {
    from: "open",
    on: "accept",
    to: "accepted",
    action: "change:decide",
    guards: ["otherPersonThanBefore", "opinionGiven"],
  },
  {
    from: "open",
    on: "refuse",
    to: "refused",
    action: "change:decide",
    guards: ["otherPersonThanBefore", "reasonGiven"],
  },
  { from: "open", on: "withdraw", to: "withdrawn", action: "change:request" },
] as const satisfies readonly ChangeTransition[];
