import type { Transition } from "~/kernel/lifecycle";
import type { Action } from "~/policy";

/** How an expert's seat on a panel stands. */
export const SEAT_STATES = {
  invited: "待声明",
  opining: "评审中",
  given: "已出具意见",
  avoided: "已回避",
  released: "已更换",
} as const;
export type SeatState = keyof typeof SEAT_STATES;

/** What can happen to a seat; each event's words for timelines and buttons. */
export const SEAT_EVENTS = {
  accept: "声明无回避情形",
  avoid: "声明回避",
  save: "保存草稿",
  give: "出具意见",
  release: "更换专家",
} as const;
export type SeatEvent = keyof typeof SEAT_EVENTS;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type SeatGuard = "panelOpen" | "reasonGiven" | "opinionComplete";

export type SeatTransition = Transition<SeatState, SeatEvent, Action, SeatGuard>;

/**
 * The life of an expert's seat. A conflict may be found while reading; an opinion that was given is never changed.
 * @source domain.md §1
 */
export const SEAT_LIFECYCLE = [
  { from: "invited", on: "accept", to: "opining", action: "expert:opine", guards: ["panelOpen"] },
  { from: "invited", on: "avoid", to: "avoided", action: "expert:opine", guards: ["panelOpen", "reasonGiven"] },
  { from: "invited", on: "release", to: "released", action: "expert:convene", guards: ["panelOpen", "reasonGiven"] },
  { from: "opining", on: "avoid", to: "avoided", action: "expert:opine", guards: ["panelOpen", "reasonGiven"] },
  { from: "opining", on: "save", to: "opining", action: "expert:opine", guards: ["panelOpen"] },
  { from: "opining", on: "give", to: "given", action: "expert:opine", guards: ["panelOpen", "opinionComplete"] },
  { from: "opining", on: "release", to: "released", action: "expert:convene", guards: ["panelOpen", "reasonGiven"] },
] as const satisfies readonly SeatTransition[];
