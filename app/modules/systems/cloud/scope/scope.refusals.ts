import type { Refusal } from "~/kernel/result";
import { SCOPE_DECISION_STATES, type ScopeDecisionState } from "~/kernel/vocabulary";

import { SCOPE_EVENTS, type ScopeEvent, type ScopeStepRefusal } from "./scope.lifecycle";
import type { ScopeProposalCode } from "./scope.rules";

export type ScopeRefusal =
  | ScopeStepRefusal
  | ScopeProposalCode
  | "alreadyProposed"
  | "systemRetired"
  | "fileEmpty"
  | "fileTooLarge"
  | "fileTypeNotAllowed";

/** Why a proposal of scope or a step of it was not taken, and what to do. */
export function sayScopeRefusal({ code, facts }: Refusal<ScopeRefusal>): string {
  switch (code) {
    case "notInThisState":
      return `本件现处于“${SCOPE_DECISION_STATES[facts?.state as ScopeDecisionState] ?? ""}”状态，不能办理“${SCOPE_EVENTS[facts?.event as ScopeEvent] ?? "这项操作"}”。请刷新页面，按最新状态办理。`;
    case "otherPersonThanBefore":
      return "复核人与提出人是同一人。按照双人原则，请由另一位同志复核。";
    case "reasonGiven":
      return "请写明不予通过的理由。";
    case "factsUnchanged":
      return "提出以后，该系统的登记情况或认定标准有变，不能按原情况复核通过。请不予通过，按最新情况重新提出。";
    case "proposedByHand":
      return "本件由系统按规则提出，不能人工撤回；登记情况改正后会自动撤回，有异议的请由数据局不予通过。";
    case "ruleLeavesOut":
      return `按规则该系统不纳入上云范围（${facts?.reason ?? ""}），不必认定为特殊系统，请选择“按规则认定”。`;
    case "standsSo":
      return "该系统现在就是这样认定的，无需重复提出。";
    case "explanationMissing":
      return "特殊系统须写明暂不迁移的理由。";
    case "paperMissing":
      return "特殊系统须上传论证材料。";
    case "statementMissing":
      return "纳管的特殊系统须声明接口已经开放；接口未开放的，请不要勾选“已纳管”。";
    case "alreadyProposed":
      return "该系统已有一件待复核的范围认定，请等它办结，或者先撤回再提出。";
    case "systemRetired":
      return "该系统已经下线，不再认定上云范围。";
    case "fileEmpty":
      return `文件“${facts?.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts?.name ?? ""}”超过单个附件上限 ${facts?.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts?.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
