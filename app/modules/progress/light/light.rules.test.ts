import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { rational, toExact } from "~/kernel/rational";

import { judgeMonth, judgeProject, type LightFacts } from "./light.rules";

const figures = { redLagPoints: 20, yellowLagPoints: 10, redOverdueDays: 30, redMissingReports: 2 };
const duty = (month: string, dueOn: string, submittedOn: string | null, actualPercent: string | null) => ({
  period: period(month),
  dueOn: localDate(dueOn),
  submittedOn: submittedOn === null ? null : localDate(submittedOn),
  actualPercent,
});
/** 100 days, a point a day: 30 on 31 January, 58 on 28 February, 89 on 31 March. */
const facts = (...duties: LightFacts["duties"]): LightFacts => ({
  start: localDate("2026-01-01"),
  milestones: [{ plannedOn: localDate("2026-04-11"), cumulativePercent: 100, completedOn: null }],
  duties,
});

describe("judgeProject", () => {
  const january = duty("2026-01", "2026-02-15", "2026-02-10", "25.0000");
  const silent = duty("2026-02", "2026-03-15", null, null);
  it.each([
    ["before the first report is due", facts({ ...january, submittedOn: null }), "2026-02-15", "green", null, null],
    ["the first report is missing", facts({ ...january, submittedOn: null }), "2026-02-16", "red", "30", "0"],
    ["reported: against the plan of the month's end", facts(january), "2026-03-10", "green", "30", "25"],
    ["the next month is silent but not due", facts(january, silent), "2026-03-15", "green", "30", "25"],
    ["silent and due: against its month's end", facts(january, silent), "2026-03-16", "red", "58", "25"],
    ["a report of tomorrow is not known today", facts(january), "2026-02-09", "green", null, null],
  ] as const)("%s", (_name, given, today, light, planned, actual) => {
    const judged = judgeProject(given, null, localDate(today), figures);
    expect([judged.light, judged.plannedPercent && toExact(judged.plannedPercent)]).toEqual([light, planned]);
    expect(judged.actualPercent && toExact(judged.actualPercent)).toBe(actual);
  });

  it("two missing reports are red whatever the plan says", () => {
    const given = { ...facts({ ...january, submittedOn: null }, silent), milestones: [] };
    expect(judgeProject(given, null, localDate("2026-03-16"), figures).reasons.map(({ code }) => code)).toEqual([
      "reportsMissing",
    ]);
  });

  it.each([
    ["made up in the next month: yellow", "2026-02", "red", "yellow"],
    ["and stays yellow for that month", "2026-03", "yellow", "yellow"],
    ["green in the month after", "2026-02", "yellow", "green"],
  ] as const)("a red %s", (_name, month, light, expected) => {
    const last = { light, reasons: light === "yellow" ? [{ code: "madeUpAfterRed" }] : [], period: period(month) };
    expect(judgeProject(facts(january), last, localDate("2026-03-10"), figures).light).toBe(expected);
  });
});

describe("judgeMonth", () => {
  const judge = (today: string, actual: number, ...duties: LightFacts["duties"]) =>
    judgeMonth(
      facts(...duties),
      { period: period("2026-02"), actualPercent: rational(actual) },
      null,
      localDate(today),
      figures,
    );
  it.each([
    ["signed after the month: against the month's end", "2026-03-20", "58"],
    ["signed long after: the same", "2026-12-01", "58"],
    ["signed within the month: against that day", "2026-02-11", "41"],
  ])("%s", (_name, today, expected) => {
    expect(toExact(judge(today, 50).plannedPercent ?? rational(-1))).toBe(expected);
  });

  it("counts the reports that were missing at the month's end, not those missing today", () => {
    const late = duty("2026-01", "2026-02-15", "2026-03-01", "25.0000");
    const never = duty("2025-12", "2026-01-15", null, null);
    expect(judge("2026-03-20", 58, late, never).reasons).toEqual([
      { code: "reportsMissing", facts: { count: 2, limitCount: 2 } },
    ]);
  });
});

describe("a project that is built", () => {
  const built = (limit: string, appliedOn: string | null): LightFacts => ({
    start: localDate("2026-01-01"),
    milestones: [],
    duties: [],
    acceptance: { limit: localDate(limit), appliedOn: appliedOn === null ? null : localDate(appliedOn) },
  });
  it.each([
    ["on the last day", built("2026-06-30", null), "2026-06-30", "green", []],
    ["the day after", built("2026-06-30", null), "2026-07-01", "red", [{ days: 1, dueOn: "2026-06-30" }]],
    ["applied that day", built("2026-06-30", "2026-07-01"), "2026-07-01", "green", []],
    ["will apply tomorrow", built("2026-06-30", "2026-07-02"), "2026-07-01", "red", [{ days: 1, dueOn: "2026-06-30" }]],
    ["with a later limit", built("2026-07-15", null), "2026-07-01", "green", []],
    ["not built", { ...built("2026-06-30", null), acceptance: null }, "2026-07-01", "green", []],
  ] as const)("%s", (_name, given, today, light, facts) => {
    const judged = judgeProject(given, null, localDate(today), figures);
    expect([judged.light, judged.reasons]).toEqual([
      light,
      facts.map((each) => ({ code: "acceptanceOverdue", facts: each })),
    ]);
  });

  it("red until it applied, then a month of yellow", () => {
    const last = { light: "red", reasons: [{ code: "acceptanceOverdue" }], period: period("2026-07") } as const;
    const judged = judgeProject(built("2026-06-30", "2026-07-20"), last, localDate("2026-07-20"), figures);
    expect(judged.reasons.map(({ code }) => code)).toEqual(["madeUpAfterRed"]);
  });

  it("a month's light looks from the month's end, whenever it is signed", () => {
    const month = { period: period("2026-06"), actualPercent: rational(0) };
    const judge = (limit: string) =>
      judgeMonth(built(limit, null), month, null, localDate("2026-07-20"), figures).light;
    expect([judge("2026-06-29"), judge("2026-06-30")]).toEqual(["red", "green"]);
  });
});
