import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { toExact } from "~/kernel/rational";

import { measuredOn, plannedPercentAt, reportDay } from "./plan.rules";

describe("plannedPercentAt", () => {
  const point = (plannedOn: string, cumulativePercent: number) => ({
    plannedOn: localDate(plannedOn),
    cumulativePercent,
  });
  const start = localDate("2026-01-01");
  const plan = [point("2026-01-31", 30), point("2026-03-02", 60), point("2026-04-01", 90)];

  it.each([
    ["the day before the start", "2025-12-31", "0"],
    ["the start", "2026-01-01", "0"],
    ["the day after", "2026-01-02", "1"],
    ["the day before the first milestone", "2026-01-30", "29"],
    ["the first milestone", "2026-01-31", "30"],
    ["the day after it", "2026-02-01", "31"],
    ["half way to the last", "2026-03-17", "75"],
    ["the last milestone", "2026-04-01", "90"],
    ["long after it", "2027-01-01", "90"],
  ])("%s", (_name, date, expected) => expect(toExact(plannedPercentAt(plan, start, localDate(date)))).toBe(expected));

  it("is not rounded", () => {
    expect(toExact(plannedPercentAt([point("2026-01-08", 10)], start, localDate("2026-01-02")))).toBe("10/7");
  });

  it.each([
    ["without milestones nothing is planned", [], "2026-06-01", "0"],
    ["order of entry does not matter", [...plan].reverse(), "2026-03-17", "75"],
    ["of two on one day the higher counts", [point("2026-01-31", 40), point("2026-01-31", 30)], "2026-01-31", "40"],
    ["a plan never goes back", [point("2026-01-31", 40), point("2026-03-02", 20)], "2026-03-02", "40"],
    ["a milestone on the first day is reached at once", [point("2026-01-01", 5)], "2026-01-01", "5"],
    ["one planned before the start is reached before it", [point("2025-12-01", 20)], "2025-12-15", "20"],
    [
      "and the course goes on evenly from the start",
      [point("2025-12-01", 20), point("2026-01-11", 30)],
      "2026-01-06",
      "25",
    ],
  ])("%s", (_name, milestones, date, expected) => {
    expect(toExact(plannedPercentAt(milestones, start, localDate(date)))).toBe(expected);
  });
});

describe("measuredOn", () => {
  const duty = (month: string, dueOn: string, submittedOn: string | null = null) => ({
    period: period(month),
    dueOn: localDate(dueOn),
    submittedOn: submittedOn === null ? null : localDate(submittedOn),
  });
  const june = duty("2026-06", "2026-07-15");
  it.each([
    ["before the first duty", [], "2026-06-10", undefined],
    ["nothing reported, nothing due", [june], "2026-07-15", undefined],
    ["the day after the due day, in silence", [june], "2026-07-16", "2026-06-30"],
    ["reported before the due day", [{ ...june, submittedOn: localDate("2026-07-03") }], "2026-07-03", "2026-06-30"],
    [
      "not reported yet on the day asked about",
      [{ ...june, submittedOn: localDate("2026-07-03") }],
      "2026-07-02",
      undefined,
    ],
    [
      "reported within the month: the day of the report",
      [{ ...june, submittedOn: localDate("2026-06-25") }],
      "2026-06-28",
      "2026-06-25",
    ],
    ["the latest of several", [june, duty("2026-05", "2026-06-15", "2026-06-10")], "2026-07-10", "2026-05-31"],
  ])("%s", (_name, duties, today, expected) => {
    expect(measuredOn(duties, localDate(today))).toBe(expected);
  });
});

describe("reportDay", () => {
  it.each([
    ["while the month is running", "2026-06-12", "2026-06-12"],
    ["its last day", "2026-06-30", "2026-06-30"],
    ["afterwards", "2026-08-01", "2026-06-30"],
  ])("%s", (_name, today, expected) => expect(reportDay(period("2026-06"), localDate(today))).toBe(expected));
});
