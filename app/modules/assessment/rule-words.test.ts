import { describe, expect, it } from "vitest";

import { ratioOf } from "./assessment.fixture";
import { sayAdjustmentRule, sayRule, sayVetoRule } from "./rule-words";
import type { WeightedRule } from "./scheme.types";

describe("a rule in words", () => {
  it.each<[string, WeightedRule, string]>([
    ["a dated target", ratioOf("cloudRate", "95"), "得分＝实际值÷目标值×权重，达到目标得满分；目标：2025-01-01起95%。"],
    [
      "against time",
      { kind: "ratio", measure: "executionAgainstTime", target: "timeProgress" },
      "得分＝实际值÷目标值×权重，达到目标得满分；目标：时间进度（已过月数÷12）。",
    ],
    [
      "late and missing, once",
      {
        kind: "perOccurrence",
        occurrences: [
          { measure: "reportsLate", pointsEach: "-0.5" },
          { measure: "reportsMissing", pointsEach: "-1" },
        ],
        countOnce: true,
      },
      "从满分起计，迟报每份扣0.5分，缺报每份扣1分，最低0分，最高为权重；同一事项按最高计一次。",
    ],
    [
      "steps",
      { kind: "steps", measure: "cloudRate", steps: [{ atLeastPercent: "60", sharePercent: "50" }] },
      "达到60%得满分的50%。",
    ],
    [
      "a multiplier for towns",
      { kind: "presence", measure: "validMlps", groupMultipliers: { town: "1.2" } },
      "已落实得满分，未落实不得分；镇(街)按1.2倍计。",
    ],
    [
      "by a person",
      { kind: "manual", measure: "catalogQuality", max: "3" },
      "由考核人员依据佐证材料在0至3分内评分，另一人确认后生效，按比例折算。",
    ],
  ])("%s", (_name, rule, expected) => {
    expect(sayRule(rule)).toBe(expected);
  });

  it.each([
    ["bonus" as const, "demandsMetEarly", "提前满足数据需求每件加0.5分，加分合计以5分为限。"],
    ["deduction" as const, "publicCriticism", "被通报批评每次扣0.5分，扣分合计以5分为限。"],
  ])("%s", (kind, measure, expected) => {
    expect(sayAdjustmentRule({ kind, measure, pointsEach: "0.5" }, "5")).toBe(expected);
  });

  it("veto", () => {
    expect(sayVetoRule({ code: "v", name: "否决", measure: "majorSecurityIncident", gradeCap: "中" })).toBe(
      "一票否决：本期发生重大网络安全事件的，考核等次最高为“中”。",
    );
  });
});
