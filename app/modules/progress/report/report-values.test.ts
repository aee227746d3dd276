import { describe, expect, it } from "vitest";

import { conflictRows, fingerprints, type FormValues } from "~/kernel/form-conflict";
import { localDate } from "~/kernel/local-date";

import { claimableOf, reportSense, reportValues, trimZeros } from "./report-values";

const sense = reportSense({ m1: "需求确认" });
const typed = { actualPercent: "45.5", doneThisMonth: "完成联调", nextMonth: "", problems: "", mattersToSettle: "" };
const claim = { completedOn: localDate("2026-06-28"), evidence: "评审会议纪要" };
const BASE: FormValues = reportValues(typed, [{ id: "m1", claim: null }]);
const side = (mine: FormValues, theirs: FormValues) =>
  conflictRows(
    { mine: { ...BASE, ...mine }, theirs: { ...BASE, ...theirs }, opened: fingerprints(BASE, sense) },
    sense,
  ).map(({ label, changedBy }) => [label, changedBy]);

describe("trimZeros", () => {
  it.each([
    ["45.5000", "45.5"],
    ["45.0000", "45"],
    ["100", "100"],
    ["0.0500", "0.05"],
    ["", ""],
  ])("%s is typed as %s", (stored, shown) => expect(trimZeros(stored)).toBe(shown));
});

describe("two people at one report", () => {
  it.each<[string, FormValues, FormValues, unknown[]]>([
    ["nobody changed anything", {}, {}, []],
    ["the same percentage written otherwise", { actualPercent: "45.50" }, {}, []],
    ["only I changed a text", { problems: "接口未定" }, {}, [["存在问题", "mine"]]],
    ["only the other changed a text", {}, { nextMonth: "上线" }, [["下月计划", "theirs"]]],
    ["both changed the figure", { actualPercent: "46" }, { actualPercent: "47" }, [["实际进度", "both"]]],
    [
      "the other claimed a milestone",
      {},
      { claims: reportValues(typed, [{ id: "m1", claim }]).claims },
      [["里程碑完成情况", "theirs"]],
    ],
  ])("%s", (_name, mine, theirs, expected) => expect(side(mine, theirs)).toEqual(expected));

  it("reads a claim by the milestone's name", () => {
    const { claims } = reportValues(typed, [{ id: "m1", claim }]);
    expect(sense.linesOf("claims", claims)).toEqual(["需求确认 · 2026-06-28 · 评审会议纪要"]);
  });
});

describe("claimableOf", () => {
  it.each([
    ["open", { completedOn: null, claim: null }, true],
    ["claimed by this report, not signed", { completedOn: null, claim }, true],
    ["proven by this report", { completedOn: "2026-06-28", claim }, true],
    ["proven by another month", { completedOn: "2026-06-28", claim: null }, false],
  ])("%s", (_name, milestone, expected) => expect(claimableOf([milestone])).toHaveLength(expected ? 1 : 0));
});
