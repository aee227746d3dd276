import type { Refusal } from "~/kernel/result";
import { PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";

import { PROJECT_EVENTS, type ProjectEvent } from "./project.lifecycle";
import type { TransitionRefusal } from "./stage.rules";

const stageWord = (stage: unknown): string => PROJECT_STAGES[stage as ProjectStage] ?? "";
const eventWord = (event: unknown): string => PROJECT_EVENTS[event as ProjectEvent] ?? "这项操作";

/** Why a step of the lifecycle did not happen, and what to do. */
export function sayTransitionRefusal({ code, facts }: Refusal<TransitionRefusal>): string {
  switch (code) {
    case "notInThisStage":
      return `项目现处于“${stageWord(facts?.stage)}”阶段，不能办理“${eventWord(facts?.event)}”。请刷新页面，按最新阶段办理。`;
    case "filingComplete":
      return "填报内容还不完整或有矛盾，请先处理检查页列出的问题。";
    case "catalogAttached":
      return "还没有挂接数据目录，请先填报资源或需求，或写明不产生数据的说明。";
    case "noSanction":
      return "本单位尚有未解除的资金处理措施，解除前不能申报新建或升级改造项目。";
    case "otherPersonThanBefore":
      return "办理人与上一环节是同一人。按照双人原则，请由另一位有权限的同志办理。";
    case "fundingConcluded":
      return "资金评估尚未完成，请待财政部门出具评估结论后再批复。";
    case "gateOpen":
      return "共享闸口未打开，资金评估不能通过。请先消除列出的原因，或办理豁免。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "atFormCheck":
      return "形式审查已经办结，不能重复办理。请刷新页面，按最新进度办理。";
    case "formChecked":
      return "形式审查尚未通过，请先办理形式审查。";
    case "shortcutGrounded":
      return "申报没有选择简易程序或没有写明依据，请按一般程序办理。";
    case "noPanelOpen":
      return "专家评审尚未形成意见，请先汇总专家意见或取消评审。";
    case "suspendedFromProcurement":
    case "suspendedFromImplementation":
    case "suspendedFromInitialAccepted":
    case "suspendedFromTrialRun":
      return "找不到暂停前的阶段，不能恢复，请联系系统管理员核对项目过程。";
    case "notStartedWithinLimit":
      return "批复未满规定年限或项目已启动，不能作失效处理。";
    case "notCompletedYet":
      return "项目已经宣布完工，不能重复办理。请刷新页面，按最新进度办理。";
    case "milestonesDoneOrReasoned":
      return "还有已到期的里程碑没有完成，请先登记里程碑完成情况，或写明未完成的原因。";
    case "constructionCompleted":
      return "项目还没有宣布完工，不能验收。请建设单位先在项目页面宣布完工。";
    case "acceptanceSigned":
      return "没有经分管领导签批上报的验收申请，不能办理验收。";
    case "documentsComplete":
      return "验收材料不齐，不能通过验收。请按列出的缺项补齐，或退回补正。";
    case "archiveAccepted":
      return "档案验收尚未合格，不能通过终验。请先登记档案验收结果。";
    case "entriesShared":
      return "还有数据资源没有发布、挂接或测试共享，不能通过终验。";
    case "trialRunLongEnough":
      return "试运行时间不足，不能通过终验。";
  }
}

/** As above, for the form check, whose list must be ticked off first. */
export function sayReviewRefusal(refusal: Refusal<TransitionRefusal | "checksOpen">): string {
  const { code, facts } = refusal;
  if (code === "checksOpen")
    return `形式审查清单还有 ${facts?.count ?? ""} 项没有勾选。请逐项核对，符合的打勾；有不符合的，请退回补正。`;
  return sayTransitionRefusal({ ...refusal, code });
}
