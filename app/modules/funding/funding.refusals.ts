import type { Refusal } from "~/kernel/result";
import { sayTransitionRefusal, type TransitionRefusal } from "~/modules/projects";

import type { LineCode } from "./line.rules";

/** The refusals of the funding review beside those of the lifecycle. */
export type FundingCode = LineCode | "notUnderFundingReview" | "alreadyConcluded" | "linesNotReviewed";

/** What is wrong with a step of the funding review and what to do. */
export function sayFundingRefusal(refusal: Refusal<FundingCode | TransitionRefusal>): string {
  const { code, facts } = refusal;
  switch (code) {
    case "reviewedAboveDeclared":
      return `“${facts?.name ?? ""}”的核定金额不能超过申报金额，请改正。`;
    case "reviewedNegative":
      return `“${facts?.name ?? ""}”的核定金额不能小于 0，请改正。`;
    case "cutReasonMissing":
      return `“${facts?.name ?? ""}”有核减，请写明核减理由。`;
    case "notUnderFundingReview":
      return "项目不在资金评估审查阶段，不能核定。请刷新页面查看最新阶段。";
    case "alreadyConcluded":
      return "资金评估已经完成，正待批复，不能再改动。";
    case "linesNotReviewed":
      return `还有 ${facts?.count ?? ""} 行没有保存核定金额，请逐行核定后再出具结论。`;
    default:
      return sayTransitionRefusal({ ...refusal, code });
  }
}
