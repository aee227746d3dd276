import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { MatterState } from "~/kernel/vocabulary";

/** What can happen to a service matter; each event's words for timelines and buttons. */
export const MATTER_EVENTS = { suspend: "暂停办理", abolish: "取消事项", reinstate: "恢复办理" } as const;
export type MatterEvent = keyof typeof MATTER_EVENTS;

/** The domain event that each of them is recorded as. */
export const MATTER_EVENT_FACTS = {
  suspend: "matterSuspended",
  abolish: "matterAbolished",
  reinstate: "matterReinstated",
} as const satisfies Record<MatterEvent, string>;

export type MatterTransition = Transition<MatterState, MatterEvent, "matter:edit", "reasonGiven">;
export type MatterStepRefusal = StepRefusal<MatterTransition>;

/** The life of a service matter: handled, not for the time being, no more; each with its reason. */
export const MATTER_LIFECYCLE = [
  { from: "inForce", on: "suspend", to: "suspended", action: "matter:edit", guards: ["reasonGiven"] },
  { from: "inForce", on: "abolish", to: "abolished", action: "matter:edit", guards: ["reasonGiven"] },
  { from: "suspended", on: "abolish", to: "abolished", action: "matter:edit", guards: ["reasonGiven"] },
  { from: "suspended", on: "reinstate", to: "inForce", action: "matter:edit", guards: ["reasonGiven"] },
  { from: "abolished", on: "reinstate", to: "inForce", action: "matter:edit", guards: ["reasonGiven"] },
] as const satisfies readonly MatterTransition[];
