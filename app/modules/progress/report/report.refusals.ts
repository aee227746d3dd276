import type { Refusal } from "~/kernel/result";

import type { ReportRefusal } from "./report.rules";

/** The sentence of each refusal of a report: what is wrong and what to do. */
export function sayReportRefusal({ code, facts }: Refusal<ReportRefusal>): string {
  switch (code) {
    case "notInThisState":
      return facts?.state === "awaitingSignature"
        ? "月报已提交签批，不能修改；如需修改，请分管领导退回后再填。"
        : "月报当前状态不能办理这一步，请刷新页面查看最新状态。";
    case "reportComplete":
      return "月报尚未填写完整，请补齐后再提交。";
    case "otherPersonThanFiller":
      return "填报人不能签批自己填写的月报，请由其他分管领导签批。";
    case "reasonGiven":
      return "请写明退回原因，便于填报人修改。";
    case "doneMissing":
      return "请填写本月完成情况。";
    case "nextMissing":
      return "请填写下月计划；全部完成（实际进度 100%）后可不填。";
    case "claimInFuture":
      return `里程碑完成日期 ${facts?.completedOn ?? ""} 晚于今天，请填写实际完成的日期。`;
    case "claimUnknown":
      return "有里程碑已由其他月份的月报登记完成，请刷新页面后重新填写。";
  }
}
