import { fen, formatYuan } from "~/kernel/fen";
import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { ENTRY_STATES, PROJECT_STAGES, type EntryState, type ProjectStage } from "~/kernel/vocabulary";
import type { FileRefusalCode } from "~/platform/files.server";

import type { ConfirmCode } from "./confirm-entry.server";
import type { DraftCode } from "./draft.server";
import { ENTRY_EVENTS, type EntryEvent } from "./entry.lifecycle";
import type { EntryStepRefusal } from "./entry.rules";

export type EntryRefusal = DraftCode | ConfirmCode | EntryStepRefusal | FileRefusalCode;

const yuan = (amount: string | number | undefined): string => `${formatYuan(fen(Number(amount ?? 0)))} 元`;
const day = (text: string | number | undefined): string =>
  typeof text === "string" && isLocalDate(text) ? formatOfficialDate(text) : "";

/** Why an entry of the execution was not taken on, with the figures, and what to do. */
export function sayEntryRefusal({ code, facts = {} }: Refusal<EntryRefusal>): string {
  const { limitFen, othersFen, amountFen, paidFen, restFen, number } = facts;
  switch (code) {
    case "notInThisState":
      return `这条登记现为“${ENTRY_STATES[facts.state as EntryState] ?? ""}”，不能${ENTRY_EVENTS[facts.event as EntryEvent] ?? "办理"}。请刷新页面，按最新状态办理。`;
    case "otherPerson":
      return "登记人与办理人是同一人。按照双人原则，请由另一位有权限的同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "stageNotSpending":
      return `项目现处于“${PROJECT_STAGES[facts.stage as ProjectStage] ?? ""}”阶段，不能登记。合同和支付在启动采购后登记，到位资金在批复后登记；已暂停或终止的项目不再登记。`;
    case "notApprovedYet":
      return "项目还没有批复或核定金额，不能登记。";
    case "contractsAboveApproved":
      return `合同金额超过批复金额：批复 ${yuan(limitFen)}，已登记的其他合同 ${yuan(othersFen)}，本合同 ${yuan(amountFen)}，合计超出 ${yuan(Number(othersFen) + Number(amountFen) - Number(limitFen))}。请核对金额；确需增加的，先办理项目变更。`;
    case "arrivalsAboveApproved":
      return `到位资金超过批复金额：批复 ${yuan(limitFen)}，已登记的其他到位资金 ${yuan(othersFen)}，本次 ${yuan(amountFen)}。请核对金额。`;
    case "contractNotConfirmed":
      return "所选合同未经财政确认或已作废。请选择已确认的合同。";
    case "paymentsAboveContract":
      return `支付金额超过合同金额：合同 ${yuan(limitFen)}，该合同其他支付 ${yuan(othersFen)}，本次 ${yuan(amountFen)}。请核对金额；合同金额有调整的，先登记合同变更。`;
    case "paymentsAboveArrived":
      return `支付金额超过到位资金：项目已到位 ${yuan(limitFen)}，已确认支付 ${yuan(othersFen)}，本次 ${yuan(amountFen)}。请先确认相应的到位资金。`;
    case "changeBelowPaid":
      return `变更后金额 ${yuan(amountFen)} 低于该合同已登记的支付 ${yuan(paidFen)}，请核对。`;
    case "contractHasPayments":
      return `该合同已登记支付 ${yuan(paidFen)}，不能撤销；请先处理相应的支付。`;
    case "contractChangeOpen":
      return "该合同有一件变更尚待确认，请先办结变更。";
    case "arrivalsBelowPaid":
      return `撤销后到位资金只剩 ${yuan(restFen)}，少于已确认的支付 ${yuan(paidFen)}，不能撤销。`;
    case "numberTaken":
      return `合同编号“${number ?? ""}”已被使用，请核对编号。`;
    case "voucherTaken":
      return `支付凭证号“${number ?? ""}”已被使用，请核对凭证号，避免重复登记。`;
    case "dayInFuture":
      return "日期晚于今天，请按实际发生的日期填写。";
    case "endsBeforeSigned":
      return "履约截止日期早于合同签订日期，请核对。";
    case "paidBeforeSigned":
      return `支付日期早于合同签订日期（${day(facts.signedOn)}），请核对。`;
    case "operatorUnknown":
      return "所选运营单位不在本地区运营单位之列，请重新选择。";
    case "paperMissing":
      return "请上传合同变更的依据文件，例如补充协议。";
    case "changesNothing":
      return "变更后的金额和履约截止日期与现在相同，没有需要变更的内容。";
    case "changeStillOpen":
      return `该合同的变更${number ?? ""}尚待确认，请先办结后再登记新的变更。`;
    case "projectSuspended":
      return "项目已暂停，恢复之前不能确认支付。";
    case "gateClosed":
      return `单位共享闸口处于关闭状态（${facts.count ?? ""} 条原因），不能确认支付。原因消除后自动打开，或按程序办理豁免。`;
    case "fileEmpty":
      return `文件“${facts.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts.name ?? ""}”超过单个附件上限 ${facts.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
