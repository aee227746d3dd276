import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { CLOUD_STEPS, keysOf, PROJECT_CLASSES, type CloudStep } from "~/kernel/vocabulary";

import {
  buildsSystem,
  decideCloudStep,
  countsInRate,
  isMigrated,
  nextCloudStep,
  outOfCloudScope,
  type CompletedStep,
} from "./cloud.rules";

const today = localDate("2026-07-20");
const on = (day: string, ...steps: CloudStep[]): CompletedStep[] =>
  steps.map((step) => ({ step, completedOn: localDate(day) }));

describe("decideCloudStep", () => {
  it.each<[string, CompletedStep[], boolean, CloudStep, string, string]>([
    ["the first step of an untouched system", [], false, "方案编制", "2026-07-01", "ok"],
    ["today itself", [], false, "方案编制", "2026-07-20", "ok"],
    ["tomorrow", [], false, "方案编制", "2026-07-21", "dateInFuture"],
    ["the second step first", [], false, "资源申请", "2026-07-01", "previousStepMissing"],
    ["the second after the first, same day", on("2026-07-01", "方案编制"), false, "资源申请", "2026-07-01", "ok"],
    [
      "the second a day before the first",
      on("2026-07-01", "方案编制"),
      false,
      "资源申请",
      "2026-06-30",
      "dateBeforePreviousStep",
    ],
    ["the first again", on("2026-07-01", "方案编制"), false, "方案编制", "2026-07-02", "stepAlreadyDone"],
    ["the last after six", on("2026-07-01", ...CLOUD_STEPS.slice(0, 6)), false, "服务开通", "2026-07-02", "ok"],
    [
      "the last after five",
      on("2026-07-01", ...CLOUD_STEPS.slice(0, 5)),
      false,
      "服务开通",
      "2026-07-02",
      "previousStepMissing",
    ],
    ["any step of a system out of scope", [], true, "方案编制", "2026-07-01", "outOfScope"],
  ])("%s", (_name, done, outOfScope, step, day, expected) => {
    const result = decideCloudStep({ done, outOfScope, today }, step, localDate(day));
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(expected);
  });
});

describe("isMigrated and nextCloudStep", () => {
  it.each<[string, number, boolean, CloudStep | undefined]>([
    ["nothing done", 0, false, "方案编制"],
    ["deployed, not yet tested", 5, false, "安全检测"],
    ["tested, service not opened", 6, false, "服务开通"],
    ["service opened", 7, true, undefined],
  ])("%s", (_name, count, migrated, next) => {
    const done = CLOUD_STEPS.slice(0, count).map((step) => ({ step }));
    expect(isMigrated(done)).toBe(migrated);
    expect(nextCloudStep(done)).toBe(next);
  });

  it("does not count a service opened without the security test", () => {
    expect(isMigrated([{ step: "服务开通" }])).toBe(false);
  });
});

describe("outOfCloudScope", () => {
  const system = { ownership: "own", secret: false, mlpsLevel: 3, unitExempt: false, excludedFromLevel: 4 } as const;
  it.each([
    ["own-built, level 3", system, undefined],
    ["own-built, no level", { ...system, mlpsLevel: null }, undefined],
    ["level 4", { ...system, mlpsLevel: 4 }, "highLevel"],
    ["secret", { ...system, secret: true }, "secretSystem"],
    ["of an exempt unit", { ...system, unitExempt: true }, "exemptUnit"],
    ["national", { ...system, ownership: "national" as const }, "verticalSystem"],
    [
      "provincial and secret: the first reason stands",
      { ...system, ownership: "provincial" as const, secret: true },
      "verticalSystem",
    ],
  ])("%s", (_name, input, expected) => {
    expect(outOfCloudScope(input)).toBe(expected);
  });
});

describe("countsInRate", () => {
  it.each([
    ["in scope", { scope: "in", managed: false }, true],
    ["out of scope", { scope: "out", managed: false }, false],
    ["special, not yet managed", { scope: "special", managed: false }, true],
    ["special, managed and open", { scope: "special", managed: true }, false],
  ] as const)("%s", (_name, standing, expected) => {
    expect(countsInRate(standing)).toBe(expected);
  });
});

describe("buildsSystem", () => {
  it.each(keysOf(PROJECT_CLASSES).map((each) => [each, /^(infrastructure|software)/.test(each)] as const))(
    "%s: %s",
    (projectClass, expected) => {
      expect(buildsSystem(projectClass)).toBe(expected);
    },
  );
  it("a filing without a class is taken to build one", () => {
    expect(buildsSystem(null)).toBe(true);
  });
});
