import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

import { BANDS, factOf, JUNE, leafOf, ratioOf, schemeOf, UNIT } from "./assessment.fixture";
import { explainAdjustment, explainCap, explainLeaf, explainVeto } from "./explain";
import type { Scheme, WeightedRule } from "./scheme.types";
import { scoreUnit } from "./score.rules";
import type { MeasureFact } from "./score.types";

const scoreWith = (scheme: Scheme, facts: MeasureFact[], at = JUNE) => scoreUnit(scheme, facts, UNIT, at, BANDS);

function sentence(rule: WeightedRule, facts: MeasureFact[], at = JUNE): string {
  const scheme = schemeOf([leafOf("only", "10", rule), leafOf("rest", "90", ratioOf("rest"))]);
  const [leaf] = scoreWith(scheme, [...facts, factOf("rest", "0")], at).leaves;
  return leaf ? explainLeaf(leaf) : "";
}

const reports: WeightedRule = {
  kind: "perOccurrence",
  occurrences: [
    { measure: "reportsLate", pointsEach: "-0.5" },
    { measure: "reportsMissing", pointsEach: "-1" },
  ],
  countOnce: true,
};
const both = (late: string, missing: string) => [
  factOf("reportsLate", late, "12"),
  factOf("reportsMissing", missing, "12"),
];
const due = { from: localDate("2026-12-31"), percent: "100" };

describe("a leaf", () => {
  it.each<[string, WeightedRule, MeasureFact[], string]>([
    ["late and missing", reports, both("1", "1"), "本期应报月报12份，迟报1份扣0.50分，缺报1份扣1.00分，得8.50分。"],
    ["only missing", reports, both("0", "2"), "本期应报月报12份，缺报2份扣2.00分，得8.00分。"],
    ["nothing happened", reports, both("0", "0"), "本期应报月报12份，无迟报、缺报，得10.00分。"],
    [
      "the same report counted once",
      reports,
      [
        factOf("reportsLate", "1", "12", { events: [{ key: "a" }] }),
        factOf("reportsMissing", "1", "12", { events: [{ key: "a" }] }),
      ],
      "本期应报月报12份，缺报1份扣1.00分（同一事项按最高计一次，另有1次不重复计），得9.00分。",
    ],
    [
      "target met",
      ratioOf("cataloguingRate", "95"),
      [factOf("cataloguingRate", "96")],
      "本期应编目数据资源100项，已编目96项，编目率96.00%，目标95%，达到目标，得10.00分。",
    ],
    [
      "target missed",
      ratioOf("demandMetRate"),
      [factOf("demandMetRate", "5", "6")],
      "本期有效数据需求6件，已满足5件，需求满足率83.33%，目标100%，按完成比例计分，得8.33分。",
    ],
    [
      "money against time",
      { kind: "ratio", measure: "executionAgainstTime", target: "timeProgress" },
      [factOf("executionAgainstTime", "40000000", "100000000")],
      "本期全年预算100.00万元，已执行40.00万元，预算执行率40.00%，时间进度50.00%，按完成比例计分，得8.00分。",
    ],
    [
      "step",
      { kind: "steps", measure: "cloudRate", steps: [{ atLeastPercent: "60", sharePercent: "50" }] },
      [factOf("cloudRate", "3", "4")],
      "本期应上云自建系统4个，已上云3个，上云率75.00%，达到60%档，按满分的50%计分，得5.00分。",
    ],
    ["present", { kind: "presence", measure: "validMlps" }, [factOf("validMlps", "1")], "only本期已落实，得10.00分。"],
    [
      "manual",
      { kind: "manual", measure: "catalogQuality", max: "3" },
      [factOf("catalogQuality", "2.40", "3")],
      "考核人员依据佐证材料评2.40分（满分3分），得8.00分。",
    ],
    ["manual, pending", { kind: "manual", measure: "catalogQuality", max: "3" }, [], "尚未评分，暂按0分计，得0.00分。"],
    [
      "nothing to measure",
      ratioOf("cloudRate"),
      [factOf("cloudRate", "0", "0")],
      "本期无应上云自建系统，本项10分由同级指标分摊。",
    ],
    [
      "not concerned",
      ratioOf("cloudRate"),
      [factOf("cloudRate", "0", "0", { applicable: false })],
      "本期无应上云自建系统，本项10分由同级指标分摊。",
    ],
    [
      "not scored by a person",
      { kind: "manual", measure: "catalogQuality", max: "3" },
      [factOf("catalogQuality", "0", "0", { applicable: false })],
      "本期未评分，本项10分由同级指标分摊。",
    ],
    [
      "no target yet",
      { kind: "ratio", measure: "cloudRate", target: [due] },
      [factOf("cloudRate", "1")],
      "本期尚无目标值，本项10分由同级指标分摊。",
    ],
    [
      "a measure without words",
      ratioOf("custom"),
      [factOf("custom", "1", "4")],
      "本期分母4，分子1，only25.00%，目标100%，按完成比例计分，得2.50分。",
    ],
  ])("%s", (_, rule, facts, expected) => {
    expect(sentence(rule, facts)).toBe(expected);
  });

  it("says when its weight grew", () => {
    const scheme = schemeOf([leafOf("a", "50", ratioOf("cloudRate")), leafOf("b", "50", ratioOf("validMlps"))]);
    const [leaf] = scoreWith(scheme, [factOf("cloudRate", "1", "2"), factOf("validMlps", "0", "0")]).leaves;
    expect(leaf && explainLeaf(leaf)).toBe(
      "本期应上云自建系统2个，已上云1个，上云率50.00%，目标100%，按完成比例计分，同级不适用指标分摊后本项满分100.00分，得50.00分。",
    );
  });

  it("shows the time progress of a month that is no round share", () => {
    const rule: WeightedRule = { kind: "ratio", measure: "executionAgainstTime", target: "timeProgress" };
    expect(sentence(rule, [factOf("executionAgainstTime", "7", "100")], period("2026-07"))).toContain("时间进度58.33%");
  });
});

describe("adjustments and vetoes", () => {
  const scheme = schemeOf([leafOf("a", "100", ratioOf("m"))], {
    bonuses: [{ code: "b", name: "加分", rule: { kind: "bonus", measure: "demandsMetEarly", pointsEach: "0.5" } }],
    deductions: [{ code: "d", name: "扣分", rule: { kind: "deduction", measure: "publicCriticism", pointsEach: "1" } }],
    vetoes: [{ code: "v", name: "否决", measure: "majorSecurityIncident", gradeCap: "中" }],
  });
  const sheet = (early: string, criticised: string) =>
    scoreWith(scheme, [
      factOf("m", "95"),
      factOf("demandsMetEarly", early),
      factOf("publicCriticism", criticised),
      factOf("majorSecurityIncident", "1"),
    ]);

  it("bonus", () => {
    expect(sheet("2", "0").bonus.items.map(explainAdjustment)).toEqual(["本期提前满足数据需求2件，加1.00分。"]);
  });
  it("deduction that did not happen", () => {
    expect(sheet("2", "0").deductions.items.map(explainAdjustment)).toEqual(["本期无被通报批评，不扣分。"]);
  });
  it.each([
    ["at the cap nothing is said", "10", ""],
    ["above the cap", "11", "加分合计以5分为限。"],
  ])("%s", (_, early, expected) => {
    expect(explainCap(sheet(early, "0").bonus, "bonus")).toBe(expected);
  });
  it("deductions above their cap", () => {
    expect(explainCap(sheet("0", "11").deductions, "deduction")).toBe("扣分合计以10分为限。");
  });
  it("veto", () => {
    expect(sheet("0", "0").vetoes.map(explainVeto)).toEqual([
      "本期发生重大网络安全事件1起，按一票否决规定，考核等次最高为“中”。",
    ]);
  });
});
