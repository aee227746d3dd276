import { daysBetween } from "~/kernel/local-date";
import { BLOCK_REASONS } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { allCloudSystems, type CloudQuery } from "./cloud-list.queries.server";
import { CLOUD_DEFINITIONS, sayRate } from "./cloud.words";
import { cloudRates } from "./rates.queries.server";
import { columnName } from "./rates.rules";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the list shows under a question, all pages of it, with the rates of the units and what they mean. */
export async function exportCloud({ db, actor }: Ctx, query: CloudQuery) {
  const scope = scopeFor(actor, "system:read");
  const [rows, rates] = await Promise.all([allCloudSystems(db, scope, query), cloudRates(db, scope, query.asOf)]);
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "上云清单",
        note: `数据截至 ${query.asOf}，共 ${rows.length} 个系统`,
        columns: [
          { title: "系统编号", kind: "text" },
          { title: "系统名称", kind: "text" },
          { title: "单位", kind: "text" },
          { title: "批次", kind: "text" },
          { title: "目标日期", kind: "text" },
          { title: "进展", kind: "text" },
          { title: "已完成步骤（个）", kind: "number" },
          { title: "停留（天）", kind: "number" },
          { title: "批次逾期", kind: "text" },
          { title: "受阻原因", kind: "text" },
          { title: "受阻起始", kind: "text" },
        ],
        rows: rows.map((row) => [
          row.code,
          row.name,
          row.unitName,
          row.batch,
          row.targetOn,
          columnName(row.at),
          row.stepsDone,
          row.migrated ? null : daysBetween(row.since, query.asOf),
          row.overdue ? "是" : "否",
          row.blockReason && BLOCK_REASONS[row.blockReason],
          row.blockedSince,
        ]),
      },
      {
        name: "各单位上云率",
        note: `数据截至 ${query.asOf}`,
        columns: [
          { title: "单位", kind: "text" },
          { title: "已上云（个）", kind: "number" },
          { title: "应上云（个）", kind: "number" },
          { title: "上云率", kind: "text" },
        ],
        rows: rates.map((row) => [
          row.unitName,
          row.numerator,
          row.denominator,
          sayRate(row.numerator, row.denominator),
        ]),
      },
      {
        name: "口径",
        columns: [{ title: "指标口径", kind: "text", width: 100 }],
        rows: Object.values(CLOUD_DEFINITIONS).map((definition) => [definition]),
      },
    ],
    properties: { title: "上云清单", author: actor.unitName },
  });
  return { name: `上云清单-${query.asOf}.xlsx`, mediaType: XLSX, bytes };
}
