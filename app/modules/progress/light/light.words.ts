import type { LightReason } from "../progress.rules";

import type { RuleInForce } from "./light-rule";

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
      return `${facts.count} 个里程碑逾期，最长 ${facts.longestDays} 天（未超过 ${facts.limitDays} 天）`;
    case "reportsMissing":
      return `缺报月报 ${facts.count} 份（达到 ${facts.limitCount} 份）`;
    case "acceptanceOverdue":
      return `申请终验已超过期限 ${facts.days} 天（期限 ${facts.dueOn}）`;
    case "madeUpAfterRed":
      return "红灯问题已补救，须保持一个月后才转为正常";
  }
}

/** The rule that set a light, as it was in force on the day of the judgement: "红灯：进度落后 20 百分点（2026-01-01 起施行）". */
export const sayLightRule = ({ name, value, unit, inForceFrom }: RuleInForce): string =>
  `${name} ${value} ${unit}（${inForceFrom} 起施行）`;

/** Where the figure of a rule is read, with all that was and will be in force. */
export const lightRuleHref = ({ code }: RuleInForce): string => `/admin/figures/${encodeURIComponent(code)}`;
