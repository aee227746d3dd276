import { SLIP_COLOURS, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import type { RegisterQuery } from "./register-query.server";
import { readRegister } from "./register.queries.server";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the register shows under a question, all pages of it, as a sheet. */
export async function exportRegister({ db, actor, today }: Ctx, question: RegisterQuery) {
  const { items, open, overdue } = await readRegister(db, scopeFor(actor, "supervision:read"), question, today, "all");
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "督办台账",
        note: `截至 ${today}，共 ${items.length} 项，在办 ${open} 项，其中超期 ${overdue} 项；督办单颜色按当日期限计算，已反馈待核实的以最后一次发单为准`,
        columns: [
          { title: "编号", kind: "text" },
          { title: "事项", kind: "text", width: 40 },
          { title: "办理要求", kind: "text", width: 48 },
          { title: "承办单位", kind: "text", width: 26 },
          { title: "来源", kind: "text" },
          { title: "状态", kind: "text" },
          { title: "督办单", kind: "text" },
          { title: "已发督办单（份）", kind: "number" },
          { title: "立项日期", kind: "text" },
          { title: "办理期限", kind: "text" },
          { title: "剩余工作日", kind: "number" },
          { title: "最近催办", kind: "text" },
          { title: "销号日期", kind: "text" },
          { title: "重新督办（次）", kind: "number" },
        ],
        rows: items.map((row) => [
          row.number,
          row.title,
          row.requirement,
          row.unitName,
          SUPERVISION_ORIGINS[row.origin],
          SUPERVISION_STATES[row.state],
          row.closedOn === null ? SLIP_COLOURS[row.colour] : "",
          row.slips,
          row.registeredOn,
          row.dueOn,
          row.remainingWorkdays,
          row.urgedOn ?? "",
          row.closedOn ?? "",
          row.reopenedCount,
        ]),
      },
    ],
    properties: { title: "督办台账", author: actor.unitName },
  });
  return { name: `督办台账 ${today}.xlsx`, mediaType: XLSX, bytes };
}
