import type { Refusal } from "../../kernel/result";
import type { SheetRefusalCode, TableRefusalCode } from "./workbook";

type Facts = Readonly<Record<string, string | number>>;

const KINDS: Readonly<Record<string, string>> = {
  html: "网页",
  xml: "XML 表格",
  webArchive: "网页存档",
  oldExcel: "Excel 4.0 及更早版本的表格",
  binaryExcel: "二进制工作簿（.xlsb）",
  openDocument: "OpenDocument 文件（.ods）",
  numbers: "Numbers 表格",
  richText: "文字文档",
  pdf: "PDF 文件",
  image: "图片",
  archive: "压缩包",
  office: "Word、PowerPoint 等其他办公文档",
  text: "纯文本",
  binary: "其他类型的文件",
};

const kindOf = (facts: Facts): string => KINDS[facts.kind ?? ""] ?? "其他类型的文件";
const count = (value: string | number | undefined): string => Number(value).toLocaleString("zh-CN");

const SENTENCES: Readonly<Record<SheetRefusalCode | TableRefusalCode, (facts: Facts) => string>> = {
  "sheet.emptyFile": () => "文件是空的（0 字节），请重新保存后再上传。",
  "sheet.fileTooLarge": (f) =>
    `文件有 ${f.megabytes} MB，超过 ${f.max} MB 的上限，请删去图片等无关内容或分成几个文件。`,
  "sheet.notASheet": (f) => `这个文件的内容是${kindOf(f)}，不是表格，请上传 .xlsx、.xls 或 .csv 文件。`,
  "sheet.formatUnsupported": (f) => `这个文件的内容是${kindOf(f)}，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。`,
  "sheet.passwordProtected": () => "文件设有打开密码，请取消密码并保存后再上传。",
  "sheet.damaged": () => "文件不完整或已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。",
  "sheet.unsafeArchive": () => "文件解压后过大，不像正常的表格，已拒绝读取；请把数据粘贴到新的工作簿后再上传。",
  "sheet.encodingUnknown": () => "无法识别文件的文字编码，请另存为 .xlsx，或保存为 UTF-8 编码的 .csv。",
  "sheet.quoteUnclosed": (f) => `第 ${f.row} 行有一个双引号没有成对，请改正后再上传。`,
  "sheet.nothingInside": () => "文件中没有任何内容，请填写后再上传。",
  "sheet.tooManyRows": (f) => `工作表“${f.sheet}”超过 ${count(f.max)} 行的上限，请分成几个文件。`,
  "sheet.tooManyColumns": (f) =>
    `工作表“${f.sheet}”第 ${f.row} 行的内容到 ${f.column} 列，超过 ${f.max} 列的上限，请删去多余的列。`,
  "sheet.tooManyCells": (f) => `文件中有内容的单元格超过 ${count(f.max)} 个，请分成几个文件。`,
  "sheet.tooHeavy": () => "文件内容过多，未能在规定时间内读完，请分成几个较小的文件。",
  "table.headerNotFound": (f) => `工作表“${f.sheet}”中没有找到表头${f.expected ? `，应有这些列：${f.expected}` : ""}。`,
  "table.columnsMissing": (f) =>
    `工作表“${f.sheet}”第 ${f.row} 行的表头缺少：${f.missing}。现有的列是：${f.found}。请补上缺少的列，或改成相同的名称。`,
  "table.noRows": (f) => `工作表“${f.sheet}”第 ${f.row} 行的表头下面没有数据，请填写后再上传。`,
};

/** What to tell the person who uploaded the sheet, and what they can do about it. */
export const sheetRefusalSentence = ({ code, facts = {} }: Refusal<SheetRefusalCode | TableRefusalCode>): string =>
  SENTENCES[code](facts);
