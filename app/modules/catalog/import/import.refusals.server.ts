import type { Refusal } from "~/kernel/result";
import { sheetRefusalSentence } from "~/platform/xlsx/sheet.refusals";
import type { SheetRefusalCode, TableRefusalCode } from "~/platform/xlsx/workbook";

/** Why a file cannot be read. */
export type ReadRefusalCode = SheetRefusalCode | TableRefusalCode;

/** Why an import cannot go on. */
export type ImportRefusalCode =
  | "filingClosed"
  | "nothingToImport"
  | "badRowsLeft"
  | "mappingIncomplete"
  | "mappingUnknown"
  | "namesTakenMeanwhile"
  | "importNeverEnded"
  | "constantsToConfirm"
  | "severalTables"
  | "notInThisState";

type AnyCode = ReadRefusalCode | ImportRefusalCode;

const isOfSheet = (refusal: Refusal<AnyCode>): refusal is Refusal<ReadRefusalCode> =>
  /^(sheet|table)\./.test(refusal.code);

const SENTENCES: Readonly<Record<ImportRefusalCode, (facts: Readonly<Record<string, string | number>>) => string>> = {
  filingClosed: () => "项目已提交或不在可填报的阶段，不能再导入数据目录；如需修改，请先由审核单位退回。",
  nothingToImport: () => "没有可以导入的行，请下载错误清单，改正后重新上传。",
  badRowsLeft: (f) => `还有 ${f.rows} 行有问题，按“全部合格才导入”不能导入；请改正后重新上传，或改为只导入合格的行。`,
  mappingIncomplete: (f) => `请为“${f.field}”选择对应的列，或填写所有行统一的内容。`,
  mappingUnknown: () => "所选的工作表、表头或列不在文件中，请重新选择。",
  namesTakenMeanwhile: (f) =>
    `预览之后，本单位目录中新增了 ${f.rows} 个同名资源，这些行已标为有问题；请核对后重新确认。`,
  importNeverEnded: () =>
    "导入超过一小时仍未完成，已停止，目录中没有写入任何一行；请重新确认导入，仍不成功时请把表格拆成几份再上传。",
  constantsToConfirm: () => "这份文件的表头与上次相同，已沿用上次的对应关系；请核对统一填写的内容是否仍然适用。",
  severalTables: () => "文件中有几个工作表都像是资源目录，请选择要导入的工作表，其余的可另行上传。",
  notInThisState: () => "这份表格已经处理过了，请刷新页面查看结果。",
};

/** The sentence of a refused import: of the file, of its table, or of the import itself. */
export const sayImportRefusal = (refusal: Refusal<AnyCode>): string =>
  isOfSheet(refusal)
    ? sheetRefusalSentence(refusal)
    : SENTENCES[refusal.code as ImportRefusalCode](refusal.facts ?? {});
