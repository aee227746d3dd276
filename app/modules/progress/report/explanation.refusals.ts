import type { Refusal } from "~/kernel/result";
import { EXPLAINED, type Explained } from "~/kernel/vocabulary";

import type { ExplanationRefusal } from "./explanation.rules";

/** The sentence of each refusal of an explanation: what is wrong and what to do. */
export function sayExplanationRefusal({ code, facts }: Refusal<ExplanationRefusal>): string {
  switch (code) {
    case "nothingToExplain":
      return `本月月报没有${EXPLAINED[facts?.about as Explained] ?? "需要说明的"}情况，不需要说明；请刷新页面查看最新状态。`;
    case "explanationKnown":
      return "这条说明已经保存过；如有补充，请写补充的内容。";
  }
}
