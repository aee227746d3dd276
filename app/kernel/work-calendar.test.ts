import { describe, expect, it } from "vitest";

import days2024 from "@seeds/data/calendar/2024.json";
import days2025 from "@seeds/data/calendar/2025.json";
import days2026 from "@seeds/data/calendar/2026.json";

import { localDate } from "./local-date";
import {
  addWorkdays,
  isCountedByWeekends,
  isWorkday,
  listedYears,
  missingYears,
  onOrNextWorkday,
  workdaysBetween,
  type WorkCalendar,
  remainingWorkdays,
} from "./work-calendar";

const calendar: WorkCalendar = {
  days: new Map(
    [...days2024, ...days2025, ...days2026].map((day) => [localDate(day.date), { off: day.isOffDay, name: day.name }]),
  ),
  years: new Set([2024, 2025, 2026]),
};
const unlisted: WorkCalendar = { days: new Map(), years: new Set() };

describe("isWorkday", () => {
  it.each([
    ["an ordinary Monday", "2026-03-02", true],
    ["an ordinary Saturday", "2026-03-07", false],
    ["an ordinary Sunday", "2026-03-08", false],
    ["New Year's Day, a Thursday", "2026-01-01", false],
    ["the Friday bridged to the new year", "2026-01-02", false],
    ["the Sunday worked for it (调休)", "2026-01-04", true],
    ["the Saturday worked before the Spring Festival (调休)", "2026-02-14", true],
    ["the last day of the Spring Festival, a Monday", "2026-02-23", false],
    ["the first working day after it", "2026-02-24", true],
    ["the Saturday worked after it (调休)", "2026-02-28", true],
    ["the Saturday worked after Labour Day (调休)", "2026-05-09", true],
    ["the Sunday worked before the National Day (调休)", "2026-09-20", true],
    ["the Saturday worked after the National Day (调休)", "2026-10-10", true],
    ["the Sunday after that", "2026-10-11", false],
    ["29 February 2024, a Thursday", "2024-02-29", true],
    ["a weekday of a year without a list", "2027-01-01", true],
    ["a Saturday of a year without a list", "2027-01-02", false],
  ])("%s", (_name, date, expected) => expect(isWorkday(calendar, localDate(date))).toBe(expected));

  it("without a list, a make-up Saturday is a day off", () => {
    expect(isWorkday(unlisted, localDate("2026-02-14"))).toBe(false);
  });
});

describe("onOrNextWorkday", () => {
  it.each([
    ["a working day stays", "2026-03-05", "2026-03-05"],
    ["a make-up Sunday stays", "2026-01-04", "2026-01-04"],
    ["a Saturday moves to Monday", "2026-03-07", "2026-03-09"],
    ["5 October moves behind the holiday", "2026-10-05", "2026-10-08"],
    ["15 February moves behind the Spring Festival", "2026-02-15", "2026-02-24"],
    ["the last day of a year stays", "2026-12-31", "2026-12-31"],
    ["New Year's Day moves to the year's first working day", "2025-01-01", "2025-01-02"],
  ])("%s", (_name, from, expected) => expect(onOrNextWorkday(calendar, localDate(from))).toBe(expected));
});

describe("addWorkdays and workdaysBetween", () => {
  it.each([
    ["the first day does not count", "2026-03-02", 1, "2026-03-03"],
    ["a weekend does not count", "2026-03-06", 1, "2026-03-09"],
    ["3 days over the new year and its make-up Sunday", "2025-12-30", 3, "2026-01-05"],
    ["10 days over the Spring Festival and both make-up Saturdays", "2026-02-13", 10, "2026-03-05"],
    ["one day over the National Day", "2026-09-30", 1, "2026-10-08"],
    ["3 days with the make-up Saturday in October", "2026-10-08", 3, "2026-10-12"],
    ["into 29 February", "2024-02-28", 1, "2024-02-29"],
    ["a limit that starts on a day off", "2026-03-07", 1, "2026-03-09"],
  ])("%s", (_name, from, workdays, to) => {
    expect(addWorkdays(calendar, localDate(from), workdays)).toBe(to);
    expect(workdaysBetween(calendar, localDate(from), localDate(to))).toBe(workdays);
  });

  it("zero working days is the day itself", () => {
    expect(addWorkdays(calendar, localDate("2026-03-07"), 0)).toBe("2026-03-07");
  });

  it.each([
    ["the due day itself leaves none", "2026-03-05", "2026-03-05", 0],
    ["one working day late", "2026-03-06", "2026-03-05", -1],
    ["late over a weekend: only Monday counts", "2026-03-09", "2026-03-06", -1],
    ["a Saturday after a Friday is not a working day late", "2026-03-07", "2026-03-06", 0],
  ])("remaining days: %s", (_name, today, dueOn, expected) => {
    expect(workdaysBetween(calendar, localDate(today), localDate(dueOn))).toBe(expected);
  });
});

describe("remainingWorkdays", () => {
  const calendar = { days: new Map(), years: new Set([2026]) };
  it.each([
    ["on the last day", "2026-07-17", "2026-07-17", 0],
    ["on the Saturday after a Friday", "2026-07-17", "2026-07-18", -1],
    ["on the Monday after", "2026-07-17", "2026-07-20", -1],
    ["on the Tuesday after", "2026-07-17", "2026-07-21", -2],
    ["over a weekend ahead", "2026-07-20", "2026-07-17", 1],
  ])("%s", (_name, dueOn, today, expected) => {
    expect(remainingWorkdays(calendar, localDate(today), localDate(dueOn))).toBe(expected);
  });
});

describe("listedYears", () => {
  it.each([
    ["a whole list tells of its year", ["2027-02-05", "2027-10-01"], [2027]],
    ["the list of 2023 began on 31 December 2022: no list of 2022", ["2022-12-31", "2023-01-01", "2023-04-05"], [2023]],
    ["a make-up day in December tells of no year", ["2026-12-27"], []],
    ["nor does a day in January", ["2028-01-02"], []],
    ["nothing, nothing", [], []],
  ])("%s", (_name, days, expected) => {
    expect([...listedYears(days.map(localDate))]).toEqual(expected);
  });
});

describe("missingYears", () => {
  const years = (...listed: number[]) => ({ years: new Set(listed) });
  it.each([
    ["30 November: next year's list may wait", "2026-11-30", years(2026), []],
    ["1 December: it is asked for", "2026-12-01", years(2026), [{ year: 2027, late: false }]],
    ["31 December: still only asked for", "2026-12-31", years(2026), [{ year: 2027, late: false }]],
    ["1 January: the year has begun without it", "2027-01-01", years(2026), [{ year: 2027, late: true }]],
    ["this year's list is missing in July: at once", "2026-07-20", years(2025), [{ year: 2026, late: true }]],
    [
      "both in December, this year's first",
      "2026-12-01",
      years(),
      [
        { year: 2026, late: true },
        { year: 2027, late: false },
      ],
    ],
    ["nothing is missing", "2026-12-31", years(2026, 2027), []],
  ])("%s", (_name, today, listed, expected) => {
    expect(missingYears(listed, localDate(today))).toEqual(expected);
  });
});

describe("isCountedByWeekends", () => {
  it.each([
    ["within a listed year", "2026-01-01", "2026-12-31", false],
    ["over the turn of two listed years", "2025-12-31", "2026-01-01", false],
    ["into the first day of a year without a list", "2026-12-31", "2027-01-01", true],
    ["counted backwards out of one", "2027-01-04", "2026-12-31", true],
    ["over a year without a list", "2026-12-31", "2028-01-01", true],
  ])("%s", (_name, from, to, expected) => {
    expect(isCountedByWeekends(calendar, localDate(from), localDate(to))).toBe(expected);
  });
});
