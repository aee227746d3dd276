import * as XLSX from "xlsx";

const HEADERS = [
  "资源名称",
  "资源分类",
  "资源摘要",
  "资源格式",
  "信息项",
  "共享类型",
  "共享条件",
  "共享方式",
  "更新周期",
];
const row = (name: string, sharing: string, conditions: string, method = "接口") => [
  name,
  "地下空间与管网",
  `${name}，由管线权属单位报送`,
  "数据库",
  "编号、位置、材质、埋深",
  sharing,
  conditions,
  method,
  "每月",
];

/** A unit's catalog sheet as it comes: a title line, two good rows, two that are wrong, a note below. */
export function catalogSheet(): { name: string; mimeType: string; buffer: Buffer } {
  const sheet = XLSX.utils.aoa_to_sheet([
    ["智慧管网系统数据资源清单"],
    HEADERS,
    row("排水管网空间信息", "无条件共享", ""),
    row("燃气管网空间信息", "有条件共享", ""),
    row("管网巡检记录", "有条件共享", "限城市运行和应急指挥使用"),
    row("通信管线信息", "无条件共享", "", "邮寄"),
    ["注：本表由市自然资源局填报"],
  ]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "资源目录");
  return {
    name: "智慧管网资源目录.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer,
  };
}

/** The smallest file that is a PDF by its content; another name is another content. */
export const pdfNamed = (name: string) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(`%PDF-1.4\n% ${name}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`),
});
