import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

import type { CatalogQuery } from "./catalog-query";
import { resourcesForSheet } from "./catalog.queries.server";
import { CATALOG_COLUMNS } from "./resource.columns";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * What the actor sees of the catalog under a question, as a sheet: all rows, not one page, up to the figure
 * `export.maxRows`; a note says when there were more. Written in a worker.
 */
export async function exportCatalog(ctx: Ctx, query: CatalogQuery) {
  const { db, actor, today } = ctx;
  const figures = await loadFigures(db, today);
  const clock = { today, warningDays: figures.number("catalog.dueSoonDays") };
  const sight = {
    actor,
    reading: scopeFor(actor, "catalog:read"),
    publishing: scopeFor(actor, "catalog:publish"),
  };
  const most = figures.number("export.maxRows");
  const found = await resourcesForSheet(db, sight, query, clock, most);
  const rows = found.slice(0, most);
  const cut = found.length > most ? `；超过 ${most} 行的部分未导出，请缩小查询范围` : "";
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "资源目录",
        note: `导出日期：${today}，共 ${rows.length} 行${cut}`,
        columns: [
          ...CATALOG_COLUMNS.map(({ title, kind }) => ({ title, kind })),
          { title: "信息项", kind: "text", width: 60 },
        ],
        rows: rows.map((row) => [...CATALOG_COLUMNS.map(({ cell }) => cell(row)), row.items]),
      },
    ],
    properties: { title: "政务信息资源目录", author: actor.unitName },
  });
  return { name: `政务信息资源目录 ${today}.xlsx`, mediaType: XLSX, bytes };
}
