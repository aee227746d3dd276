import type { Refusal } from "~/kernel/result";
import { PAYMENT_SHEET_STATES, type PaymentSheetState } from "~/kernel/vocabulary";
import { sheetRefusalSentence } from "~/platform/xlsx/sheet.refusals";
import type { SheetRefusalCode, TableRefusalCode } from "~/platform/xlsx/workbook";

export type SheetRefusal =
  | SheetRefusalCode
  | TableRefusalCode
  | "fileMissing"
  | "sheetKnown"
  | "tooManyRows"
  | "notInThisState"
  | "nothingToApply";

/** Why a payment sheet was not taken in or applied, and what to do. */
export function sayPaymentSheetRefusal(refusal: Refusal<SheetRefusal>): string {
  const { code, facts = {} } = refusal;
  switch (code) {
    case "fileMissing":
      return "请选择要上传的支付明细表。";
    case "sheetKnown":
      return `这张表已上传过（${facts.name ?? ""}，${PAYMENT_SHEET_STATES[facts.state as PaymentSheetState] ?? ""}），不能重复上传。请打开原来的记录继续办理；如已改正，请上传改正后的表。`;
    case "tooManyRows":
      return `表中有 ${facts.rows ?? ""} 行支付，超过上限 ${facts.limit ?? ""} 行，请分成几张表上传。`;
    case "notInThisState":
      return "这张表已经入账或放弃，不能再办理。请刷新页面查看。";
    case "nothingToApply":
      return "没有可以入账的行。请按各行原因处理后，下载未匹配清单改正再上传。";
    default:
      return sheetRefusalSentence({ ...refusal, code });
  }
}
