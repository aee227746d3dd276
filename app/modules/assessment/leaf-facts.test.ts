import { describe, expect, it } from "vitest";

import { leafOf, ratioOf, schemeOf } from "./assessment.fixture";
import { leafFacts } from "./leaf-facts";

const scheme = schemeOf(
  [
    { code: "sharing", name: "数据共享", weight: "60", children: [leafOf("cloud", "60", ratioOf("cloudRate"))] },
    leafOf("validMlps", "40", ratioOf("validMlps")),
  ],
  {
    bonuses: [{ code: "early", name: "加分", rule: { kind: "bonus", measure: "demandsMetEarly", pointsEach: "0.5" } }],
    vetoes: [{ code: "incident", name: "否决", measure: "majorSecurityIncident", gradeCap: "中" }],
  },
);
const measures = new Map([
  ["validMlps", { name: "等保测评有效率" }],
  ["city.projects", { name: "纳入管理的项目数" }],
]);

describe("leafFacts", () => {
  it.each([
    ["a leaf under its branch", "cloud", { path: ["数据共享"], weight: "60", measures: ["cloudRate"] }],
    ["a leaf named like its measure", "validMlps", { path: [], weight: "40", measures: ["validMlps"] }],
    ["a bonus", "early", { name: "加分", weight: undefined, measures: ["demandsMetEarly"] }],
    ["a veto", "incident", { name: "否决", weight: undefined, measures: ["majorSecurityIncident"] }],
    ["a measure that nothing is scored by", "city.projects", { name: "纳入管理的项目数", rule: undefined }],
  ])("%s", (_name, code, expected) => {
    expect(leafFacts(scheme, code, measures)).toMatchObject(expected);
  });

  it.each([
    ["a branch", "sharing"],
    ["anything else", "nothing"],
  ])("%s has none", (_name, code) => {
    expect(leafFacts(scheme, code, measures)).toBeUndefined();
  });
});
