import { asc, eq } from "drizzle-orm";

import { materials, units } from "@db/schema";
import { keysOf, MATERIAL_KINDS } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { XLSX_MEDIA_TYPE } from "~/platform/xlsx/media-types";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";
import { scopeFor } from "~/policy";

import { MATERIAL_ROW, materialsIn } from "./materials.queries.server";
import { RELIEF_DEFINITIONS, REPLACEABILITY_DEFINITIONS } from "./matter.words";
import { reliefByUnit } from "./replaceable.queries.server";
import { REPLACEABILITIES } from "./replaceability.rules";

const number = (title: string) => ({ title, kind: "number" as const });
const text = (title: string) => ({ title, kind: "text" as const });

/** Every material with how it stands to data, the relief of each unit, and what the figures mean. */
export async function exportReplaceable({ db, actor, today }: Ctx) {
  const scope = scopeFor(actor, "matter:read");
  const [rows, relief] = await Promise.all([
    db
      .select(MATERIAL_ROW)
      .from(materials)
      .leftJoin(units, eq(units.id, materials.issuerUnitId))
      .where(materialsIn(scope))
      .orderBy(asc(materials.code)),
    reliefByUnit(db, scope),
  ]);
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "材料",
        note: `导出日期：${today}，共 ${rows.length} 份材料`,
        columns: [
          text("材料编码"),
          text("材料名称"),
          text("类型"),
          text("签发单位"),
          number("要求提交的在办事项（个）"),
          number("每年提交（份次）"),
          text("证明数据"),
          text("数据替代"),
        ],
        rows: rows.map((row) => [
          row.code,
          row.name,
          MATERIAL_KINDS[row.kind],
          row.issuer,
          row.matters,
          row.yearly,
          row.proofs.join("、"),
          REPLACEABILITIES[row.standing],
        ]),
      },
      {
        name: "各单位",
        columns: [
          text("单位"),
          number("在办事项（个）"),
          number("可减材料的事项（个）"),
          number("可免提交材料（份）"),
          number("每年可免提交（份次）"),
        ],
        rows: relief.rows.map((row) => [row.unitName, row.matters, row.relieved, row.papers, row.yearly]),
      },
      {
        name: "口径",
        columns: [text("指标"), { title: "口径", kind: "text", width: 100 }],
        rows: [
          ...keysOf(REPLACEABILITIES).map((key) => [REPLACEABILITIES[key], REPLACEABILITY_DEFINITIONS[key]]),
          ["可减材料的事项", RELIEF_DEFINITIONS.relieved],
          ["每年可免提交", RELIEF_DEFINITIONS.yearly],
        ],
      },
    ],
    properties: { title: "可由数据替代的材料", author: actor.unitName },
  });
  return { name: `可由数据替代的材料 ${today}.xlsx`, mediaType: XLSX_MEDIA_TYPE, bytes };
}
