import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { decideMoveToday } from "./demonstration.rules";

describe("decideMoveToday", () => {
  it.each([
    ["the next day", true, "2026-07-21", "ok"],
    ["the same day", true, "2026-07-20", "backwards"],
    ["the day before", true, "2026-07-19", "backwards"],
    ["a year and a day ahead, the furthest", true, "2027-07-21", "ok"],
    ["one day further", true, "2027-07-22", "tooFar"],
    ["not a demonstration", false, "2026-07-21", "notADemonstration"],
  ])("%s", (_name, demonstration, to, expected) => {
    const result = decideMoveToday({ demonstration, today: localDate("2026-07-20") }, localDate(to));
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(expected);
  });
});
