import type { SimilarReason } from "./similar.rules";

/** Why an entry is shown, in the words of the screen. */
export function saySimilarReason(reason: SimilarReason): string {
  switch (reason.code) {
    case "name":
      return `名称主体相似 ${reason.percent}%`;
    case "content":
      return `建设内容相似 ${reason.percent}%`;
    case "sharedResources":
      return `涉及相同数据资源：${reason.names.join("、")}`;
    case "sameClass":
      return "同一项目类别";
    case "sameUnit":
      return "同一单位";
  }
}
