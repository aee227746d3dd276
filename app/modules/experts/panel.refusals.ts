import type { Refusal } from "~/kernel/result";

import { CONFLICT_WORDS } from "./expert-words";
import type { SeatRefusal, OpinionGap } from "./opinion.rules";
import type { ConveneRefusal, PanelRefusal } from "./panel.rules";

export type ReplaceRefusal =
  "seatNotFree" | "seatTaken" | "alreadyOnPanel" | "expertUnavailable" | "expertConflicts" | PanelRefusal | SeatRefusal;

/** Why a step on a panel or an opinion did not happen, and what to do. */
export function sayExpertRefusal({
  code,
  facts,
}: Refusal<ConveneRefusal | ReplaceRefusal | PanelRefusal | SeatRefusal | OpinionGap>): string {
  switch (code) {
    case "notUnderReview":
      return "项目不在立项审核阶段，也没有待办理的验收申请，或已暂停、终止，不能组织专家评审。请刷新页面查看最新阶段。";
    case "formNotChecked":
      return "形式审查尚未通过，请先在审核页办理形式审查，再组织专家评审。";
    case "panelAlreadyOpen":
      return "这个项目已有正在进行的专家评审，请先形成意见或取消后再组织。";
    case "tooFewExperts":
      return `专家组至少 ${facts?.minimum ?? ""} 人，现选了 ${facts?.chosen ?? 0} 人，请再选择专家。`;
    case "evenNumber":
      return `专家人数须为单数，现选了 ${facts?.chosen ?? 0} 人，请增加或减少一人。`;
    case "expertUnavailable":
      return "所选人员不是本地区在册的专家或账号已停用，请重新选择。";
    case "expertConflicts":
      return `${facts?.name ?? "所选专家"}${conflictWord(facts?.conflict)}，按回避规定不能参加评审，请另选专家。`;
    case "alreadyOnPanel":
      return "这位专家已在本次专家组名单中，请选择其他专家。";
    case "seatNotFree":
      return "这位专家已经出具意见，不能更换。";
    case "seatTaken":
      return "这个席位已经补邀了专家，请刷新页面查看。";
    case "notInThisPanelState":
      return "本次专家评审已经结束，不能再办理这一步。请刷新页面查看结果。";
    case "projectSuspended":
      return "项目已暂停，暂停期间不形成评审意见。请待项目恢复后再汇总，或取消本次评审。";
    case "opinionsComplete":
      return "还有专家没有出具意见，请等待意见收齐，或更换未回应的专家。";
    case "oddAndEnough":
      return "因专家回避，现有人数不是单数或不足最低人数，请先补邀专家。";
    case "summaryGiven":
      return "请填写评审意见汇总。";
    case "deviationReasoned":
      return "结论与多数专家意见不一致，请写明理由。";
    case "reasonGiven":
      return "请写明理由。";
    case "notInThisSeatState":
      return "这一步已经办理过或不再需要办理，请刷新页面查看最新情况。";
    case "panelOpen":
      return "本次专家评审已经结束，不能再填写。感谢您的参与。";
    case "opinionComplete":
      return "意见还没有填写完整，请逐项评分并写明意见。";
    case "markMissing":
      return `请为“${facts?.criterion ?? ""}”评分。`;
    case "remarkMissing":
      return `请写明“${facts?.criterion ?? ""}”的评分理由。`;
    case "verdictMissing":
      return "请选择评审结论。";
    case "opinionMissing":
      return "请填写综合意见。";
  }
}

const conflictWord = (conflict: unknown): string =>
  typeof conflict === "string" && conflict in CONFLICT_WORDS
    ? CONFLICT_WORDS[conflict as keyof typeof CONFLICT_WORDS]
    : "与项目有利害关系";
