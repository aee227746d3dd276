import type { Refusal } from "~/kernel/result";
import type { FigureValueRefusal } from "~/platform/figure-kinds";

import type { NewVersionRefusal, WithdrawVersionRefusal } from "./figure-version.rules";

/** Why a figure did not change, and what to do. */
export function sayFigureRefusal({
  code,
  facts,
}: Refusal<NewVersionRefusal | WithdrawVersionRefusal | FigureValueRefusal>): string {
  switch (code) {
    case "notInFuture":
      return `生效日期须晚于今天（${facts?.today ?? ""}），已经作出的决定保留原来的数值。请选择以后的日期。`;
    case "dayTaken":
      return `${facts?.from ?? ""} 已有一个新值登记生效。请换一个日期，或先撤回原来登记的新值。`;
    case "alreadyInForce":
      return `该数值已于 ${facts?.from ?? ""} 生效，不能撤回。需要调整时，请登记一个以后生效的新值。`;
    case "alreadyWithdrawn":
      return "该新值已经撤回，请刷新页面查看最新内容。";
    case "figureUnknown":
      return "系统没有规则使用这项参数，不能登记新值。";
    case "notANumber":
      return "数值应为不带单位的数字，例如 15 或 12.5。";
    case "tooManyDecimals":
      return Number(facts?.decimals) === 0
        ? "这项参数只能是整数，请去掉小数。"
        : `这项参数最多 ${facts?.decimals ?? ""} 位小数，请重新填写。`;
    case "outOfBounds":
      return `数值应在 ${facts?.min ?? ""} 至 ${facts?.max ?? ""} 之间，请重新填写。`;
  }
}
