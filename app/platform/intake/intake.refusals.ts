import type { Refusal } from "~/kernel/result";

import { sheetRefusalSentence } from "../xlsx/sheet.refusals";
import type { SheetRefusalCode, TableRefusalCode } from "../xlsx/workbook";

/** Why a sheet of a register was not taken in, applied or given up. */
export type IntakeRefusal =
  | SheetRefusalCode
  | TableRefusalCode
  | "fileMissing"
  | "severalTables"
  | "tooManyRows"
  | "sheetKnown"
  | "notInThisState"
  | "problemsLeft"
  | "nothingToApply"
  | "changedSincePreview";

/** The sentence of a refusal: what is the matter and what to do. */
export function sayIntakeRefusal(refusal: Refusal<IntakeRefusal>): string {
  const { code, facts = {} } = refusal;
  switch (code) {
    case "fileMissing":
      return "请选择要上传的表格文件。";
    case "severalTables":
      return `文件中有几个工作表都像是要导入的表：${facts.sheets ?? ""}。请合并到一个工作表，或每次只留一个再上传。`;
    case "tooManyRows":
      return `表中有 ${facts.rows ?? ""} 行数据，超过一次导入 ${facts.limit ?? ""} 行的上限，请分成几份上传。`;
    case "sheetKnown":
      return `这份表格已经上传过（${facts.name ?? ""}），还在等您确认。请打开它继续办理，或放弃之后再上传。`;
    case "notInThisState":
      return "这份表格已经导入或放弃，不能再办理。请刷新页面查看结果。";
    case "problemsLeft":
      return `还有 ${facts.rows ?? ""} 行有问题，不能全部导入。请改正后重新上传，或只导入没有问题的行。`;
    case "nothingToApply":
      return "没有需要写入的行：其余各行与已登记的内容一致，或者有问题。请改正后重新上传，或放弃这份表格。";
    case "changedSincePreview":
      return `预览之后，有 ${facts.rows ?? ""} 行的结果因登记内容变动而不同，这次没有写入任何内容。下面已按最新情况重新检查，请核对后再确认导入。`;
    default:
      return sheetRefusalSentence({ ...refusal, code });
  }
}
