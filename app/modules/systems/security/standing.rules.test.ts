import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { TestResult } from "~/kernel/vocabulary";

import { isValidState, latestTest, requiredTests, testStanding, worstOf, type StandingState } from "./standing.rules";

const day = localDate;
const TODAY = day("2026-07-20");
const FIGURES = { remindDays: 60, remindAgainDays: 30 };
const test = (testedOn: string, validUntil: string, passed: TestResult = "passed") => ({
  testedOn: day(testedOn),
  validUntil: day(validUntil),
  passed,
});
type Test = ReturnType<typeof test>;

describe("testStanding", () => {
  it.each<[string, Test[], StandingState, string | null, number | null]>([
    ["no test", [], "missing", null, null],
    ["valid long after", [test("2026-01-10", "2027-01-10")], "valid", null, 174],
    ["61 days left", [test("2025-09-19", "2026-09-19")], "valid", null, 61],
    ["due in exactly the first reminder's days", [test("2025-09-18", "2026-09-18")], "dueSoon", "first", 60],
    ["31 days left", [test("2025-08-20", "2026-08-20")], "dueSoon", "first", 31],
    ["due in exactly the second reminder's days", [test("2025-08-19", "2026-08-19")], "dueSoon", "again", 30],
    ["valid on its last day", [test("2025-07-20", "2026-07-20")], "dueSoon", "again", 0],
    ["expired the day after", [test("2025-07-19", "2026-07-19")], "expired", "overdue", -1],
    ["failed", [test("2026-06-01", "2026-06-01", "failed")], "failed", null, null],
    [
      "failed after passed: the failed one decides",
      [test("2026-01-10", "2027-01-10"), test("2026-06-01", "2026-06-01", "failed")],
      "failed",
      null,
      null,
    ],
    [
      "passed after failed",
      [test("2026-06-01", "2026-06-01", "failed"), test("2026-07-01", "2027-07-01")],
      "valid",
      null,
      346,
    ],
    [
      "two overlapping: the later test decides although the earlier runs longer",
      [test("2025-06-01", "2027-06-01"), test("2025-08-01", "2026-08-01")],
      "dueSoon",
      "again",
      12,
    ],
    [
      "passed and failed on one day: the failed one decides",
      [test("2026-06-01", "2027-06-01"), test("2026-06-01", "2026-06-01", "failed")],
      "failed",
      null,
      null,
    ],
    ["tested today", [test("2026-07-20", "2027-07-20")], "valid", null, 365],
    ["tested tomorrow is not known yet", [test("2026-07-21", "2027-07-21")], "missing", null, null],
  ])("%s", (_name, tests, state, stage, daysLeft) => {
    for (const order of [tests, [...tests].reverse()])
      expect(testStanding(order, TODAY, FIGURES)).toMatchObject({ state, stage, daysLeft });
  });
});

describe("latestTest", () => {
  it("of two passed on one day takes the longer validity", () => {
    const [short, long] = [test("2026-06-01", "2026-12-01"), test("2026-06-01", "2027-06-01")];
    expect([latestTest([short, long]), latestTest([long, short])]).toEqual([long, long]);
  });
  it("knows tests that say passed as yes or no", () => {
    const failed = { ...test("2026-06-01", "2027-06-01"), passed: false };
    expect(latestTest([{ ...failed, passed: true }, failed])).toBe(failed);
  });
});

describe("requiredTests", () => {
  it.each<[string, number | null, string[]]>([
    ["no level", null, []],
    ["level 1", 1, []],
    ["level 2", 2, ["mlps"]],
    ["level 3", 3, ["mlps", "crypto"]],
    ["level 4", 4, ["mlps", "crypto"]],
  ])("%s", (_name, level, expected) => {
    expect(requiredTests(level)).toEqual(expected);
  });
});

describe("as a whole", () => {
  it.each<[string, StandingState[], StandingState]>([
    ["both valid", ["valid", "valid"], "valid"],
    ["one soon", ["valid", "dueSoon"], "dueSoon"],
    ["one missing", ["dueSoon", "missing"], "missing"],
    ["one expired", ["missing", "expired"], "expired"],
    ["one failed", ["expired", "failed"], "failed"],
  ])("%s", (_name, states, expected) => {
    expect(worstOf(states)).toBe(expected);
  });
  it("what runs out soon is valid", () => {
    expect((["valid", "dueSoon", "expired", "failed", "missing"] as const).filter(isValidState)).toEqual([
      "valid",
      "dueSoon",
    ]);
  });
});
