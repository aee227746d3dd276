import type { Database } from "@db/client";
import { FORMAT_CLASSES, keysOf, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import { resourceOptions } from "../surroundings.queries.server";
import { CATALOG_FIELDS } from "./import-columns.server";

const EXAMPLE: Readonly<Record<string, string>> = {
  name: "（示例）供水管网基础信息",
  summary: "全市供水管网的位置、材质和埋设情况，由管线权属单位每月报送",
  formatClass: FORMAT_CLASSES.database,
  formatType: "MySQL",
  items: "管段编号:字符型(20)*、管径:数值型、材质:字符型(20)!、敷设年代:日期型",
  sharingType: SHARING_TYPES.conditional,
  conditions: "限城市运行和应急指挥使用",
  method: SHARING_METHODS.interface,
  openToPublic: "否",
  updateCycle: UPDATE_CYCLES.monthly,
};

const LISTS = "可选内容";
/** Rows that get the drop-downs: more than a unit types in by hand. */
const ROWS_WITH_LISTS = 2_000;

/** The sheet to fill in: headers, an example that the import leaves out, drop-downs from the dictionaries, notes. */
export async function importTemplate(
  db: Database,
  unitId: string,
): Promise<{ bytes: Uint8Array; name: string; mediaType: string }> {
  const { categories, ...options } = await resourceOptions(db, unitId);
  const lists: Readonly<Record<string, readonly string[]>> = {
    category: categories.map(({ label }) => label),
    formatClass: Object.values(FORMAT_CLASSES),
    sharingType: Object.values(SHARING_TYPES),
    method: Object.values(SHARING_METHODS),
    openToPublic: ["是", "否"],
    updateCycle: keysOf(UPDATE_CYCLES).map((key) => UPDATE_CYCLES[key]),
    system: options.systems.map(({ label }) => label),
    basicDatabase: options.basicDatabases.map(({ label }) => label),
  };
  const offered = Object.entries(lists).filter(([, values]) => values.length > 0);
  const example: Readonly<Record<string, string | undefined>> = { ...EXAMPLE, category: lists.category?.[0] };
  const longest = Math.max(...offered.map(([, values]) => values.length));
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "资源目录",
        columns: CATALOG_FIELDS.map(({ title, required }) => ({
          title: required === true ? `${title}*` : title,
          kind: "text" as const,
        })),
        rows: [CATALOG_FIELDS.map(({ key }) => example[key] ?? null)],
        dropDowns: offered.map(([key, values], index) => ({
          column: CATALOG_FIELDS.findIndex((field) => field.key === key),
          rows: ROWS_WITH_LISTS,
          from: { sheet: LISTS, column: index, values: values.length },
        })),
      },
      {
        name: "填写说明",
        columns: [
          { title: "填写的列", kind: "text" },
          { title: "是否必填", kind: "text" },
          { title: "怎样填写", kind: "text", width: 90 },
        ],
        rows: CATALOG_FIELDS.map(({ title, required, hint }) => [title, required === true ? "必填" : "选填", hint]),
        note: "以“（示例）”开头的行不会导入；列的顺序可以调整，带 * 的列必填",
      },
      {
        name: LISTS,
        hidden: true,
        columns: offered.map(([key]) => ({
          title: CATALOG_FIELDS.find((field) => field.key === key)?.title ?? key,
          kind: "text" as const,
        })),
        rows: Array.from({ length: longest }, (_, row) => offered.map(([, values]) => values[row] ?? null)),
      },
    ],
    properties: { title: "资源目录导入模板", author: "明镜" },
  });
  return {
    bytes,
    name: "资源目录导入模板.xlsx",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}
