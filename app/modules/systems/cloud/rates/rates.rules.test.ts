import { describe, expect, it } from "vitest";

import { missingToTarget, reachesTarget, totalShare } from "./rates.rules";

describe("missingToTarget and reachesTarget", () => {
  it.each<[string, number, number, string, number]>([
    ["nothing counts", 0, 0, "100", 0],
    ["nothing migrated, all wanted", 0, 7, "100", 7],
    ["one short of all", 6, 7, "100", 1],
    ["all", 7, 7, "100", 0],
    ["half wanted of an odd number: the half system is a whole one", 3, 7, "50", 1],
    ["just above half of an odd number", 4, 7, "50", 0],
    ["exactly half of an even number", 4, 8, "50", 0],
    ["a target with a decimal, one short", 38, 40, "97.5", 1],
    ["a target with a decimal, met exactly", 39, 40, "97.5", 0],
    ["no target", 0, 7, "0", 0],
  ])("%s", (_name, numerator, denominator, target, missing) => {
    expect(missingToTarget({ numerator, denominator }, target)).toBe(missing);
    expect(reachesTarget({ numerator, denominator }, target)).toBe(missing === 0);
  });
});

describe("totalShare", () => {
  it("adds what is counted, never averages rates", () => {
    const shares = [
      { numerator: 1, denominator: 1 },
      { numerator: 0, denominator: 9 },
    ];
    expect(totalShare(shares)).toEqual({ numerator: 1, denominator: 10 });
    expect(totalShare([])).toEqual({ numerator: 0, denominator: 0 });
  });
});
