import type { Transition } from "~/kernel/lifecycle";
import type { CoordinationState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a matter that a unit asks to be settled; each event's words for timelines and buttons. */
export const COORDINATION_EVENTS = {
  revise: "单位更新事项",
  withdraw: "单位撤回",
  clear: "单位不再提出",
  advise: "提出意见",
  answer: "答复",
  itemise: "答复并转督办",
  finish: "督办销号",
  settle: "确认解决",
} as const;
export type CoordinationEvent = keyof typeof COORDINATION_EVENTS;

/** The domain event that each of them is recorded as. */
export const COORDINATION_EVENT_FACTS = {
  revise: "coordinationRevised",
  withdraw: "coordinationWithdrawn",
  clear: "coordinationCleared",
  advise: "coordinationAdvised",
  answer: "coordinationAnswered",
  itemise: "coordinationItemised",
  finish: "coordinationFinished",
  settle: "coordinationSettled",
} as const satisfies Record<CoordinationEvent, string>;

/** Its beginning, before which it has no state. */
export const COORDINATION_RAISED = "coordinationRaised";

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type CoordinationGuard = "adviceGiven" | "answerGiven" | "reasonGiven";

export type CoordinationTransition = Transition<CoordinationState, CoordinationEvent, Action, CoordinationGuard>;

/**
 * The life of a matter for the leading group (需协调事项). What the unit's signed reports say moves it without anybody
 * pressing a button: the signature permits it. An answer can be given again until the matter has ended.
 * @source domain.md §7
 */
export const COORDINATION_LIFECYCLE: readonly CoordinationTransition[] = [
  { from: "raised", on: "revise", to: "raised", action: "report:sign" },
  { from: "answered", on: "revise", to: "answered", action: "report:sign" },
  { from: "itemised", on: "revise", to: "itemised", action: "report:sign" },
  { from: "raised", on: "withdraw", to: "withdrawn", action: "report:sign" },
  { from: "answered", on: "clear", to: "settled", action: "report:sign" },
  { from: "itemised", on: "clear", to: "settled", action: "report:sign" },
  { from: "raised", on: "advise", to: "raised", action: "coordination:advise", guards: ["adviceGiven"] },
  { from: "raised", on: "answer", to: "answered", action: "coordination:answer", guards: ["answerGiven"] },
  { from: "answered", on: "answer", to: "answered", action: "coordination:answer", guards: ["answerGiven"] },
  { from: "raised", on: "itemise", to: "itemised", action: "coordination:answer", guards: ["answerGiven"] },
  { from: "answered", on: "itemise", to: "itemised", action: "coordination:answer", guards: ["answerGiven"] },
  { from: "itemised", on: "finish", to: "settled", action: "supervision:verify" },
  { from: "raised", on: "settle", to: "settled", action: "coordination:advise", guards: ["reasonGiven"] },
  { from: "answered", on: "settle", to: "settled", action: "coordination:advise", guards: ["reasonGiven"] },
  { from: "itemised", on: "settle", to: "settled", action: "coordination:advise", guards: ["reasonGiven"] },
];
