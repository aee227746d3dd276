import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import {
  isInRegisterState,
  securityRegister,
  type RegisteredTest,
  type RegisterQuery,
} from "./register.queries.server";
import { REGISTER_DEFINITIONS, sayStanding } from "./security-test.words";
import type { TestStanding } from "./standing.rules";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the register shows under a question, all pages of it, as a sheet with its definitions. */
export async function exportRegister({ db, actor, today }: Ctx, question: RegisterQuery) {
  const all = await securityRegister(db, scopeFor(actor, "system:read"), today, question);
  const rows = all.filter((row) => isInRegisterState(row, question));
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "安全测评",
        note: `截至 ${today}，共 ${rows.length} 个系统；只计数据局确认的测评，以最近一次为准`,
        columns: [
          { title: "系统编号", kind: "text" },
          { title: "系统名称", kind: "text", width: 36 },
          { title: "主管单位", kind: "text", width: 28 },
          { title: "等保级别", kind: "number" },
          { title: "备案编号", kind: "text" },
          { title: "最近等保测评", kind: "text" },
          { title: "等保有效期至", kind: "text" },
          { title: "等保状态", kind: "text" },
          { title: "最近密评", kind: "text" },
          { title: "密评有效期至", kind: "text" },
          { title: "密评状态", kind: "text" },
          { title: "下次到期", kind: "text" },
        ],
        rows: rows.map((row) => [
          row.code,
          row.name,
          row.unitName,
          row.level,
          row.filingNumber ?? "",
          ...standingCells(row.mlps),
          ...standingCells(row.crypto),
          row.dueOn ?? "",
        ]),
      },
      {
        name: "口径",
        columns: [{ title: "指标口径", kind: "text", width: 100 }],
        rows: Object.values(REGISTER_DEFINITIONS).map((definition) => [definition]),
      },
    ],
    properties: { title: "安全测评", author: actor.unitName },
  });
  return { name: `安全测评 ${today}.xlsx`, mediaType: XLSX, bytes };
}

const standingCells = (standing: TestStanding<RegisteredTest> | null): string[] =>
  standing ? [standing.test?.testedOn ?? "", standing.dueOn ?? "", sayStanding(standing)] : ["", "", "不要求"];
