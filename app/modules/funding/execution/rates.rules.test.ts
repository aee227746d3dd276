import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { parseRational, rational, toFixed, toExact } from "~/kernel/rational";

import {
  alarmsOf,
  endedMonths,
  frameworkRate,
  gapPoints,
  lightOf,
  sayGap,
  selfEvaluationRate,
  yearElapsed,
  type ExecutionFacts,
} from "./rates.rules";

const yuan = (amount: number) => fen(Math.round(amount * 100));
const percent = (text: string) => {
  const { n, d } = parseRational(text);
  return rational(n, d * 100n);
};

describe("the two execution rates are two figures", () => {
  it("B ÷ A and spent ÷ arrived of the same money differ", () => {
    expect(toExact(selfEvaluationRate(fen(30), fen(100)) ?? rational(0))).toBe("3/10");
    expect(toExact(frameworkRate(fen(30), fen(60)) ?? rational(0))).toBe("1/2");
  });
  it.each([
    ["no budget: none, not zero", 0],
    ["nothing arrived: none, not zero", 0],
  ])("%s", (_name, whole) => {
    expect(selfEvaluationRate(fen(1), fen(whole))).toBeNull();
    expect(frameworkRate(fen(1), fen(whole))).toBeNull();
  });
});

describe("time progress counts the months that have ended", () => {
  it.each([
    ["1 January: none", "2026-01-01", 0],
    ["30 January: none", "2026-01-30", 0],
    ["31 January, the last day: one", "2026-01-31", 1],
    ["28 February of a common year: two", "2026-02-28", 2],
    ["28 February of a leap year: one", "2028-02-28", 1],
    ["29 February: two", "2028-02-29", 2],
    ["20 July: six", "2026-07-20", 6],
    ["30 December: eleven", "2026-12-30", 11],
    ["31 December: twelve", "2026-12-31", 12],
    ["the year after: twelve", "2027-01-01", 12],
    ["the year before: none", "2025-12-30", 0],
    ["the last day of the year before: none", "2025-12-31", 0],
  ])("%s", (_name, today, months) => {
    const year = today.startsWith("2028") ? 2028 : 2026;
    expect(endedMonths(year, localDate(today))).toBe(months);
    expect(yearElapsed(year, localDate(today))).toEqual(rational(months, 12));
  });
});

describe("a gap is computed unrounded and then rounded", () => {
  it.each([
    ["119.73 of 195.82 at 62.5 %", 119.73, 195.82, "62.5", 2, "落后 1.36 个百分点"],
    ["629.0 of 647.4 at 83.333 %: 13.8, not 13.9", 629.0, 647.4, "83.333", 1, "超前 13.8 个百分点"],
    ["74 % at 66.667 %", 74, 100, "66.667", 2, "超前 7.33 个百分点"],
    ["as far as the time", 50, 100, "50", 2, "与时间进度持平"],
    ["less behind than shows", 49.9999, 100, "50", 2, "与时间进度持平"],
  ])("%s", (_name, executed, budget, time, digits, said) => {
    const rate = selfEvaluationRate(yuan(executed * 10_000), yuan(budget * 10_000));
    expect(sayGap(gapPoints(rate ?? rational(0), percent(time)), digits)).toBe(said);
  });
});

const LIMITS = { alarmLag: rational(10), redLag: rational(20), idleDays: 90 };
const HALF = rational(1, 2);
const TODAY = localDate("2026-07-20");
const facts = (more: Partial<ExecutionFacts>): ExecutionFacts => ({
  yearBudgetFen: fen(10_000),
  yearPaidFen: fen(5_000),
  arrivedFen: fen(6_000),
  paidFen: fen(5_000),
  firstArrivedOn: localDate("2026-01-01"),
  ...more,
});
const codes = (more: Partial<ExecutionFacts>) => alarmsOf(facts(more), HALF, LIMITS, TODAY).map(({ code }) => code);

describe("alarms", () => {
  it.each<[string, Partial<ExecutionFacts>, string[]]>([
    ["as far as the time", {}, []],
    ["9.99 points behind", { yearPaidFen: fen(4_001) }, []],
    ["10 points behind", { yearPaidFen: fen(4_000) }, ["lagYellow"]],
    ["19.99 points behind", { yearPaidFen: fen(3_001) }, ["lagYellow"]],
    ["20 points behind", { yearPaidFen: fen(3_000) }, ["lagRed"]],
    ["no budget of this year: nothing to be behind of", { yearBudgetFen: fen(0), yearPaidFen: fen(0) }, []],
    [
      "arrived 90 days ago, nothing paid",
      { yearPaidFen: fen(5_000), paidFen: fen(0), firstArrivedOn: localDate("2026-04-21") },
      [],
    ],
    [
      "arrived 91 days ago, nothing paid",
      { yearPaidFen: fen(5_000), paidFen: fen(0), firstArrivedOn: localDate("2026-04-20") },
      ["idle"],
    ],
    ["arrived long ago, one fen paid", { paidFen: fen(1), firstArrivedOn: localDate("2026-01-01") }, []],
    ["nothing arrived", { arrivedFen: fen(0), paidFen: fen(0), firstArrivedOn: null }, []],
    ["both, the worst first", { yearPaidFen: fen(0), paidFen: fen(0) }, ["lagRed", "idle"]],
  ])("%s", (_name, more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it("the light is the worst alarm's", () => {
    const light = (more: Partial<ExecutionFacts>) => lightOf(alarmsOf(facts(more), HALF, LIMITS, TODAY));
    expect([light({}), light({ yearPaidFen: fen(4_000) }), light({ yearPaidFen: fen(0) })]).toEqual([
      "green",
      "yellow",
      "red",
    ]);
  });

  it("says the figures it was judged by", () => {
    const [alarm] = alarmsOf(facts({ yearPaidFen: fen(2_999) }), HALF, LIMITS, TODAY);
    expect(alarm).toMatchObject({
      facts: { points: "20.01", limit: "20", rate: "29.99", time: toFixed(rational(50), 2) },
    });
  });
});
