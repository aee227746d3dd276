import type { Transition } from "~/kernel/lifecycle";
import type { PanelState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an expert panel once it is convened; each event's words for timelines and buttons. */
export const PANEL_EVENTS = {
  replaceMember: "补邀专家",
  conclude: "形成评审意见",
  cancel: "取消评审",
} as const;
export type PanelEvent = keyof typeof PANEL_EVENTS;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type PanelGuard = "opinionsComplete" | "oddAndEnough" | "summaryGiven" | "deviationReasoned" | "reasonGiven";

export type PanelTransition = Transition<PanelState, PanelEvent, Action, PanelGuard>;

/**
 * The life of an expert panel. What is concluded or cancelled stays as it is; the bureau convenes another one.
 * @source domain.md §1, §2
 */
export const PANEL_LIFECYCLE = [
  { from: "open", on: "replaceMember", to: "open", action: "expert:convene" },
  {
    from: "open",
    on: "conclude",
    to: "concluded",
    action: "expert:convene",
    guards: ["opinionsComplete", "oddAndEnough", "summaryGiven", "deviationReasoned"],
  },
  { from: "open", on: "cancel", to: "cancelled", action: "expert:convene", guards: ["reasonGiven"] },
] as const satisfies readonly PanelTransition[];
