import { describe, expect, it } from "vitest";

import { CRITERIA_OF, CRITERION_KEYS, marksOf, type Marks } from "./criteria";
import { opinionGaps, seatState } from "./opinion.rules";

const at = new Date("2026-07-20T01:00:00Z");
const full: Marks = marksOf(Object.fromEntries(CRITERION_KEYS.map((key) => [key, { mark: "4", remark: "理由充分" }])));

describe("the state of a seat", () => {
  it.each([
    ["nothing declared", { avoids: null, givenAt: null, releasedAt: null }, "invited"],
    ["no conflict declared", { avoids: false, givenAt: null, releasedAt: null }, "opining"],
    ["a conflict declared", { avoids: true, givenAt: null, releasedAt: null }, "avoided"],
    ["given", { avoids: false, givenAt: at, releasedAt: null }, "given"],
    ["released before declaring", { avoids: null, givenAt: null, releasedAt: at }, "released"],
    ["released while writing", { avoids: false, givenAt: null, releasedAt: at }, "released"],
  ] as const)("%s", (_name, facts, expected) => {
    expect(seatState(facts)).toBe(expected);
  });
});

describe("what an opinion still lacks", () => {
  const complete = { marks: full, verdict: "agree" as const, opinion: "建议立项" };
  const changed = (entry: Partial<Marks["money"]>): Marks => ({ ...full, money: { ...full.money, ...entry } });
  it.each([
    ["nothing", complete, []],
    ["a mark", { ...complete, marks: changed({ mark: null }) }, ["markMissing moneyMark"]],
    ["a remark", { ...complete, marks: changed({ remark: "  " }) }, ["remarkMissing moneyRemark"]],
    ["a verdict", { ...complete, verdict: null }, ["verdictMissing verdict"]],
    ["the text", { ...complete, opinion: " \n" }, ["opinionMissing opinion"]],
  ])("%s", (_name, draft, gaps) => {
    expect(opinionGaps(draft, CRITERIA_OF.approval).map(({ code, field }) => `${code} ${field}`)).toEqual(gaps);
  });
  it("an empty form lacks five marks, five remarks, verdict and text", () => {
    expect(opinionGaps({ marks: marksOf(null), verdict: null, opinion: "" }, CRITERIA_OF.approval)).toHaveLength(12);
  });
});
