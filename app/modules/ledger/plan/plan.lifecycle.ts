import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { LedgerPlanState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an imported plan; each event's words for timelines and buttons. */
export const PLAN_EVENTS = { putInForce: "下达执行", end: "结束" } as const;
export type PlanEvent = keyof typeof PLAN_EVENTS;

/** The domain event that each of them is recorded as. */
export const PLAN_EVENT_FACTS = {
  putInForce: "taskPlanPutInForce",
  end: "taskPlanEnded",
} as const satisfies Record<PlanEvent, string>;

/** Conditions that the verbs resolve before asking the lifecycle. */
export type PlanGuard = "allConfirmed" | "reasonGiven";

export type PlanTransition = Transition<LedgerPlanState, PlanEvent, Action, PlanGuard>;
export type PlanStepRefusal = StepRefusal<PlanTransition>;

/**
 * The life of a plan: imported to be confirmed, in force once a person has confirmed every task, ended with a reason. A
 * plan that is not in force yet can be thrown away, which leaves nothing to have a state.
 * @source domain.md §7
 */
export const PLAN_LIFECYCLE = [
  { from: "confirming", on: "putInForce", to: "active", action: "task:confirm", guards: ["allConfirmed"] },
  { from: "active", on: "end", to: "ended", action: "task:confirm", guards: ["reasonGiven"] },
] as const satisfies readonly PlanTransition[];
