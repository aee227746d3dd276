import { COORDINATION_STATES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { mattersToExport, type CoordinationQuery } from "./coordination.queries.server";
import { COORDINATION_DEFINITIONS } from "./coordination.words";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the list of matters shows under a question, all pages of it, as a sheet with its definitions. */
export async function exportCoordination({ db, actor, today }: Ctx, question: CoordinationQuery) {
  const rows = await mattersToExport(db, scopeFor(actor, "coordination:read"), question, today);
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "需协调事项",
        note: `截至 ${today}，共 ${rows.length} 件`,
        columns: [
          { title: "项目", kind: "text", width: 32 },
          { title: "单位", kind: "text", width: 28 },
          { title: "需协调事项", kind: "text", width: 60 },
          { title: "状态", kind: "text" },
          { title: "提出日期", kind: "text" },
          { title: "答复截止日", kind: "text" },
          { title: "数据局意见", kind: "text", width: 40 },
          { title: "领导小组答复", kind: "text", width: 40 },
          { title: "督办编号", kind: "text" },
          { title: "办结日期", kind: "text" },
        ],
        rows: rows.map((row) => [
          row.projectName,
          row.unitName,
          row.text,
          COORDINATION_STATES[row.state],
          row.raisedOn,
          row.answerDueOn,
          row.advice ?? "",
          row.answer ?? "",
          row.itemNumber ?? "",
          row.endedOn ?? "",
        ]),
      },
      {
        name: "口径",
        columns: [{ title: "指标口径", kind: "text", width: 100 }],
        rows: Object.values(COORDINATION_DEFINITIONS).map((definition) => [definition]),
      },
    ],
    properties: { title: "需协调事项", author: actor.unitName },
  });
  return { name: `需协调事项 ${today}.xlsx`, mediaType: XLSX, bytes };
}
