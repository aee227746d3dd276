import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { rational, toExact, toFixed } from "~/kernel/rational";

import { courseOf, elapsedShare, type SignedMonth } from "./course.rules";

describe("elapsedShare", () => {
  const [start, finish] = [localDate("2026-01-15"), localDate("2026-12-31")];
  it.each([
    ["before the start", "2025-12", "0"],
    ["the first month counts whole", "2026-01", "1/12"],
    ["half of it", "2026-06", "1/2"],
    ["the last month", "2026-12", "1"],
    ["never more than all", "2027-06", "1"],
  ])("%s", (_name, month, expected) => expect(toExact(elapsedShare(start, finish, period(month)))).toBe(expected));

  it("a plan within one month", () => {
    expect(toExact(elapsedShare(start, localDate("2026-01-20"), period("2026-01")))).toBe("1");
  });
});

describe("courseOf", () => {
  const month = (of: string, signedOn: string, actual: number): SignedMonth => ({
    period: period(of),
    signedOn: localDate(signedOn),
    actual: rational(actual),
    light: "green",
  });
  const input = {
    start: localDate("2026-01-01"),
    finish: localDate("2026-03-31"),
    milestones: [{ plannedOn: localDate("2026-03-31"), cumulativePercent: 89 }],
    months: [],
    payments: [],
    approvedFen: 100,
    today: localDate("2026-02-20"),
  };

  it("goes from the start to the planned finish, planned to each month's end", () => {
    const course = courseOf(input);
    expect(course.map(({ period: of, day, planned }) => [of, day, toExact(planned)])).toEqual([
      ["2026-01", "2026-01-31", "30"],
      ["2026-02", "2026-02-28", "58"],
      ["2026-03", "2026-03-31", "89"],
    ]);
    expect(course.every(({ actual, gap }) => actual === null && gap === null)).toBe(true);
  });

  it.each([
    ["after the month: its last day", "2026-02-05", "2026-01-31", "-10"],
    ["on its last day", "2026-01-31", "2026-01-31", "-10"],
    ["before its end: the day of the report", "2026-01-21", "2026-01-21", "0"],
  ])("a report signed %s", (_name, signedOn, day, gap) => {
    const [first] = courseOf({ ...input, months: [month("2026-01", signedOn, 20)] });
    expect([first?.day, first?.gap && toExact(first.gap)]).toEqual([day, gap]);
  });

  it("goes on to the running month when the plan is over", () => {
    const course = courseOf({ ...input, today: localDate("2026-05-10") });
    expect(course.at(-1)).toMatchObject({ period: "2026-05" });
  });

  it("sets money against time, exact, and knows none of months to come", () => {
    const payments = [
      { paidOn: localDate("2026-01-31"), amountFen: 30 },
      { paidOn: localDate("2026-02-20"), amountFen: 10 },
      { paidOn: localDate("2026-02-21"), amountFen: 10 },
    ];
    const course = courseOf({ ...input, payments });
    expect(course.map(({ paidShare }) => paidShare && toExact(paidShare))).toEqual(["3/10", "2/5", null]);
    expect(course.map(({ moneyGap }) => moneyGap && toExact(moneyGap))).toEqual(["-10/3", "-80/3", null]);
  });

  it("knows no share of an amount that is not approved", () => {
    expect(courseOf({ ...input, approvedFen: null })[0]).toMatchObject({ paidShare: null, moneyGap: null });
  });

  it("119.73 of 195.82 when 62.5 % of the time has passed is 1.36 points behind", () => {
    const course = courseOf({
      ...input,
      finish: localDate("2026-08-31"),
      today: localDate("2026-05-31"),
      approvedFen: 19582,
      payments: [{ paidOn: localDate("2026-05-20"), amountFen: 11973 }],
    });
    const may = course.find(({ period: of }) => of === "2026-05");
    expect(may?.moneyGap && toFixed(may.moneyGap, 2)).toBe("-1.36");
  });
});
