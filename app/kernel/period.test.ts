import { describe, expect, it } from "vitest";

import { localDate } from "./local-date";
import {
  addPeriods,
  firstDay,
  formatPeriod,
  isPeriod,
  lastDay,
  monthOf,
  period,
  periodOf,
  periodsBetween,
  timeProgress,
  yearOf,
} from "./period";
import { toExact } from "./rational";

describe("isPeriod", () => {
  it.each([
    ["January", "2026-01", true],
    ["December", "2026-12", true],
    ["month 0", "2026-00", false],
    ["month 13", "2026-13", false],
    ["no leading zero", "2026-1", false],
    ["a day", "2026-01-01", false],
  ])("%s", (_name, text, expected) => expect(isPeriod(text)).toBe(expected));

  it("period throws on what is no month", () => expect(() => period("2026-13")).toThrow(RangeError));
});

describe("days of a month", () => {
  it.each([
    ["February of a leap year", "2024-02", "2024-02-01", "2024-02-29"],
    ["February of a common year", "2026-02", "2026-02-01", "2026-02-28"],
    ["a month of 30 days", "2026-04", "2026-04-01", "2026-04-30"],
    ["December ends the year", "2026-12", "2026-12-01", "2026-12-31"],
  ])("%s", (_name, text, first, last) => {
    expect(firstDay(period(text))).toBe(first);
    expect(lastDay(period(text))).toBe(last);
    expect(periodOf(localDate(first))).toBe(text);
    expect(periodOf(localDate(last))).toBe(text);
  });
});

describe("addPeriods", () => {
  it.each([
    ["over a year's end", "2026-12", 1, "2027-01"],
    ["back over a year's end", "2026-01", -1, "2025-12"],
    ["a whole year", "2024-02", 12, "2025-02"],
    ["zero", "2026-06", 0, "2026-06"],
  ])("%s", (_name, from, months, expected) => expect(addPeriods(period(from), months)).toBe(expected));
});

describe("periodsBetween", () => {
  it.each([
    ["one month", "2026-06", "2026-06", ["2026-06"]],
    ["over a year's end", "2025-11", "2026-02", ["2025-11", "2025-12", "2026-01", "2026-02"]],
    ["backwards is empty", "2026-02", "2026-01", []],
  ])("%s", (_name, from, to, expected) => expect(periodsBetween(period(from), period(to))).toEqual(expected));
});

describe("timeProgress", () => {
  it.each([
    ["January", "2026-01", "1/12"],
    ["half a year", "2026-06", "1/2"],
    ["October is five sixths, not 0.83333", "2026-10", "5/6"],
    ["December is the whole year", "2026-12", "1"],
  ])("%s", (_name, text, expected) => expect(toExact(timeProgress(period(text)))).toBe(expected));
});

it("is written without a leading zero", () => {
  expect(formatPeriod(period("2026-06"))).toBe("2026年6月");
  expect([yearOf(period("2026-06")), monthOf(period("2026-06"))]).toEqual([2026, 6]);
});
