import type { Refusal } from "~/kernel/result";

export type BatchRefusal = "nameTaken" | "nothingChosen" | "notPlaceable" | "notInBatch";

/** Why a batch or its systems were not changed, and what to do. */
export function sayBatchRefusal({ code, facts }: Refusal<BatchRefusal>): string {
  switch (code) {
    case "nameTaken":
      return `已有名为“${facts?.name ?? ""}”的批次，请换一个名称。`;
    case "nothingChosen":
      return "请至少选择一个系统。";
    case "notPlaceable":
      return `“${facts?.name ?? ""}”已下线或不在上云范围，不能列入批次，请取消勾选后再提交。`;
    case "notInBatch":
      return `“${facts?.name ?? ""}”已经不在本批次，请刷新页面后再办理。`;
  }
}
