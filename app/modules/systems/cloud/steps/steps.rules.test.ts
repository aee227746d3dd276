import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { CLOUD_STEPS, type CloudStep, type TestResult } from "~/kernel/vocabulary";

import {
  closedToCloud,
  decideCloudStep,
  decideRollback,
  isMigrated,
  needsEvidenceFile,
  nextCloudStep,
  stepsStandingOn,
  type CloudState,
  type KeptStep,
} from "./steps.rules";

const today = localDate("2026-07-20");
const done = (day: string, ...steps: CloudStep[]): KeptStep[] =>
  steps.map((step) => ({ step, completedOn: localDate(day), rolledBackOn: null }));
const back = (day: string, rolledBackOn: string, ...steps: CloudStep[]): KeptStep[] =>
  done(day, ...steps).map((step) => ({ ...step, rolledBackOn: localDate(rolledBackOn) }));
const first = (count: number, day = "2026-07-01") => done(day, ...CLOUD_STEPS.slice(0, count));
const state = (steps: readonly KeptStep[], more: Partial<CloudState> = {}): CloudState => ({
  steps,
  outOfScope: false,
  retired: false,
  today,
  ...more,
});
const code = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? "ok" : result.refusals[0]?.code;

describe("decideCloudStep", () => {
  type Row = [string, CloudState, CloudStep, string, string, { hasFile?: boolean; testResult?: TestResult }?];
  const passed = { hasFile: true, testResult: "passed" } as const;
  it.each<Row>([
    ["the first step of an untouched system", state([]), "方案编制", "2026-07-01", "ok"],
    ["today itself", state([]), "方案编制", "2026-07-20", "ok"],
    ["tomorrow", state([]), "方案编制", "2026-07-21", "dateInFuture"],
    ["the second step first", state([]), "资源申请", "2026-07-01", "previousStepMissing"],
    ["the second after the first, same day", state(first(1)), "资源申请", "2026-07-01", "ok"],
    ["the second a day before the first", state(first(1)), "资源申请", "2026-06-30", "dateBeforePreviousStep"],
    ["the first again", state(first(1)), "方案编制", "2026-07-02", "stepAlreadyDone"],
    ["the fifth without a file", state(first(4)), "系统部署", "2026-07-02", "ok"],
    ["the test without a result", state(first(5)), "安全检测", "2026-07-02", "testResultMissing", { hasFile: true }],
    [
      "the test without a file",
      state(first(5)),
      "安全检测",
      "2026-07-02",
      "evidenceFileMissing",
      { testResult: "passed" },
    ],
    [
      "a failed test without a file",
      state(first(5)),
      "安全检测",
      "2026-07-02",
      "evidenceFileMissing",
      { testResult: "failed" },
    ],
    ["the test, passed, with its report", state(first(5)), "安全检测", "2026-07-02", "ok", passed],
    ["the last after six, with a file", state(first(6)), "服务开通", "2026-07-02", "ok", { hasFile: true }],
    ["the last after six, without one", state(first(6)), "服务开通", "2026-07-02", "evidenceFileMissing"],
    ["the last after five", state(first(5)), "服务开通", "2026-07-02", "previousStepMissing", passed],
    ["of a system out of scope", state([], { outOfScope: true }), "方案编制", "2026-07-01", "outOfScope"],
    ["of a retired system", state([], { retired: true }), "方案编制", "2026-07-01", "systemRetired"],
    [
      "on the day of its rollback",
      state([...first(1), ...back("2026-07-02", "2026-07-10", "资源申请")]),
      "资源申请",
      "2026-07-10",
      "ok",
    ],
    [
      "a day before its rollback",
      state([...first(1), ...back("2026-07-02", "2026-07-10", "资源申请")]),
      "资源申请",
      "2026-07-09",
      "dateBeforeRollback",
    ],
    [
      "rolled back twice: the later one counts",
      state([
        ...first(1),
        ...back("2026-07-11", "2026-07-15", "资源申请"),
        ...back("2026-07-02", "2026-07-10", "资源申请"),
      ]),
      "资源申请",
      "2026-07-14",
      "dateBeforeRollback",
    ],
    [
      "another step's rollback does not matter",
      state([...first(1), ...back("2026-07-02", "2026-07-10", "审核备案")]),
      "资源申请",
      "2026-07-05",
      "ok",
    ],
    [
      "after a step that was rolled back and not redone",
      state([...first(1), ...back("2026-07-02", "2026-07-10", "资源申请")]),
      "审核备案",
      "2026-07-15",
      "previousStepMissing",
    ],
  ])("%s", (_name, before, step, day, expected, { hasFile = false, testResult } = {}) => {
    expect(code(decideCloudStep(before, { step, completedOn: localDate(day), hasFile, testResult }))).toBe(expected);
  });
});

describe("needsEvidenceFile", () => {
  it.each(CLOUD_STEPS.map((step, index) => [step, index >= 5] as const))("%s: %s", (step, expected) => {
    expect(needsEvidenceFile(step)).toBe(expected);
  });
});

describe("isMigrated and nextCloudStep", () => {
  it.each<[string, readonly { step: CloudStep }[], boolean, CloudStep | undefined]>([
    ["nothing done", [], false, "方案编制"],
    ["deployed, not yet tested", first(5), false, "安全检测"],
    ["tested, service not opened", first(6), false, "服务开通"],
    ["service opened", first(7), true, undefined],
    ["service opened without the test", [...first(5), { step: "服务开通" }], false, "安全检测"],
  ])("%s", (_name, steps, migrated, next) => {
    expect(isMigrated(steps)).toBe(migrated);
    expect(nextCloudStep(steps)).toBe(next);
  });
});

describe("a system counts as migrated on a day", () => {
  const opened = [...first(5, "2026-06-01"), ...done("2026-06-10", "安全检测"), ...done("2026-06-20", "服务开通")];
  const rolledBack = [
    ...first(5, "2026-06-01"),
    ...back("2026-06-10", "2026-07-10", "安全检测"),
    ...back("2026-06-20", "2026-07-10", "服务开通"),
  ];
  const redone = [...rolledBack, ...done("2026-07-12", "安全检测"), ...done("2026-07-15", "服务开通")];
  it.each<[string, readonly KeptStep[], string, boolean]>([
    ["the day before the service opened", opened, "2026-06-19", false],
    ["the day it opened", opened, "2026-06-20", true],
    ["the last day before the rollback", rolledBack, "2026-07-09", true],
    ["the day of the rollback", rolledBack, "2026-07-10", false],
    ["after the rollback", rolledBack, "2026-07-20", false],
    ["redone: in the past it counted", redone, "2026-07-09", true],
    ["redone: in between it did not", redone, "2026-07-12", false],
    ["redone: tested again, not yet opened again", redone, "2026-07-14", false],
    ["redone: opened again", redone, "2026-07-15", true],
    [
      "only the service was rolled back",
      [...first(6, "2026-06-01"), ...back("2026-06-20", "2026-07-10", "服务开通")],
      "2026-07-10",
      false,
    ],
    [
      "completed and rolled back on one day: never",
      [...first(6, "2026-06-01"), ...back("2026-07-10", "2026-07-10", "服务开通")],
      "2026-07-10",
      false,
    ],
  ])("%s", (_name, steps, day, expected) => {
    expect(isMigrated(stepsStandingOn(steps, localDate(day)))).toBe(expected);
  });
});

describe("decideRollback", () => {
  it.each<[string, Pick<CloudState, "steps" | "retired">, CloudStep, string | readonly CloudStep[]]>([
    ["the last of seven: it alone", state(first(7)), "服务开通", ["服务开通"]],
    ["the test of seven: both", state(first(7)), "安全检测", ["安全检测", "服务开通"]],
    ["the first of three: all three", state(first(3)), "方案编制", ["方案编制", "资源申请", "审核备案"]],
    ["one that is not done", state(first(3)), "资源开通", "stepNotDone"],
    [
      "one that was rolled back",
      state([...first(1), ...back("2026-07-02", "2026-07-03", "资源申请")]),
      "资源申请",
      "stepNotDone",
    ],
    ["of a retired system", state(first(3), { retired: true }), "审核备案", "systemRetired"],
    ["of a system out of scope", state(first(3), { outOfScope: true }), "审核备案", ["审核备案"]],
  ])("%s", (_name, before, from, expected) => {
    const result = decideRollback(before, from);
    expect(result.ok ? result.value : result.refusals[0]?.code).toEqual(expected);
  });
});

describe("closedToCloud", () => {
  it.each([
    ["in scope and running", { outOfScope: false, retired: false }, undefined],
    ["out of scope", { outOfScope: true, retired: false }, "outOfScope"],
    ["retired and out of scope: retired stands", { outOfScope: true, retired: true }, "systemRetired"],
  ])("%s", (_name, given, expected) => expect(closedToCloud(given)).toBe(expected));
});
