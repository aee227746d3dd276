import { fen, sumFen, ZERO_FEN, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { FUNDING_SOURCES } from "~/kernel/vocabulary";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import { amountCell } from "../sheet-money";
import type { exportedPlans } from "./plan.queries.server";

interface PlansToExport {
  readonly year: number;
  readonly rows: Awaited<ReturnType<typeof exportedPlans>>;
  readonly today: LocalDate;
  readonly exportedBy: string;
}

/** The yearly plans as an .xlsx file in 万元, the totals as the last row. */
export async function planSheet({ year, rows, today, exportedBy }: PlansToExport) {
  const title = `${year} 年度资金计划`;
  const money = (amount: Fen | null) => amountCell(amount, "wan");
  const totalOf = (key: "amountFen" | "neededFen" | "arrivedFen") => sumFen(rows.map((row) => row[key] ?? ZERO_FEN));
  const [planned, needed, arrived] = [totalOf("amountFen"), totalOf("neededFen"), totalOf("arrivedFen")];
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "年度资金计划",
        note: `${title}（截至 ${today}，金额单位：万元；已批项目安排按批复金额和该年安排比例折算）`,
        columns: [
          { title: "单位", kind: "text" },
          { title: "资金来源", kind: "text" },
          { title: "计划金额", kind: "number" },
          { title: "待复核金额", kind: "number" },
          { title: "已批项目数", kind: "number" },
          { title: "已批项目本年安排", kind: "number" },
          { title: "计划减安排", kind: "number" },
          { title: "本年已到位", kind: "number" },
        ],
        rows: [
          ...rows.map(({ unitName, source, amountFen, proposedFen, projects, neededFen, arrivedFen }) => [
            unitName,
            FUNDING_SOURCES[source],
            money(amountFen),
            money(proposedFen),
            projects,
            money(neededFen),
            money(fen((amountFen ?? 0) - neededFen)),
            money(arrivedFen),
          ]),
          ["合计", null, money(planned), null, null, money(needed), money(fen(planned - needed)), money(arrived)],
        ],
      },
    ],
    properties: { title, author: "明镜", description: `${exportedBy} 导出于 ${today}` },
  });
  return {
    bytes,
    name: `${title} ${today}.xlsx`,
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}
