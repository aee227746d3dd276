import type { LightReason } from "../progress.rules";

/** The sentence of a reason why a light is not green. */
export function sayLightReason({
  code,
  facts,
}: {
  readonly code: string;
  readonly facts: LightReason["facts"];
}): string {
  const known = code as LightReason["code"];
  switch (known) {
    case "lagRed":
    case "lagYellow":
      return `实际进度落后计划 ${facts.lagPoints} 个百分点（达到 ${facts.limitPoints} 个百分点）`;
    case "milestoneLongOverdue":
      return `${facts.count} 个里程碑逾期超过 ${facts.limitDays} 天，最长 ${facts.longestDays} 天`;
    case "milestoneOverdue":
      return `${facts.count} 个里程碑逾期，最长 ${facts.longestDays} 天`;
    case "reportsMissing":
      return `缺报月报 ${facts.count} 份（达到 ${facts.limitCount} 份）`;
    case "acceptanceOverdue":
      return `申请终验已超过期限 ${facts.days} 天（期限 ${facts.dueOn}）`;
    case "madeUpAfterRed":
      return "红灯问题已补救，须保持一个月后才转为正常";
  }
}
