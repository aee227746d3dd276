import type { Refusal } from "~/kernel/result";

import type { DelegationRefusal } from "./delegation.rules";

/** Why a delegation was not granted or revoked, and what to do. */
export function sayDelegationRefusal({ code, facts }: Refusal<DelegationRefusal | "notStanding">): string {
  switch (code) {
    case "notOwnRole":
      return "只能委托您本人的岗位；代他人办理的岗位不能再转委托，请由其本人另行委托。";
    case "roleNotDelegable":
      return "这个岗位不能委托他人代办，请选择其他岗位或联系系统管理员调整人员。";
    case "toOneself":
      return "不能委托给自己，请选择本单位的其他同志。";
    case "delegateDisabled":
      return "该同志的账号已停用，请选择其他同志。";
    case "delegateSeparated":
      return "该同志是系统、安全、审计管理员或审计监督人员，按三员分立要求不能代办业务，请选择其他同志。";
    case "delegateHoldsRole":
      return "该同志本来就在这个岗位上，无需委托即可办理；如需分担，请直接告知。";
    case "startsInThePast":
      return "开始日期不能早于今天，请重新选择。";
    case "endsBeforeStart":
      return "结束日期不能早于开始日期，请重新选择。";
    case "tooLong":
      return `一次委托最长 ${facts?.maxDays ?? ""} 天（含首尾两日），请缩短期限，到期后可再次委托。`;
    case "overlapping":
      return `这个岗位在 ${facts?.fromOn ?? ""} 至 ${facts?.untilOn ?? ""} 已有委托，请先撤销原委托或错开日期。`;
    case "notStanding":
      return "这项委托已经到期或撤销，无需再次撤销。请刷新页面查看最新情况。";
  }
}
