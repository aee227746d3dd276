import { fen, formatYuan } from "~/kernel/fen";
import type { Refusal } from "~/kernel/result";
import { CHANGE_STATES, PROJECT_STAGES, type ChangeState, type ProjectStage } from "~/kernel/vocabulary";

import { CHANGE_EVENTS, type ChangeEvent } from "./change.lifecycle";
import type { ChangeStepRefusal, CompletenessCode, FloorCode } from "./change.rules";

export type ChangeRefusal =
  | ChangeStepRefusal
  | CompletenessCode
  | FloorCode
  | "projectNotChangeable"
  | "changeOpen"
  | "notEditable"
  | "estimateMoved"
  | "fileEmpty"
  | "fileTooLarge"
  | "fileTypeNotAllowed";

const yuan = (amount: string | number | undefined): string => `${formatYuan(fen(Number(amount ?? 0)))} 元`;

/** Why a change was not taken on, and what to do. */
export function sayChangeRefusal({ code, facts }: Refusal<ChangeRefusal>): string {
  switch (code) {
    case "notInThisState":
      return `变更现处于“${CHANGE_STATES[facts?.state as ChangeState] ?? ""}”状态，不能办理“${CHANGE_EVENTS[facts?.event as ChangeEvent] ?? "这项操作"}”。请刷新页面，按最新状态办理。`;
    case "complete":
      return "变更内容还不完整，请先补齐列出的各项。";
    case "otherPersonThanBefore":
      return "办理人与填报人或签批人是同一人。按照双人原则，请由另一位有权限的同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "opinionGiven":
      return "重新审批的变更和须报告的变更，同意时须写明审批或报告情况，请填写办理意见。";
    case "reasonMissing":
      return "请写明变更理由。";
    case "contentMissing":
      return "请写明变更内容：调整什么、调整前后各是多少。";
    case "basisMissing":
      return "请上传变更依据文件，例如上级通知、会议纪要或技术论证意见。";
    case "movedBeyondEstimate":
      return "调整金额超过了批复概算，请核对后重新填写。";
    case "belowContracts":
      return `变更后概算 ${yuan(facts?.newEstimateFen)} 低于项目合同已占用的 ${yuan(facts?.boundFen)}（含待确认的合同及合同变更）。请核对概算；确需核减的，先办理合同变更减少合同金额，或作废尚未履行的合同，再申请项目变更。`;
    case "belowArrivals":
      return `变更后概算 ${yuan(facts?.newEstimateFen)} 低于项目已确认到位的 ${yuan(facts?.arrivedFen)}。请核对概算；到位资金登记有误或已收回的，先请财政部门撤销相应的到位登记，再申请项目变更。`;
    case "endBeforeStart":
      return "变更后的计划完工日期须晚于计划开工日期，请重新填写。";
    case "projectNotChangeable":
      return `项目现处于“${PROJECT_STAGES[facts?.stage as ProjectStage] ?? ""}”阶段，批复之后、终验之前且未暂停的项目才能办理变更。`;
    case "changeOpen":
      return `项目已有一件变更（变更${facts?.number ?? ""}）尚未办结，请先办结或撤回后再申请新的变更。`;
    case "notEditable":
      return "变更已提交，不能再修改；如需修改，请由分管领导退回，或撤回后重新申请。";
    case "estimateMoved":
      return "项目的批复概算在提交后发生了变动，本件变更的判定已不适用。请不同意本件并请单位重新申请。";
    case "fileEmpty":
      return `文件“${facts?.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts?.name ?? ""}”超过单个附件上限 ${facts?.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts?.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
