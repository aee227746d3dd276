import { formatOfficialDate, localDateOf } from "~/kernel/local-date";
import { DEMAND_STATES, SHARING_METHODS, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";

import { punctuality, type DemandListToPrint } from "./demand-sheet.server";
import { DEMAND_LISTS } from "./demand-words";

const COLUMNS = [
  { title: "序号", align: "center", widthShare: 3 },
  { title: "需要的数据", align: "left", widthShare: 15 },
  { title: "需求单位", align: "left", widthShare: 10 },
  { title: "提供单位", align: "left", widthShare: 10 },
  { title: "需求依据", align: "left", widthShare: 15 },
  { title: "应用场景", align: "left", widthShare: 12 },
  { title: "方式及频率", align: "center", widthShare: 8 },
  { title: "提出日期", align: "center", widthShare: 8 },
  { title: "提供期限", align: "center", widthShare: 8 },
  { title: "提供日期", align: "center", widthShare: 8 },
  { title: "办理情况", align: "center", widthShare: 9 },
] as const;

/** A list of demands as the printed form that units sign: A4 across, title with the unit, as of today. */
export async function demandForm({ list, owner, rows, today, exportedBy }: DemandListToPrint, now: Date) {
  const title = `${owner}数据${DEMAND_LISTS[list]}`;
  const bytes = await renderTableForm({
    title,
    left: list === "demands" ? `需求单位：${owner}` : `提供单位：${owner}`,
    right: `截至${formatOfficialDate(today)}　共 ${rows.length} 条`,
    table: {
      columns: COLUMNS,
      rows: rows.map((row, index) => [
        String(index + 1),
        row.items ? `${row.wanted}（${row.items}）` : row.wanted,
        row.unitName,
        row.providerName ?? "待明确",
        row.legalBasis,
        row.scene,
        `${SHARING_METHODS[row.method]} ${UPDATE_CYCLES[row.frequency]}`,
        row.appliedAt ? localDateOf(row.appliedAt) : "",
        row.dueOn ?? row.answerDueOn ?? "",
        row.deliveredAt ? localDateOf(row.deliveredAt) : "",
        [DEMAND_STATES[row.state], punctuality(row, today)].filter(Boolean).join("，"),
      ]),
    },
    emptyText: list === "demands" ? "没有向其他单位提出数据需求" : "没有需要向其他单位提供的数据",
    note: `${exportedBy} 打印于${formatOfficialDate(today)}`,
    properties: { title, author: owner, subject: DEMAND_LISTS[list], createdAt: now.toISOString() },
  });
  return { bytes, name: `${title} ${today}.pdf`, mediaType: "application/pdf" };
}
