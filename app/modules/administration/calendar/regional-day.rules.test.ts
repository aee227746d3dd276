import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { decideRegionalDay } from "./regional-day.rules";

const calendar: WorkCalendar = {
  days: new Map([
    [localDate("2026-10-01"), { off: true, name: "国庆节" }],
    [localDate("2026-10-10"), { off: false, name: "国庆节" }],
  ]),
  years: new Set([2026]),
};
const today = localDate("2026-07-20");

describe("decideRegionalDay", () => {
  it.each([
    ["off on an ordinary Wednesday", "2026-07-22", true, []],
    ["off on an ordinary Saturday", "2026-07-25", true, ["alreadyOff"]],
    ["off on a holiday", "2026-10-01", true, ["alreadyOff"]],
    ["off on a make-up Saturday", "2026-10-10", true, []],
    ["work on an ordinary Saturday", "2026-07-25", false, []],
    ["work on a holiday", "2026-10-01", false, []],
    ["work on an ordinary Wednesday", "2026-07-22", false, ["alreadyWorkday"]],
    ["work on a make-up Saturday", "2026-10-10", false, ["alreadyWorkday"]],
    ["two years ahead", "2028-07-20", true, []],
    ["a day more", "2028-07-21", true, ["dayTooFar"]],
    ["two years back", "2024-07-22", true, []],
    ["more than that", "2024-07-19", true, ["dayTooFar"]],
  ])("%s", (_name, day, off, expected) => {
    const result = decideRegionalDay(calendar, { day: localDate(day), off }, { today, ordered: undefined });
    expect(result.ok ? [] : result.refusals.map(({ code }) => code)).toEqual(expected);
  });

  it("a day that the region has ordered is taken back before it is ordered otherwise", () => {
    const result = decideRegionalDay(
      calendar,
      { day: localDate("2026-07-22"), off: true },
      { today, ordered: { name: "市庆" } },
    );
    expect(result).toMatchObject({ refusals: [{ code: "dayTaken", facts: { name: "市庆" } }] });
  });
});
