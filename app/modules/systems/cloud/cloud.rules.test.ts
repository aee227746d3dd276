import { describe, expect, it } from "vitest";

import { keysOf, PROJECT_CLASSES } from "~/kernel/vocabulary";

import { buildsSystem, countsInRate, outOfCloudScope } from "./cloud.rules";

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
