import type { Refusal } from "~/kernel/result";
import { PERIOD_STATES, type PeriodState } from "~/kernel/vocabulary";

import { PERIOD_EVENTS, type PeriodEvent, type PeriodRefusal } from "./period.lifecycle";

/** The sentence of a refused step of a period: what is wrong and what to do. */
export function sayPeriodRefusal({ code, facts }: Refusal<PeriodRefusal | "noScheme">): string {
  switch (code) {
    case "notInThisState":
      return `本期${PERIOD_STATES[facts?.state as PeriodState]}，不能再${PERIOD_EVENTS[facts?.event as PeriodEvent]}。请刷新页面查看当前状态。`;
    case "periodEnded":
      return `本期尚未结束，请在${facts?.lastDay ?? "月末"}之后冻结。`;
    case "reportingDayPassed":
      return `本期月报报送日为${facts?.dueOn ?? ""}，请在次日起冻结，以便认定迟报、缺报。`;
    case "otherPersonThanFroze":
      return "冻结和定档须由不同人员办理，请由另一名审核人员定档。";
    case "noScheme":
      return "本期没有已发布且生效的考核方案，请先发布考核方案。";
  }
}
