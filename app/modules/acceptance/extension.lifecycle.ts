import type { Transition } from "~/kernel/lifecycle";
import type { ExtensionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a request for a later limit; each event's words for timelines and buttons. */
export const EXTENSION_EVENTS = {
  sign: "签批上报",
  decline: "分管领导不同意",
  grant: "同意延期",
  refuse: "不同意延期",
  withdraw: "撤回申请",
} as const;
export type ExtensionEvent = keyof typeof EXTENSION_EVENTS;

/** The domain event that each of them is recorded as. */
export const EXTENSION_EVENT_FACTS = {
  sign: "extensionSigned",
  decline: "extensionDeclined",
  grant: "extensionGranted",
  refuse: "extensionRefused",
  withdraw: "extensionWithdrawn",
} as const satisfies Record<ExtensionEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
type ExtensionGuard = "otherPersonThanBefore" | "reasonGiven" | "withinLimit";

export type ExtensionTransition = Transition<ExtensionState, ExtensionEvent, Action, ExtensionGuard>;

/**
 * The life of a request to apply for acceptance later (延期验收). It is handed in whole, so it has no draft.
 * @source domain.md §1 (two persons), §2
 */
export const EXTENSION_LIFECYCLE = [
  { from: "signing", on: "sign", to: "open", action: "acceptance:sign", guards: ["otherPersonThanBefore"] },
  { from: "signing", on: "decline", to: "refused", action: "acceptance:sign", guards: ["reasonGiven"] },
  { from: "signing", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
  {
    from: "open",
    on: "grant",
    to: "granted",
    action: "acceptance:decide",
    guards: ["withinLimit", "otherPersonThanBefore"],
  },
  {
    from: "open",
    on: "refuse",
    to: "refused",
    action: "acceptance:decide",
    guards: ["reasonGiven", "otherPersonThanBefore"],
  },
  { from: "open", on: "withdraw", to: "withdrawn", action: "acceptance:apply" },
] as const satisfies readonly ExtensionTransition[];
