import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import {
  testProblems,
  validityMonths,
  validUntilOf,
  type TestDraft,
  type TestedSystem,
  type TestProblemCode,
} from "./security-test.rules";

const day = localDate;
const TODAY = day("2026-07-20");
const FIGURES = { mlpsMonths: 12, mlpsLowerMonths: 24, cryptoMonths: 12 };

const draft = (more: Partial<TestDraft> = {}): TestDraft => ({
  kind: "mlps",
  level: 3,
  filingNumber: "440783100001",
  passed: "passed",
  testedOn: day("2026-07-01"),
  validUntil: null,
  ...more,
});
const system = (more: Partial<TestedSystem> = {}): TestedSystem => ({
  ownership: "own",
  secret: false,
  retiredOn: null,
  mlpsLevel: 3,
  ...more,
});

describe("validityMonths", () => {
  it.each([
    ["等保, level 4", "mlps", 4, 12],
    ["等保, level 3", "mlps", 3, 12],
    ["等保, level 2", "mlps", 2, 24],
    ["等保, no level", "mlps", null, 24],
    ["密评, level 3", "crypto", 3, 12],
    ["密评, no level", "crypto", null, 12],
  ] as const)("%s", (_name, kind, level, months) => {
    expect(validityMonths(kind, level, FIGURES)).toBe(months);
  });
});

describe("validUntilOf", () => {
  it.each<[string, Partial<TestDraft>, string]>([
    ["level 3 by default a year", {}, "2027-07-01"],
    ["level 2 by default two years", { level: 2 }, "2028-07-01"],
    ["密评 by default a year", { kind: "crypto", level: null }, "2027-07-01"],
    ["a shorter one as it was given", { validUntil: day("2027-01-31") }, "2027-01-31"],
    ["a failed one is valid on no day after it", { passed: "failed", validUntil: day("2027-07-01") }, "2026-07-01"],
    ["a leap day", { testedOn: day("2024-02-29") }, "2025-02-28"],
  ])("%s", (_name, more, expected) => {
    expect(validUntilOf(draft(more), FIGURES)).toBe(expected);
  });
});

describe("testProblems", () => {
  it.each<[string, Partial<TestDraft>, Partial<TestedSystem>, TestProblemCode[]]>([
    ["as it should be", {}, {}, []],
    ["tested today", { testedOn: TODAY }, {}, []],
    ["tested tomorrow", { testedOn: day("2026-07-21") }, {}, ["testedInFuture"]],
    ["valid as long as the rule allows", { validUntil: day("2027-07-01") }, {}, []],
    ["valid a day longer", { validUntil: day("2027-07-02") }, {}, ["validTooLong"]],
    ["level 2, valid two years", { level: 2, validUntil: day("2028-07-01") }, { mlpsLevel: 2 }, []],
    ["level 2, a day longer", { level: 2, validUntil: day("2028-07-02") }, { mlpsLevel: 2 }, ["validTooLong"]],
    ["valid on the day of the test only", { validUntil: day("2026-07-01") }, {}, []],
    ["valid until a day before it", { validUntil: day("2026-06-30") }, {}, ["validBeforeTested"]],
    ["failed, whatever its validity says", { passed: "failed", validUntil: day("2030-01-01") }, {}, []],
    ["等保 without a level", { level: null }, {}, ["levelMissing"]],
    ["等保 at another level than filed", { level: 2 }, {}, ["levelDiffers"]],
    ["等保 of a system without a level", {}, { mlpsLevel: null }, ["levelDiffers"]],
    ["等保 without a filing number", { filingNumber: " " }, {}, ["filingNumberMissing"]],
    ["密评 needs neither", { kind: "crypto", level: null, filingNumber: "" }, {}, []],
    ["a vertical system", {}, { ownership: "national" }, ["systemNotTested"]],
    ["a secret system", {}, { secret: true }, ["systemNotTested"]],
    ["retired today", {}, { retiredOn: TODAY }, ["systemRetired"]],
    ["to be retired tomorrow", {}, { retiredOn: day("2026-07-21") }, []],
  ])("%s", (_name, more, of, expected) => {
    expect(testProblems(draft(more), system(of), TODAY, FIGURES).map(({ code }) => code)).toEqual(expected);
  });
});
