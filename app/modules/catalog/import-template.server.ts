import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

import { RESOURCE_COLUMNS } from "./import-columns.server";

const EXAMPLE = [
  "供水管网基础信息",
  "地下空间与管网",
  "全市供水管网的位置、材质和埋设情况",
  "数据库",
  "管段编号、管径、材质、埋深、敷设年代",
  "有条件共享",
  "",
  "限城市运行和应急指挥使用",
  "接口",
  "每月",
];

/** The sheet to fill in: the headers that the import knows, and one example row. */
export async function importTemplate(): Promise<{ bytes: Uint8Array; name: string; mediaType: string }> {
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "资源目录",
        columns: RESOURCE_COLUMNS.map(({ title }) => ({ title, kind: "text" as const })),
        rows: [EXAMPLE],
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
