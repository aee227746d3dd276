import type { Refusal } from "~/kernel/result";

import type { MoveTodayRefusalCode } from "./demonstration.rules";

export function sayMoveTodayRefusal({ code, facts }: Refusal<MoveTodayRefusalCode>): string {
  switch (code) {
    case "notADemonstration":
      return "正式环境的日期以系统时钟为准，不能调整。";
    case "backwards":
      return `演示日期只能向后推进，请选择 ${facts?.today ?? ""} 之后的日期。`;
    case "tooFar":
      return "一次最多推进一年，请选择较近的日期。";
  }
}
