import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { CloudStep } from "~/kernel/vocabulary";

import { judgeSteps, SystemsByName, unreadable, type ReadStepRow } from "./steps-sheet.rules";

const systems = new SystemsByName([
  { id: "1", code: "XT-0001", name: "智慧管网系统" },
  { id: "2", code: "XT-0002", name: "协同办公系统" },
  { id: "3", code: "XT-0003", name: "协同办公系统" },
]);

describe("the system that a row means", () => {
  it.each([
    ["by code", { code: "XT-0001", name: "" }, "1"],
    ["by code in small letters", { code: "xt-0001" }, "1"],
    ["by code with its name", { code: "XT-0002", name: "协同办公系统" }, "2"],
    ["by name", { code: "", name: "智慧管网系统" }, "1"],
    ["a name that two bear", { name: "协同办公系统" }, "systemAmbiguous"],
    ["a code beside another's name", { code: "XT-0001", name: "协同办公系统" }, "nameDiffers"],
    ["an unknown code", { code: "XT-0009", name: "智慧管网系统" }, "systemUnknown"],
    ["an unknown name", { name: "不存在的系统" }, "systemUnknown"],
    ["neither", { code: " ", name: "" }, "systemMissing"],
  ])("%s", (_name, values, expected) => {
    const found = systems.meant(values);
    expect("id" in found ? found.id : found.code).toBe(expected);
  });
});

describe("unreadable", () => {
  const row: ReadStepRow = { step: "资源申请", completedOn: localDate("2026-07-01"), evidence: "申请单号" };
  it.each<[string, Partial<ReadStepRow>, string[]]>([
    ["all there", {}, []],
    ["no step", { step: undefined }, ["stepUnknown"]],
    ["a step that needs a file", { step: "安全检测" }, ["stepNeedsFile"]],
    ["the last step", { step: "服务开通" }, ["stepNeedsFile"]],
    ["no date", { completedOn: undefined }, ["dateUnreadable"]],
    ["three characters of evidence", { evidence: "申请单" }, ["evidenceUnfit"]],
    ["200 characters", { evidence: "据".repeat(200) }, []],
    ["201 characters", { evidence: "据".repeat(201) }, ["evidenceUnfit"]],
    ["a failed formula", { evidence: "#REF!" }, ["evidenceUnfit"]],
    [
      "everything wrong",
      { step: undefined, completedOn: undefined, evidence: "" },
      ["stepUnknown", "dateUnreadable", "evidenceUnfit"],
    ],
  ])("%s", (_name, more, expected) => {
    expect(unreadable({ ...row, ...more }).map(({ code }) => code)).toEqual(expected);
  });
});

describe("judgeSteps", () => {
  const state = {
    steps: [{ step: "方案编制" as const, completedOn: localDate("2026-07-01"), rolledBackOn: null }],
    outOfScope: false,
    retired: false,
    today: localDate("2026-07-20"),
  };
  const row = (rowNumber: number, step: CloudStep, day: string) => ({
    rowNumber,
    step,
    completedOn: localDate(day),
    evidence: "依据文件",
  });
  const verdicts = (...rows: ReturnType<typeof row>[]) =>
    Object.fromEntries(
      [...judgeSteps(state, rows)].map(([at, verdict]) => [
        at,
        verdict.outcome === "problem" ? verdict.refusal.code : verdict.outcome,
      ]),
    );

  it("lets a row build on another, in whatever order the sheet has them", () => {
    expect(verdicts(row(2, "审核备案", "2026-07-05"), row(3, "资源申请", "2026-07-03"))).toEqual({
      2: "add",
      3: "add",
    });
  });
  it("does not let a row build on one with a problem", () => {
    expect(verdicts(row(2, "资源申请", "2026-07-21"), row(3, "审核备案", "2026-07-05"))).toEqual({
      2: "dateInFuture",
      3: "previousStepMissing",
    });
  });
  it("takes a recorded step with the same day for no news, with another day for a problem", () => {
    expect(verdicts(row(2, "方案编制", "2026-07-01"))).toEqual({ 2: "same" });
    expect(verdicts(row(2, "方案编制", "2026-07-02"))).toEqual({ 2: "stepAlreadyDone" });
  });
  it("takes a step twice in one sheet once", () => {
    expect(verdicts(row(2, "资源申请", "2026-07-03"), row(3, "资源申请", "2026-07-04"))).toEqual({
      2: "add",
      3: "stepAlreadyDone",
    });
  });
});
