import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { DEMAND_STATES, SHARING_METHODS, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import type { ListedDemand } from "./demand-list.queries.server";
import { DEMAND_LISTS, type DemandList } from "./demand-words";
import { isLate } from "./demand.rules";

export interface DemandListToPrint {
  readonly list: DemandList;
  /** the unit's name, or the region's */
  readonly owner: string;
  readonly rows: readonly ListedDemand[];
  readonly today: LocalDate;
  readonly exportedBy: string;
}

/** Whether a delivery kept its limit, as officials say it. */
export function punctuality({ dueOn, deliveredAt, dueNow }: ListedDemand, today: LocalDate): string {
  if (deliveredAt) return isLate(dueOn, localDateOf(deliveredAt)) ? "逾期提供" : "按期提供";
  return isLate(dueNow, today) ? "已逾期" : "";
}

/** A list of demands as an .xlsx file, every column of it. */
export async function demandSheet({ list, owner, rows, today, exportedBy }: DemandListToPrint) {
  const title = `${owner}数据${DEMAND_LISTS[list]}`;
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: DEMAND_LISTS[list],
        note: `${title}（截至 ${today}，共 ${rows.length} 条）`,
        columns: [
          { title: "序号", kind: "number" },
          { title: "需要的数据", kind: "text" },
          { title: "信息项", kind: "text" },
          { title: "需求单位", kind: "text" },
          { title: "提供单位", kind: "text" },
          { title: "需求依据", kind: "text" },
          { title: "应用场景", kind: "text" },
          { title: "共享方式", kind: "text" },
          { title: "使用频率", kind: "text" },
          { title: "使用期限起", kind: "date" },
          { title: "使用期限止", kind: "date" },
          { title: "提出日期", kind: "date" },
          { title: "答复期限", kind: "date" },
          { title: "提供期限", kind: "date" },
          { title: "提供日期", kind: "date" },
          { title: "办理情况", kind: "text" },
          { title: "是否按期", kind: "text" },
          { title: "评分", kind: "number" },
        ],
        rows: rows.map((row, index) => [
          index + 1,
          row.wanted,
          row.items,
          row.unitName,
          row.providerName,
          row.legalBasis,
          row.scene,
          SHARING_METHODS[row.method],
          UPDATE_CYCLES[row.frequency],
          row.usedFromOn,
          row.usedUntilOn,
          row.appliedAt && localDateOf(row.appliedAt),
          row.answerDueOn,
          row.dueOn,
          row.deliveredAt && localDateOf(row.deliveredAt),
          DEMAND_STATES[row.state],
          punctuality(row, today),
          row.rating,
        ]),
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
