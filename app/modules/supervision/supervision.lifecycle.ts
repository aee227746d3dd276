import type { Transition } from "~/kernel/lifecycle";
import type { SupervisionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a supervised item; each event's words for timelines and buttons. */
export const SUPERVISION_EVENTS = {
  assign: "交办",
  accept: "签收",
  urge: "催办",
  extend: "延长期限",
  reply: "反馈办理情况",
  sendBack: "退回重办",
  verify: "核实通过",
  close: "销号",
  reopen: "重新督办",
} as const;
export type SupervisionEvent = keyof typeof SUPERVISION_EVENTS;

/** The domain event that each of them is recorded as. */
export const SUPERVISION_EVENT_FACTS = {
  assign: "supervisionAssigned",
  accept: "supervisionAccepted",
  urge: "supervisionUrged",
  extend: "supervisionExtended",
  reply: "supervisionReplied",
  sendBack: "supervisionSentBack",
  verify: "supervisionVerified",
  close: "supervisionClosed",
  reopen: "supervisionReopened",
} as const satisfies Record<SupervisionEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type SupervisionGuard =
  "replyGiven" | "reasonGiven" | "proofGiven" | "otherPersonThanReplier" | "notUrgedToday" | "laterDay";

type SupervisionTransition = Transition<SupervisionState, SupervisionEvent, Action, SupervisionGuard>;

/**
 * The life of a supervised item. Reopening goes back to the unit under the same number. Urging and extending leave the
 * unit where it is; both are possible only while the item is with it.
 * @source domain.md §8
 */
export const SUPERVISION_LIFECYCLE = [
  { from: "registered", on: "assign", to: "assigned", action: "supervision:register" },
  { from: "assigned", on: "accept", to: "accepted", action: "supervision:reply" },
  { from: "assigned", on: "urge", to: "urged", action: "supervision:urge", guards: ["notUrgedToday"] },
  { from: "accepted", on: "urge", to: "urged", action: "supervision:urge", guards: ["notUrgedToday"] },
  { from: "urged", on: "urge", to: "urged", action: "supervision:urge", guards: ["notUrgedToday"] },
  {
    from: "assigned",
    on: "extend",
    to: "assigned",
    action: "supervision:verify",
    guards: ["reasonGiven", "laterDay"],
  },
  {
    from: "accepted",
    on: "extend",
    to: "accepted",
    action: "supervision:verify",
    guards: ["reasonGiven", "laterDay"],
  },
  {
    from: "urged",
    on: "extend",
    to: "urged",
    action: "supervision:verify",
    guards: ["reasonGiven", "laterDay"],
  },
  { from: "urged", on: "accept", to: "accepted", action: "supervision:reply" },
  { from: "urged", on: "reply", to: "replied", action: "supervision:reply", guards: ["replyGiven"] },
  { from: "assigned", on: "reply", to: "replied", action: "supervision:reply", guards: ["replyGiven"] },
  { from: "accepted", on: "reply", to: "replied", action: "supervision:reply", guards: ["replyGiven"] },
  { from: "replied", on: "sendBack", to: "accepted", action: "supervision:verify", guards: ["reasonGiven"] },
  { from: "replied", on: "verify", to: "verified", action: "supervision:verify", guards: ["otherPersonThanReplier"] },
  { from: "verified", on: "sendBack", to: "accepted", action: "supervision:verify", guards: ["reasonGiven"] },
  {
    from: "verified",
    on: "close",
    to: "closed",
    action: "supervision:verify",
    guards: ["proofGiven", "otherPersonThanReplier"],
  },
  { from: "closed", on: "reopen", to: "accepted", action: "supervision:verify", guards: ["reasonGiven"] },
] as const satisfies readonly SupervisionTransition[];
