import { describe, expect, it } from "vitest";

import { localDate as on } from "~/kernel/local-date";
import type { UpdateCycle } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { freshnessOn, updateDueOn, updateProblem } from "./freshness.rules";

const CALENDAR: WorkCalendar = { days: new Map(), years: new Set([2026]) };

describe("updateDueOn", () => {
  it.each<[string, UpdateCycle, string, string | null]>([
    ["real time: as daily", "realTime", "2026-07-16", "2026-07-17"],
    ["daily: the next working day after a Friday", "daily", "2026-07-17", "2026-07-20"],
    ["weekly: seven days", "weekly", "2026-07-13", "2026-07-20"],
    ["monthly: a month's end is kept", "monthly", "2026-08-31", "2026-09-30"],
    ["monthly: a Saturday moves to Monday", "monthly", "2026-06-18", "2026-07-20"],
    ["quarterly", "quarterly", "2026-04-20", "2026-07-20"],
    ["yearly: a leap day becomes 28 February", "yearly", "2024-02-29", "2025-02-28"],
    ["irregular: never", "irregular", "2026-01-01", null],
  ])("%s", (_name, cycle, last, expected) => {
    expect(updateDueOn(cycle, on(last), CALENDAR)).toBe(expected);
  });
});

describe("freshnessOn", () => {
  const monthly = { lastOn: on("2026-06-20"), dueOn: on("2026-07-20") };
  it.each([
    ["nothing is due", { lastOn: monthly.lastOn, dueOn: null }, "2030-01-01", null],
    ["the day before the warning", monthly, "2026-07-14", "fresh"],
    ["the first day of the warning", monthly, "2026-07-15", "dueSoon"],
    ["the last day", monthly, "2026-07-20", "dueSoon"],
    ["one day late", monthly, "2026-07-21", "overdue"],
    [
      "weekly: a quarter of the cycle is one day",
      { lastOn: on("2026-07-13"), dueOn: on("2026-07-20") },
      "2026-07-18",
      "fresh",
    ],
    ["weekly: the day before", { lastOn: on("2026-07-13"), dueOn: on("2026-07-20") }, "2026-07-19", "dueSoon"],
    ["daily: the day of the update", { lastOn: on("2026-07-20"), dueOn: on("2026-07-21") }, "2026-07-20", "fresh"],
    ["daily: the day it is due", { lastOn: on("2026-07-20"), dueOn: on("2026-07-21") }, "2026-07-21", "dueSoon"],
    [
      "never updated nor published: only the limit counts",
      { lastOn: null, dueOn: on("2026-07-20") },
      "2026-07-19",
      "fresh",
    ],
  ])("%s", (_name, clock, today, expected) => {
    expect(freshnessOn(on(today), clock, 5)).toBe(expected);
  });
});

describe("updateProblem", () => {
  it.each([
    ["today", "2026-07-20", "2026-07-01", undefined],
    ["tomorrow", "2026-07-21", "2026-07-01", "updateInFuture"],
    ["the day of the last one", "2026-07-01", "2026-07-01", undefined],
    ["the day before the last one", "2026-06-30", "2026-07-01", "updateBeforeLast"],
    ["the first ever", "2020-01-01", null, undefined],
  ])("%s", (_name, updatedOn, last, expected) => {
    expect(updateProblem(on(updatedOn), last === null ? null : on(last), on("2026-07-20"))).toBe(expected);
  });
});
