import { DEADLINE_KINDS, LEDGER_TASK_STATES } from "~/kernel/vocabulary";
import { exportSheet } from "~/platform/intake/register-sheets.server";
import type { Ctx } from "~/platform/transaction.server";

import { LEDGER_SHEET } from "../plan/plan.columns";
import { taskText } from "../plan/read-rows.rules";
import type { LedgerQuery } from "./list-query";
import { isShown, judgedTasks, taskRows } from "./tasks.queries.server";

/** What the reader of a ledger's sheet leaves out: how the tasks stand. */
const ALSO = [
  { key: "plan", title: "方案", width: 40 },
  { key: "kind", title: "时限类型" },
  { key: "state", title: "状态" },
  { key: "overdueDays", title: "逾期天数", kind: "number" },
  { key: "updated", title: "本月进展" },
  { key: "closedOn", title: "办结日期", kind: "date" },
] as const;

/** What the list shows under a question, all pages of it, under the columns of the import's template. */
export async function exportTasks({ db, actor, today }: Ctx, query: LedgerQuery) {
  const judged = (await judgedTasks(db, actor, query, today)).filter((task) => isShown(task, query.show));
  const rows = await taskRows(db, actor, judged);
  return exportSheet(
    LEDGER_SHEET,
    rows.map((task) => ({
      number: String(task.number),
      section: task.section,
      text: taskText(task),
      leadUnits: task.leads.join("、"),
      responsibleUnits: task.responsible.join("、"),
      deadline: task.deadlineText,
      plan: task.plan,
      kind: DEADLINE_KINDS[task.deadlineKind],
      state: task.planState === "confirming" ? "导入待确认" : LEDGER_TASK_STATES[task.state],
      overdueDays: task.overdueDays,
      updated: task.updated ? "已填" : "未填",
      closedOn: task.closedOn,
    })),
    { today, author: actor.unitName },
    ALSO,
  );
}
