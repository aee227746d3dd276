import type { Refusal } from "~/kernel/result";
import { PLAN_ADJUSTMENT_STATES, type PlanAdjustmentState } from "~/kernel/vocabulary";

import type { AdjustmentStepCode, ProposalCode } from "./plan.rules";

export type PlanRefusal = AdjustmentStepCode | ProposalCode | "adjustmentOpen" | "unitClosed";

/** Why a step of the yearly plan was not taken, and what to do. */
export function sayPlanRefusal({ code, facts }: Refusal<PlanRefusal>): string {
  switch (code) {
    case "planUnchanged":
      return "调整后的金额与现行计划相同，不需要调整。";
    case "planNegative":
      return "计划金额不能小于 0，请改正。";
    case "reasonMissing":
      return "请写明调整理由。";
    case "basisMissing":
      return "请填写依据文号，例如预算批复或指标下达文件的文号。";
    case "adjustmentOpen":
      return `第 ${facts?.number ?? ""} 次调整尚待复核，请先复核或撤回，再提出新的调整。`;
    case "unitClosed":
      return "单位已撤并，不能编制计划，请选择承接单位。";
    case "notInThisState":
      return `这次调整已是“${PLAN_ADJUSTMENT_STATES[facts?.state as PlanAdjustmentState] ?? ""}”，不能再办理。请刷新页面查看最新状态。`;
    case "otherPersonThanBefore":
      return "按照双人原则，提出人不能复核自己提出的调整，请由另一位财政人员复核。";
    case "reasonGiven":
      return "不通过须写明理由，提出人将据此修改。";
    case "ownProposal":
      return "只有提出人可以撤回；不同意的，请用“不通过”并写明理由。";
  }
}
