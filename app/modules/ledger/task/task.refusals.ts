import type { Refusal } from "~/kernel/result";
import { LEDGER_TASK_STATES, type LedgerTaskState } from "~/kernel/vocabulary";
import { formatPeriod, isPeriod } from "~/kernel/period";
import type { FileRefusalCode } from "~/platform/files.server";

import type { DeadlineProblem } from "./edit.rules";
import { TASK_EVENTS, type TaskEvent, type TaskStepRefusal } from "./task.lifecycle";

export type TaskRefusal =
  | TaskStepRefusal
  | FileRefusalCode
  | DeadlineProblem
  | "monthClosed"
  | "monthAhead"
  | "momentUnknown"
  | "momentMetAlready"
  | "metInFuture"
  | "unitNotNamed"
  | "dueInPast"
  | "textMissing"
  | "nameMissing"
  | "nameUnknown";

const month = (text: string | number | undefined): string =>
  typeof text === "string" && isPeriod(text) ? formatPeriod(text) : "";

/** Why a step of a task was not taken, and what to do. */
export function sayTaskRefusal({ code, facts = {} }: Refusal<TaskRefusal>): string {
  switch (code) {
    case "notInThisState":
      return facts.event === undefined
        ? "方案已下达执行或已结束，任务不能再更正或确认。请刷新页面查看最新状态。"
        : `任务现为“${LEDGER_TASK_STATES[facts.state as LedgerTaskState] ?? ""}”，不能${TASK_EVENTS[facts.event as TaskEvent] ?? "办理"}。请刷新页面查看最新状态。`;
    case "planInForce":
      return "方案没有在执行，任务不能办理。";
    case "leadUnit":
      return "只有牵头单位（没有牵头单位的，由责任单位）可以办理这一步，请与牵头单位联系。";
    case "momentsMet":
      return "还有节点没有报告完成，不能申请办结。请先逐个报告节点完成情况。";
    case "statementGiven":
      return "请填写办结说明。";
    case "otherPerson":
      return "申请办结的人不能同意自己的申请，请由另一位同志办理。";
    case "reasonGiven":
      return "请写明原因，单位将据此办理。";
    case "overdue":
      return "任务没有逾期，不需要转为督办。";
    case "notSupervised":
      return "任务已有正在办理的督办事项，没有重复登记。";
    case "monthClosed":
      return `${month(facts.period)}的进展已不能填写或修改，请填写本月进展。`;
    case "monthAhead":
      return `${month(facts.period)}还没有到，请填写本月进展。`;
    case "momentUnknown":
      return "任务没有这个节点，请刷新页面后重新选择。";
    case "momentMetAlready":
      return "这个节点已经报告完成，无需重复。";
    case "metInFuture":
      return "完成日期不能晚于今天。";
    case "unitNotNamed":
      return "请在任务的牵头单位和责任单位中选择承办单位。";
    case "dueInPast":
      return "办理期限不能早于今天，请重新选择日期。";
    case "textMissing":
      return "任务标题和任务内容不能都空着。";
    case "nameMissing":
      return `第 ${facts.row} 行没有名称，请填写或删去这一行。`;
    case "nameUnknown":
      return `没有找到“${facts.name}”，请从列表中选择本地区的单位或单位集合；确实不是本地区单位的，把“对应”留空。`;
    case "dateMissing":
      return "这类时限要有一个日期，请填写。";
    case "datesTooFew":
      return "分期完成至少要有两个节点；只有一个的请选“定期完成”。";
    case "datesTooMany":
      return "日期过多：定期完成、启动后持续推进只有一个日期，持续推进、按上级统筹没有日期。请改时限类型或删去日期。";
    case "datesInDisorder":
      return "节点日期应当由先到后，请调整。";
    case "startNotDue":
      return "这类时限至少要有一个“之前完成”的日期。";
    case "fileEmpty":
      return `文件“${facts.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts.name ?? ""}”超过单个附件上限 ${facts.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
