import type { Refusal } from "~/kernel/result";
import { LEDGER_PLAN_STATES, type LedgerPlanState } from "~/kernel/vocabulary";
import { sayIntakeRefusal, type IntakeRefusal } from "~/platform/intake/intake.refusals";

import type { PlanStepRefusal } from "./plan.lifecycle";
import type { RowsRefusal } from "./read-rows.rules";

/** Why a plan was not imported. */
export type ImportRefusal = IntakeRefusal | RowsRefusal | "titleTaken" | "issuedInFuture";
/** Why a step of a plan was not taken. */
export type PlanRefusal = PlanStepRefusal | "nothingToConfirm";

/** Why a sheet was not taken in as a plan, and what to do. */
export function sayImportRefusal(refusal: Refusal<ImportRefusal>): string {
  const { code, facts = {} } = refusal;
  switch (code) {
    case "cellBlank":
      return `第 ${facts.row} 行的“${facts.column}”是空的，请补上方案原文，或删去这一行。`;
    case "cellFailed":
      return `第 ${facts.row} 行的“${facts.column}”公式出错（${facts.text}），请改为实际内容。`;
    case "numberTwice":
      return `第 ${facts.row} 行的序号 ${facts.number} 与第 ${facts.other} 行重复，请改正其中一个。`;
    case "titleTaken":
      return `同名方案已经导入（${LEDGER_PLAN_STATES[facts.state as LedgerPlanState] ?? ""}，共 ${facts.tasks} 项任务），没有重复导入。请打开它继续办理；确是另一方案的，请把名称写完整。`;
    case "issuedInFuture":
      return "印发日期不能晚于今天，请核对方案的印发日期。";
    default:
      return sayIntakeRefusal({ ...refusal, code });
  }
}

/** Why a step of a plan was not taken, and what to do. */
export function sayPlanRefusal({ code, facts = {} }: Refusal<PlanRefusal>): string {
  switch (code) {
    case "notInThisState":
      return `方案现为“${LEDGER_PLAN_STATES[facts.state as LedgerPlanState] ?? ""}”，不能办理这一步。请刷新页面查看最新状态。`;
    case "allConfirmed":
      return "还有任务没有确认，不能下达执行。请逐项核对并确认。";
    case "reasonGiven":
      return "请写明结束原因。";
    case "nothingToConfirm":
      return "没有可以一并确认的任务：其余各项有疑点，请逐项核对后确认。";
  }
}
