export { LEDGER_EVENT_WORDS } from "./ledger.words";
export type { UnitDirectory } from "./match/match-units.rules";
export { planTasks } from "./plan/plan-tasks.rules";
export { LEDGER_COLUMNS } from "./plan/plan.columns";
export { readLedgerRows } from "./plan/read-rows.rules";
export { TASK_EVENT_FACTS } from "./task/task.lifecycle";
