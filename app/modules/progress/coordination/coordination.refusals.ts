import type { StepRefusal } from "~/kernel/lifecycle";
import type { Refusal } from "~/kernel/result";

import type { COORDINATION_LIFECYCLE } from "./coordination.lifecycle";

/** Why a step on a matter is refused. */
export type CoordinationRefusal = StepRefusal<(typeof COORDINATION_LIFECYCLE)[number]>;
/** Why a matter does not become a supervised item. */
export type ItemiseRefusal = CoordinationRefusal | "unitUnknown" | "dueInPast";

/** The sentence of each refusal of a matter: what is wrong and what to do. */
export function sayCoordinationRefusal({ code }: Refusal<ItemiseRefusal>): string {
  switch (code) {
    case "notInThisState":
      return "需协调事项的状态已变化，不能办理这一步，请刷新页面查看最新状态。";
    case "adviceGiven":
      return "请填写意见，供领导小组答复时参考。";
    case "answerGiven":
      return "请填写答复。";
    case "reasonGiven":
      return "请写明解决情况。";
    case "unitUnknown":
      return "请在本地区的单位中选择承办单位；填写名称的，请写全称或能唯一识别的名称。";
    case "dueInPast":
      return "办理期限不能早于今天，请重新选择日期。";
  }
}
