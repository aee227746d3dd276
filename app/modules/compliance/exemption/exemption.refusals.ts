import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { EXEMPTION_STATES, type ExemptionState } from "~/kernel/vocabulary";

import { sayPaperRefusal, type PaperRefusal } from "../paper.refusals";
import { EXEMPTION_EVENTS, type ExemptionEvent, type ExemptionStepRefusal } from "./exemption.lifecycle";
import { exemptionName, type ExemptionProblemCode } from "./exemption.rules";

export type ExemptionRefusal =
  ExemptionStepRefusal | ExemptionProblemCode | PaperRefusal | "nothingToExempt" | "exemptionOpen";

const day = (value: unknown): string =>
  typeof value === "string" && isLocalDate(value) ? formatOfficialDate(value) : "";

/** Why a request for an exemption was not taken on, and what to do. */
export function sayExemptionRefusal(refusal: Refusal<ExemptionRefusal>): string {
  const { code, facts } = refusal;
  switch (code) {
    case "notInThisState":
      return `豁免申请现处于“${EXEMPTION_STATES[facts?.state as ExemptionState] ?? ""}”状态，不能办理“${EXEMPTION_EVENTS[facts?.event as ExemptionEvent] ?? "这项操作"}”。请刷新页面，按最新状态办理。`;
    case "complete":
      return "申请内容还不完整，请先补齐列出的各项。";
    case "otherPersonThanBefore":
      return "办理人与申请人或签批人是同一人。按照双人原则，请由另一位有权限的同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "opinionGiven":
      return "批准豁免须写明审批意见。";
    case "notOver":
      return "豁免期已经结束，不能再办理；仍需豁免的请单位重新申请。";
    case "reasonMissing":
      return "请写明申请豁免的理由。";
    case "paperMissing":
      return "请上传证明材料，例如会议纪要、上级通知或整改计划。";
    case "endBeforeBegin":
      return "豁免结束日期早于开始日期，请改正。";
    case "beginsInPast":
      return "豁免开始日期不能早于今天，请改正。";
    case "tooLong":
      return `一次豁免最长 ${facts?.months ?? ""} 个月，结束日期最晚为${day(facts?.until)}。`;
    case "nothingToExempt":
      return "本单位没有可以豁免的事项：闸口没有因可豁免的原因关闭。";
    case "exemptionOpen":
      return `${exemptionName(Number(facts?.number ?? 0))}尚未办结，请先办结或撤回后再申请。`;
    case "fileEmpty":
    case "fileTooLarge":
    case "fileTypeNotAllowed":
      return sayPaperRefusal({ ...refusal, code });
  }
}
