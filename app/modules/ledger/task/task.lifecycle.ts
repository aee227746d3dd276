import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { LedgerTaskState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a task of a plan in force; each event's words for timelines and buttons. */
export const TASK_EVENTS = {
  update: "填报进展",
  meetMoment: "报告节点完成",
  requestClosing: "申请办结",
  close: "同意办结",
  returnClosing: "退回办结申请",
  reopen: "重新推进",
  supervise: "转为督办",
} as const;
export type TaskEvent = keyof typeof TASK_EVENTS;

/** The domain event that each of them is recorded as. */
export const TASK_EVENT_FACTS = {
  update: "taskUpdated",
  meetMoment: "taskMomentMet",
  requestClosing: "taskClosingRequested",
  close: "taskClosed",
  returnClosing: "taskClosingReturned",
  reopen: "taskReopened",
  supervise: "taskSupervised",
} as const satisfies Record<TaskEvent, string>;

/**
 * Conditions that the verbs resolve before asking the lifecycle. `leadUnit`: of a unit that leads the task, or of any that
 * is responsible where the plan names no lead.
 */
export type TaskGuard =
  | "planInForce"
  | "leadUnit"
  | "momentsMet"
  | "statementGiven"
  | "otherPerson"
  | "reasonGiven"
  | "overdue"
  | "notSupervised";

export type TaskTransition = Transition<LedgerTaskState, TaskEvent, Action, TaskGuard>;
export type TaskStepRefusal = StepRefusal<TaskTransition>;

/**
 * The life of a ledger task: under way, asked to be closed by the unit that leads it, closed by another person of the
 * bureau; what was closed too early is reopened. Every step needs the plan to be in force.
 * @source domain.md §7, §8
 */
export const TASK_LIFECYCLE = [
  { from: "open", on: "update", to: "open", action: "task:update", guards: ["planInForce"] },
  { from: "open", on: "meetMoment", to: "open", action: "task:update", guards: ["planInForce", "leadUnit"] },
  {
    from: "open",
    on: "requestClosing",
    to: "closing",
    action: "task:update",
    guards: ["planInForce", "leadUnit", "momentsMet", "statementGiven"],
  },
  { from: "closing", on: "close", to: "closed", action: "task:close", guards: ["planInForce", "otherPerson"] },
  { from: "closing", on: "returnClosing", to: "open", action: "task:close", guards: ["planInForce", "reasonGiven"] },
  { from: "closed", on: "reopen", to: "open", action: "task:close", guards: ["planInForce", "reasonGiven"] },
  {
    from: "open",
    on: "supervise",
    to: "open",
    action: "supervision:register",
    guards: ["planInForce", "overdue", "notSupervised"],
  },
] as const satisfies readonly TaskTransition[];
