import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { lapseStanding, lastDayToStart } from "./lapse.rules";

const LIMITS = { years: 2, warnDays: 30 };

describe("lapseStanding", () => {
  it.each([
    ["31 days before the last day", "2024-07-20", "2026-06-19", "inTime"],
    ["30 days before it", "2024-07-20", "2026-06-20", "warn"],
    ["the day before the last day", "2024-07-20", "2026-07-19", "warn"],
    ["the last day", "2024-07-20", "2026-07-20", "warn"],
    ["the day after", "2024-07-20", "2026-07-21", "lapsed"],
    ["approved on 29 February: the last day is 28 February", "2024-02-29", "2026-02-28", "warn"],
    ["approved on 29 February: 1 March is too late", "2024-02-29", "2026-03-01", "lapsed"],
    ["a last day on 29 February", "2022-02-28", "2024-02-28", "warn"],
    ["two years later is a leap year: 29 February is already after", "2022-02-28", "2024-02-29", "lapsed"],
    ["the day of the approval", "2026-07-20", "2026-07-20", "inTime"],
  ])("%s", (_name, approvedOn, today, expected) => {
    expect(lapseStanding(localDate(approvedOn), localDate(today), LIMITS)).toBe(expected);
  });

  it("without warning days there is no warning before the last day", () => {
    const limits = { years: 2, warnDays: 0 };
    expect(lapseStanding(localDate("2024-07-20"), localDate("2026-07-19"), limits)).toBe("inTime");
    expect(lapseStanding(localDate("2024-07-20"), localDate("2026-07-20"), limits)).toBe("warn");
  });
});

describe("lastDayToStart", () => {
  it("follows the figure", () => {
    expect(lastDayToStart(localDate("2024-02-29"), { years: 4, warnDays: 30 })).toBe("2028-02-29");
  });
});
