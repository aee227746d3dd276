import { UNIT_GROUPS, keysOf } from "~/kernel/vocabulary";

import { termsOf } from "./measure-terms";
import type { AdjustmentRule, Target, Veto, WeightedRule } from "./scheme.types";

/** A rule as an official reads it. The figures are the scheme's own. */
export function sayRule(rule: WeightedRule): string {
  return `${body(rule)}${multipliers(rule)}。`;
}

function body(rule: WeightedRule): string {
  switch (rule.kind) {
    case "ratio":
      return `得分＝实际值÷目标值×权重，达到目标得满分；目标：${sayTarget(rule.target)}`;
    case "steps":
      return rule.steps.map((step) => `达到${step.atLeastPercent}%得满分的${step.sharePercent}%`).join("，");
    case "presence":
      return "已落实得满分，未落实不得分";
    case "perOccurrence":
      return `从满分起计，${rule.occurrences.map(({ measure, pointsEach }) => each(measure, pointsEach)).join("，")}，最低0分，最高为权重${once(rule)}`;
    case "manual":
      return `由考核人员依据佐证材料在0至${rule.max}分内评分，另一人确认后生效，按比例折算`;
  }
}

/** A bonus or deduction with the cap of all of its kind. */
export function sayAdjustmentRule(rule: AdjustmentRule, cap: string): string {
  const [word, sign] = rule.kind === "bonus" ? ["加分", ""] : ["扣分", "-"];
  return `${each(rule.measure, `${sign}${rule.pointsEach}`)}，${word}合计以${cap}分为限${once(rule)}${multipliers(rule)}。`;
}

export function sayVetoRule(veto: Veto): string {
  return `一票否决：本期${termsOf(veto.measure)?.part ?? veto.name}的，考核等次最高为“${veto.gradeCap}”。`;
}

function sayTarget(target: Target): string {
  if (target === "timeProgress") return "时间进度（已过月数÷12）";
  return target.map(({ from, percent }) => `${from}起${percent}%`).join("，");
}

function each(measure: string, points: string): string {
  const terms = termsOf(measure);
  const word = points.startsWith("-") ? "扣" : "加";
  return `${terms?.part ?? measure}每${terms?.counter ?? "次"}${word}${points.replace("-", "")}分`;
}

const once = ({ countOnce }: { readonly countOnce?: boolean | undefined }): string =>
  countOnce ? "；同一事项按最高计一次" : "";

function multipliers({ groupMultipliers }: WeightedRule | AdjustmentRule): string {
  const words = keysOf(UNIT_GROUPS).flatMap((group) => {
    const factor = groupMultipliers?.[group];
    return factor === undefined ? [] : [`${UNIT_GROUPS[group]}按${factor}倍计`];
  });
  return words.length === 0 ? "" : `；${words.join("，")}`;
}
