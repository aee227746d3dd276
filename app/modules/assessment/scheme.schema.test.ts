import { describe, expect, it } from "vitest";

import starterScheme from "@seeds/reference/starter-scheme.json";

import { factOf, JUNE, BANDS } from "./assessment.fixture";
import { MEASURE_CODES } from "./measure-terms";
import { schemeSchema } from "./scheme.schema";
import { leavesOf, measuresOf } from "./scheme.types";
import { scoreUnit } from "./score.rules";

const schema = schemeSchema(MEASURE_CODES);
const messagesOf = (input: unknown): string[] => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
};
const leaf = (code: string, weight: string, more: object = {}) => ({
  code,
  name: code,
  weight,
  rule: { kind: "ratio", measure: "cloudRate", target: "timeProgress" },
  ...more,
});
const schemeFile = (more: object) => ({
  ...starterScheme,
  nodes: [leaf("a", "60"), leaf("b", "40")],
  bonuses: [],
  deductions: [],
  vetoes: [],
  ...more,
});
const withRule = (rule: object) => schemeFile({ nodes: [leaf("a", "60"), leaf("b", "40", { rule })] });

describe("the starter scheme", () => {
  const scheme = { id: "starter", ...schema.parse(starterScheme) };
  const leaves = leavesOf(scheme.nodes).map(({ leaf: each }) => each);

  it("is valid and uses every measure of the vocabulary", () => {
    const adjustments = [...scheme.bonuses, ...scheme.deductions];
    const used = [
      ...[...leaves, ...adjustments].flatMap((item) => measuresOf(item.rule)),
      ...scheme.vetoes.map((veto) => veto.measure),
    ];
    expect(new Set(used)).toEqual(MEASURE_CODES);
  });

  it("weighs what the plans ask for", () => {
    expect(scheme.nodes.map(({ name, weight }) => [name, weight])).toEqual([
      ["项目管理", "25"],
      ["数据共享", "30"],
      ["上云与统一组件", "15"],
      ["资金绩效", "15"],
      ["网络与密码安全", "10"],
      ["督办落实", "5"],
    ]);
  });

  it("gives a unit that met everything exactly 100", () => {
    const perfect = leaves
      .flatMap(({ rule }) => measuresOf(rule))
      .map((measure) => {
        if (measure.startsWith("reports")) return factOf(measure, "0", "12");
        return measure === "catalogQuality" ? factOf(measure, "3", "3") : factOf(measure, "100");
      });
    expect(scoreUnit(scheme, perfect, { unitId: "u1", group: "municipal" }, JUNE, BANDS)).toMatchObject({
      totalExact: "100",
      grade: "优",
    });
  });
});

describe("a scheme file", () => {
  it("that is right is accepted", () => {
    expect(messagesOf(schemeFile({}))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    [
      "weights below 100",
      schemeFile({ nodes: [leaf("a", "60"), leaf("b", "39.5")] }),
      "方案的下级权重合计99.5，应为100",
    ],
    [
      "children that do not add up to their parent",
      schemeFile({
        nodes: [leaf("a", "60"), { code: "b", name: "乙", weight: "40", children: [leaf("c", "30"), leaf("d", "11")] }],
      }),
      "“乙”的下级权重合计41，应为40",
    ],
    ["a code used twice", schemeFile({ nodes: [leaf("a", "60"), leaf("a", "40")] }), "编码“a”重复"],
    [
      "a leaf's code used again by a veto",
      schemeFile({ vetoes: [{ code: "a", name: "否决", measure: "majorSecurityIncident", gradeCap: "中" }] }),
      "编码“a”重复",
    ],
    ["an unknown measure", withRule({ kind: "presence", measure: "happiness" }), "度量“happiness”不存在"],
    ["a tie-break that is no leaf", schemeFile({ tieBreak: "z" }), "并列时的比较指标“z”不是方案中的末级指标"],
    ["a weight of 0", schemeFile({ nodes: [leaf("a", "100"), leaf("b", "0")] }), "应大于0"],
    ["a weight as number", schemeFile({ nodes: [{ ...leaf("a", "100"), weight: 100 }] }), "应为数字文本"],
    ["a kind that does not exist", withRule({ kind: "magic", measure: "cloudRate" }), "计分规则的种类不存在"],
    [
      "a leaf without rule",
      schemeFile({ nodes: [leaf("a", "60"), { code: "b", name: "乙", weight: "40" }] }),
      "指标“乙”应有下级指标或计分规则，且只能有其一",
    ],
    [
      "a branch with a rule",
      schemeFile({ nodes: [leaf("a", "60"), leaf("b", "40", { children: [leaf("c", "40")] })] }),
      "指标“b”应有下级指标或计分规则，且只能有其一",
    ],
    [
      "a veto that lowers nothing",
      schemeFile({ vetoes: [{ code: "v", name: "否决", measure: "majorSecurityIncident", gradeCap: "优" }] }),
      "一票否决后的等次应低于优",
    ],
    ["a group that does not exist", schemeFile({ groups: ["village"] }), "单位分组不存在"],
    ["a group named twice", schemeFile({ groups: ["town", "town"] }), "单位分组重复"],
    [
      "steps that do not fall",
      withRule({
        kind: "steps",
        measure: "cloudRate",
        steps: [
          { atLeastPercent: "60", sharePercent: "50" },
          { atLeastPercent: "90", sharePercent: "100" },
        ],
      }),
      "档次应从高到低排列，门槛和得分比例都递减",
    ],
    [
      "a co-responsible share above 1",
      withRule({ kind: "perOccurrence", occurrences: [{ measure: "reportsLate", pointsEach: "-1" }], coShare: "1.1" }),
      "协办份额应在0至1之间",
    ],
    [
      "an occurrence worth nothing",
      withRule({ kind: "perOccurrence", occurrences: [{ measure: "reportsLate", pointsEach: "-0.0" }] }),
      "每次分值不能为0",
    ],
    ["a date that is none", schemeFile({ inForceFrom: "2026-02-30" }), "应为真实日期，如 2026-01-01"],
  ])("with %s is refused", (_, input, message) => {
    expect(messagesOf(input)).toContain(message);
  });

  it.each([
    [
      "dated targets out of order",
      [
        { from: "2026-01-01", percent: "50" },
        { from: "2025-01-01", percent: "100" },
      ],
    ],
    [
      "two targets of one day",
      [
        { from: "2026-01-01", percent: "50" },
        { from: "2026-01-01", percent: "100" },
      ],
    ],
    ["a target above 100", [{ from: "2026-01-01", percent: "100.1" }]],
    ["a target of 0", [{ from: "2026-01-01", percent: "0" }]],
    ["no target", []],
    ["an unknown named target", "moonPhase"],
  ])("with %s is refused", (_, target) => {
    expect(messagesOf(withRule({ kind: "ratio", measure: "cloudRate", target }))).not.toEqual([]);
  });
});
