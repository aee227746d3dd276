import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";

import { availability, retirementProblems, reuseRate, sumAdoption, type Adoption } from "./component.rules";

const day = (text: string | null) => (text === null ? null : localDate(text));
const TODAY = localDate("2026-07-20");
const counted = (reuse: number, notReused: number, notFitting = 0): Adoption => ({ reuse, notReused, notFitting });

describe("availability", () => {
  it.each([
    ["without days", null, null, "offered"],
    ["from today", "2026-07-20", null, "offered"],
    ["from tomorrow", "2026-07-21", null, "later"],
    ["retired tomorrow", null, "2026-07-21", "offered"],
    ["retired today", null, "2026-07-20", "retired"],
    ["never begun, retired", "2026-08-01", "2026-07-01", "retired"],
  ])("%s", (_name, from, retired, expected) => {
    expect(availability({ availableFrom: day(from), retiredOn: day(retired) }, TODAY)).toBe(expected);
  });
});

describe("retirementProblems", () => {
  it.each<[string, string | null, string | null, string, string[]]>([
    ["today", "2025-01-01", null, "2026-07-20", []],
    ["yesterday", "2025-01-01", null, "2026-07-19", ["retiredBeforeToday"]],
    ["on a later day", null, null, "2026-12-31", []],
    ["on the day it begins", "2026-08-01", null, "2026-08-01", []],
    ["before it begins", "2026-08-01", null, "2026-07-31", ["retiredBeforeAvailable"]],
    ["retired today already", null, "2026-07-20", "2026-08-01", ["alreadyRetired"]],
    ["to be retired tomorrow, moved to a later day", null, "2026-07-21", "2026-08-01", []],
  ])("%s", (_name, from, retired, on, expected) => {
    const offered = { availableFrom: day(from), retiredOn: day(retired) };
    expect(retirementProblems(offered, localDate(on), TODAY).map(({ code }) => code)).toEqual(expected);
  });
});

describe("reuseRate", () => {
  it.each([
    ["nowhere asked", counted(0, 0), null],
    ["fits nowhere", counted(0, 0, 3), null],
    ["reused everywhere", counted(3, 0, 1), rational(1)],
    ["reused nowhere", counted(0, 2), rational(0)],
    ["reused in two of three", counted(2, 1, 9), rational(2, 3)],
  ])("%s", (_name, adoption, expected) => {
    expect(reuseRate(adoption)).toEqual(expected);
  });
  it("adds up before it divides", () => {
    expect(sumAdoption([counted(1, 0, 2), counted(1, 2)])).toEqual(counted(2, 2, 2));
  });
});
