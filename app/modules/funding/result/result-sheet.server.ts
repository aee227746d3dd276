import type { Fen } from "~/kernel/fen";
import { BUDGET_CATEGORIES } from "~/kernel/vocabulary";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import type { MoneyUnit } from "../funding.schema";
import { cutOf } from "../line.rules";
import { amountCell } from "../sheet-money";
import type { FundingResult } from "./funding-result.queries.server";
import { resultTitle } from "./result-words";

/** The result of a funding review as an .xlsx file: every line, and the totals as the last row. */
export async function resultSheet(result: FundingResult, unit: MoneyUnit) {
  const { project, unitName, lines, totals, concluded, opinion, reviewers, today, printedBy } = result;
  const word = unit === "wan" ? "万元" : "元";
  const title = resultTitle(concluded);
  const money = (amount: Fen | null) => amountCell(amount, unit);
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "审查结果",
        note: `${title}　${project.name}（${project.code}）　${unitName}　金额单位：${word}${opinion ? `　评估意见：${opinion}` : ""}`,
        columns: [
          { title: "序号", kind: "number" },
          { title: "类别", kind: "text" },
          { title: "明细", kind: "text" },
          { title: "数量", kind: "number" },
          { title: "计量单位", kind: "text" },
          { title: `单价（${word}）`, kind: "number" },
          { title: `申报金额（${word}）`, kind: "number" },
          { title: `核定金额（${word}）`, kind: "number" },
          { title: `核减金额（${word}）`, kind: "number" },
          { title: "核减理由", kind: "text" },
          { title: "审查人", kind: "text" },
        ],
        rows: [
          ...lines.map((line, index) => [
            index + 1,
            BUDGET_CATEGORIES[line.category],
            line.name,
            Number(line.quantity),
            line.measureUnit,
            money(line.unitPriceFen),
            money(line.declaredFen),
            money(line.reviewedFen),
            money(cutOf(line)),
            line.cutReason,
            line.reviewerName,
          ]),
          [
            null,
            null,
            "合计",
            null,
            null,
            null,
            money(totals.declaredFen),
            money(totals.reviewedFen),
            money(totals.cutFen),
            null,
            reviewers.join("、"),
          ],
        ],
      },
    ],
    properties: { title: `${title}：${project.name}`, author: "明镜", description: `${printedBy} 导出于 ${today}` },
  });
  return {
    bytes,
    name: `${title} ${project.name}.xlsx`,
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}
