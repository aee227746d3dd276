import { formatWan, formatYuan, type Fen } from "~/kernel/fen";
import { formatOfficialDate } from "~/kernel/local-date";
import { BUDGET_CATEGORIES } from "~/kernel/vocabulary";
import type { TableForm } from "~/platform/pdf/table-form.types";

import type { MoneyUnit } from "../funding.schema";
import { cutOf } from "../line.rules";
import { exactDigits } from "../ui/money-text";
import type { FundingResult } from "./funding-result.queries.server";
import { resultTitle } from "./result-words";

const BLANK_DATE = "　　　　年　　月　　日";

/**
 * The result of a funding review (资金评估审查结果表) as a printed form: one row for each line, the totals, the opinion, who
 * reviewed and who checked. Strings only, ready for the renderer.
 * @source domain.md §5
 */
export function resultForm(result: FundingResult, unit: MoneyUnit, now: Date): TableForm {
  const { project, unitName, lines, totals, concluded, concludedOn, opinion, reviewers, checker } = result;
  const word = unit === "wan" ? "万元" : "元";
  const digits = exactDigits(
    lines.flatMap((line) => [line.unitPriceFen, line.declaredFen, line.reviewedFen ?? line.declaredFen]),
  );
  const money = (amount: Fen | null) =>
    amount === null ? "" : unit === "wan" ? formatWan(amount, digits) : formatYuan(amount);
  const title = resultTitle(concluded);
  return {
    title,
    left: `${project.name}（${project.code}）　${unitName}`,
    right: `金额单位：${word}`,
    table: {
      columns: [
        { title: "序号", align: "center", widthShare: 5 },
        { title: "类别", align: "center", widthShare: 9 },
        { title: "明细", align: "left", widthShare: 20 },
        { title: "数量", align: "right", widthShare: 9 },
        { title: "单价", align: "right", widthShare: 11 },
        { title: "申报金额", align: "right", widthShare: 12 },
        { title: "核定金额", align: "right", widthShare: 12 },
        { title: "核减金额", align: "right", widthShare: 12 },
        { title: "核减理由", align: "left", widthShare: 26 },
      ],
      rows: [
        ...lines.map((line, index) => [
          String(index + 1),
          BUDGET_CATEGORIES[line.category],
          line.name,
          `${Number(line.quantity)} ${line.measureUnit}`,
          money(line.unitPriceFen),
          money(line.declaredFen),
          money(line.reviewedFen),
          money(cutOf(line)),
          line.cutReason ?? "",
        ]),
        ["", "", "合计", "", "", money(totals.declaredFen), money(totals.reviewedFen), money(totals.cutFen), ""],
      ],
    },
    emptyText: "没有概算明细",
    closing: [
      `审查结果：申报 ${money(totals.declaredFen)} ${word}，核定 ${money(totals.reviewedFen)} ${word}，核减 ${money(totals.cutFen)} ${word}。`,
      concluded
        ? `评估意见：${opinion || "同意按核定金额安排。"}`
        : "本表为征求意见稿，以资金评估结论为准；对核定金额有意见的，请在资金评估结束前反馈。",
    ],
    signatures: [
      `审查人：${reviewers.join("、")}`,
      `复核人：${checker ?? ""}`,
      `日期：${concludedOn ? formatOfficialDate(concludedOn) : BLANK_DATE}`,
    ],
    note: [
      `${result.printedBy} 打印于${formatOfficialDate(result.today)}`,
      ...(result.demonstration ? ["演示数据"] : []),
    ].join("；"),
    properties: {
      title: `${title}：${project.name}`,
      author: reviewers.join("、"),
      subject: project.code,
      createdAt: now.toISOString(),
    },
  };
}
