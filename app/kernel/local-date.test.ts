import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  addDays,
  addMonths,
  daysBetween,
  endOfDay,
  formatInstant,
  formatOfficialDate,
  isLocalDate,
  localDate,
  localDateOf,
  startOfDay,
  weekdayOf,
} from "./local-date";

describe("isLocalDate", () => {
  it.each([
    ["29 February of a leap year", "2024-02-29", true],
    ["29 February of a common year", "2026-02-29", false],
    ["29 February 2000, a leap century", "2000-02-29", true],
    ["29 February 2100, no leap century", "2100-02-29", false],
    ["30 February", "2024-02-30", false],
    ["31 April", "2026-04-31", false],
    ["the last day of a year", "2026-12-31", true],
    ["month 13", "2026-13-01", false],
    ["day 0", "2026-01-00", false],
    ["no leading zeros", "2026-1-1", false],
    ["an instant", "2026-01-01T00:00:00Z", false],
    ["full-width digits", "\uff12026-01-01", false],
    ["nothing", "", false],
  ])("%s", (_name, text, expected) => expect(isLocalDate(text)).toBe(expected));

  it("localDate throws on what is no day", () => expect(() => localDate("2026-02-29")).toThrow(RangeError));
});

const HOST_ZONES = [
  ["UTC", 0],
  ["Asia/Shanghai", -480],
  ["America/Los_Angeles", 480],
] as const;

describe.each(HOST_ZONES)("on a host in %s", (zone, offsetMinutes) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
  });
  afterAll(() => {
    process.env.TZ = before;
  });

  it("the host really is in that zone", () => {
    expect(new Date("2026-01-15T00:00:00Z").getTimezoneOffset()).toBe(offsetMinutes);
  });

  it.each([
    ["one second before midnight in Shanghai", "2026-12-31T15:59:59Z", "2026-12-31"],
    ["midnight in Shanghai begins the new year", "2026-12-31T16:00:00Z", "2027-01-01"],
    ["29 February in Shanghai, still the 28th in UTC", "2024-02-28T16:00:00Z", "2024-02-29"],
  ])("localDateOf: %s", (_name, instant, expected) => expect(localDateOf(new Date(instant))).toBe(expected));

  it("a day begins and ends at midnight in Shanghai", () => {
    expect(startOfDay(localDate("2026-01-01")).toISOString()).toBe("2025-12-31T16:00:00.000Z");
    expect(endOfDay(localDate("2026-01-01")).toISOString()).toBe("2026-01-01T16:00:00.000Z");
  });

  it.each([
    ["into 29 February", "2024-02-28", 1, "2024-02-29"],
    ["over the end of February in a common year", "2026-02-28", 1, "2026-03-01"],
    ["back over a year's end", "2026-01-01", -1, "2025-12-31"],
    ["a leap year has 366 days", "2024-01-01", 366, "2025-01-01"],
    ["over the day the host's clock jumps", "2026-03-07", 2, "2026-03-09"],
    ["zero", "2026-05-01", 0, "2026-05-01"],
  ])("addDays and daysBetween: %s", (_name, from, days, to) => {
    expect(addDays(localDate(from), days)).toBe(to);
    expect(daysBetween(localDate(from), localDate(to))).toBe(days);
  });

  it.each([
    ["31 January + 1 in a common year", "2026-01-31", 1, "2026-02-28"],
    ["31 January + 1 in a leap year", "2024-01-31", 1, "2024-02-29"],
    ["30 January + 1 in a leap year", "2024-01-30", 1, "2024-02-29"],
    ["29 February + 12", "2024-02-29", 12, "2025-02-28"],
    ["29 February + 48", "2024-02-29", 48, "2028-02-29"],
    ["31 August + 1", "2026-08-31", 1, "2026-09-30"],
    ["December + 1 is next January", "2026-12-31", 1, "2027-01-31"],
    ["November + 1 stays in the year", "2026-11-30", 1, "2026-12-30"],
    ["January - 1 is last December", "2026-01-15", -1, "2025-12-15"],
    ["31 March - 1", "2026-03-31", -1, "2026-02-28"],
    ["acceptance + 24 months", "2024-12-31", 24, "2026-12-31"],
  ])("addMonths: %s", (_name, from, months, expected) => {
    expect(addMonths(localDate(from), months)).toBe(expected);
  });

  it.each([
    ["2026-01-04", 0],
    ["2026-02-14", 6],
    ["2024-02-29", 4],
  ])("weekdayOf %s is %d", (date, expected) => expect(weekdayOf(localDate(date))).toBe(expected));

  it("an instant is written in Shanghai time", () => {
    expect(formatInstant(new Date("2026-07-20T01:05:59Z"))).toBe("2026-07-20 09:05");
    expect(formatInstant(new Date("2026-12-31T16:00:00Z"))).toBe("2027-01-01 00:00");
  });
});

it("official dates have no leading zeros", () => {
  expect(formatOfficialDate(localDate("2026-07-05"))).toBe("2026年7月5日");
  expect(formatOfficialDate(localDate("2026-10-20"))).toBe("2026年10月20日");
});
