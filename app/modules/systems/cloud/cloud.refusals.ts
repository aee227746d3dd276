import type { Refusal } from "~/kernel/result";

import type { CloudStepRefusalCode } from "./cloud.rules";

/** The sentence of a refused cloud step: what is wrong and what to do. */
export function sayCloudStepRefusal({ code, facts }: Refusal<CloudStepRefusalCode>): string {
  switch (code) {
    case "stepAlreadyDone":
      return `“${facts?.step ?? ""}”已登记完成，无需重复登记。`;
    case "previousStepMissing":
      return `请先登记“${facts?.previous ?? ""}”，七个步骤须按顺序完成。`;
    case "dateInFuture":
      return "完成日期不能晚于今天，请填写实际完成的日期。";
    case "dateBeforePreviousStep":
      return `完成日期不能早于“${facts?.previous ?? ""}”的完成日期 ${facts?.completedOn ?? ""}。`;
    case "outOfScope":
      return "该系统不在上云范围内，不登记上云步骤。";
  }
}
