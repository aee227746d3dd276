import { formatWan, type Fen } from "~/kernel/fen";
import { multiply, rational, toFixed, type Rational } from "~/kernel/rational";
import { LIGHTS, PROJECT_STAGES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { executionOfYear, type ExecutionQuery } from "./execution.queries.server";
import { RATE_DEFINITIONS, sayAlarm, sayTime } from "./execution.words";
import { endedMonths, frameworkRate, gapPoints, selfEvaluationRate, yearElapsed } from "./rates.rules";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const wan = (amount: Fen): number => Number(formatWan(amount, 6).replaceAll(",", ""));
const percent = (share: Rational | null): number | null => share && Number(toFixed(multiply(share, rational(100)), 2));

/** What the execution list shows under a question, all pages of it, as a sheet with the definitions of its rates. */
export async function exportExecution({ db, actor, today }: Ctx, question: ExecutionQuery) {
  const { year } = question;
  const rows = await executionOfYear(db, scopeFor(actor, "funding:read"), question, today);
  const time = yearElapsed(year, today);
  const money = (title: string) => ({ title: `${title}（万元）`, kind: "number" as const });
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: `${year}年资金执行`,
        note: `导出日期：${today}，共 ${rows.length} 个项目；时间进度 ${sayTime(time, endedMonths(year, today))}`,
        columns: [
          { title: "项目编号", kind: "text" },
          { title: "项目名称", kind: "text" },
          { title: "单位", kind: "text" },
          { title: "阶段", kind: "text" },
          money("批复"),
          money("本年预算"),
          money("累计到位"),
          money("累计合同"),
          money("累计支付"),
          money("本年支付"),
          { title: "预算执行率·自评口径（%）", kind: "number" },
          { title: "支出率·财政框架口径（%）", kind: "number" },
          { title: "与时间进度差距（百分点，负为落后）", kind: "number" },
          { title: "预警", kind: "text" },
          { title: "预警说明", kind: "text", width: 60 },
        ],
        rows: rows.map((row) => {
          const rate = selfEvaluationRate(row.yearPaidFen, row.yearBudgetFen);
          return [
            row.code,
            row.name,
            row.unitName,
            PROJECT_STAGES[row.stage],
            wan(row.approvedFen),
            wan(row.yearBudgetFen),
            wan(row.arrivedFen),
            wan(row.contractedFen),
            wan(row.paidFen),
            wan(row.yearPaidFen),
            percent(rate),
            percent(frameworkRate(row.paidFen, row.arrivedFen)),
            rate && Number(toFixed(gapPoints(rate, time), 2)),
            LIGHTS[row.light],
            row.alarms.map(sayAlarm).join(""),
          ];
        }),
      },
      {
        name: "口径",
        columns: [{ title: "指标口径", kind: "text", width: 100 }],
        rows: Object.values(RATE_DEFINITIONS).map((definition) => [definition]),
      },
    ],
    properties: { title: `${year}年资金执行`, author: actor.unitName },
  });
  return { name: `${year}年资金执行 ${today}.xlsx`, mediaType: XLSX, bytes };
}
