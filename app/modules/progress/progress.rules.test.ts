import { describe, expect, it } from "vitest";

import days2024 from "@seeds/data/calendar/2024.json";
import days2026 from "@seeds/data/calendar/2026.json";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { parseRational, rational, toFixed } from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { lightOf, prefillReport, progressGap, rememberedLight, reportDueOn, reportStatus } from "./progress.rules";

describe("progressGap", () => {
  it.each([
    ["119.73 of 195.82 at 62.5 % is 1.36 points behind", "119.73", "195.82", "0.625", 2, "-1.36"],
    ["629.0 of 647.4 at ten months is 13.8 ahead, not 13.9", "629.0", "647.4", "10/12", 1, "13.8"],
    ["74 % at eight months is 7.33 ahead", "74", "100", "8/12", 2, "7.33"],
    ["exactly on time", "6", "12", "6/12", 2, "0.00"],
    ["nothing done at the year's end", "0", "5", "1", 2, "-100.00"],
    ["more than the total", "11", "10", "1", 2, "10.00"],
  ])("%s", (_name, done, total, timeShare, digits, expected) => {
    const gap = progressGap({
      done: parseRational(done),
      total: parseRational(total),
      timeShare: parseRational(timeShare),
    });
    expect(gap && toFixed(gap, digits)).toBe(expected);
  });

  it("has no answer without a total", () => {
    expect(progressGap({ done: rational(1), total: rational(0), timeShare: rational(1, 2) })).toBeUndefined();
  });
});

describe("reportDueOn", () => {
  const calendar: WorkCalendar = {
    days: new Map([...days2024, ...days2026].map((d) => [localDate(d.date), { off: d.isOffDay, name: d.name }])),
    years: new Set([2024, 2026]),
  };

  it.each([
    ["the 5th is a working day", "2026-01", 5, "2026-02-05"],
    ["the 5th is a Sunday in the Qingming holiday", "2026-03", 5, "2026-04-07"],
    ["the 5th is in the Labour Day holiday", "2026-04", 5, "2026-05-06"],
    ["the 5th is in the National Day holiday", "2026-09", 5, "2026-10-08"],
    ["the 15th is in the Spring Festival", "2026-01", 15, "2026-02-24"],
    ["a make-up Sunday is a working day and stays", "2025-12", 4, "2026-01-04"],
    ["December is due in the next year", "2026-12", 5, "2027-01-05"],
    ["the 31st in a February of 28 days, a make-up Saturday", "2026-01", 31, "2026-02-28"],
    ["the 31st in a February of 29 days", "2024-01", 31, "2024-02-29"],
    ["the 31st in a month of 30 days", "2026-03", 31, "2026-04-30"],
    ["the 1st", "2026-05", 1, "2026-06-01"],
  ])("%s", (_name, month, day, expected) => expect(reportDueOn(calendar, period(month), day)).toBe(expected));

  it.each([0, 32, 5.5])("refuses the reporting day %d", (day) => {
    expect(() => reportDueOn(calendar, period("2026-01"), day)).toThrow(RangeError);
  });
});

describe("reportStatus", () => {
  it.each([
    ["before the due day, nothing submitted", null, "2026-03-04", "notDue"],
    ["on the due day, nothing submitted", null, "2026-03-05", "notDue"],
    ["the day after, nothing submitted", null, "2026-03-06", "missing"],
    ["submitted on the due day", "2026-03-05", "2026-03-06", "onTime"],
    ["submitted before the due day, asked before it", "2026-03-02", "2026-03-03", "onTime"],
    ["submitted one day late", "2026-03-06", "2026-03-06", "late"],
    ["late for ever, however much later it is asked", "2026-03-06", "2027-01-01", "late"],
    ["as of a cut-off before the late submission it was missing", "2026-03-09", "2026-03-08", "missing"],
    ["as of a day before the submission it was not due", "2026-03-05", "2026-03-04", "notDue"],
  ] as const)("%s", (_name, submittedOn, today, expected) => {
    expect(
      reportStatus({
        dueOn: localDate("2026-03-05"),
        submittedOn: submittedOn === null ? null : localDate(submittedOn),
        today: localDate(today),
      }),
    ).toBe(expected);
  });
});

describe("lightOf", () => {
  const figures = { redLagPoints: 20, yellowLagPoints: 10, redOverdueDays: 30, redMissingReports: 2 };
  const today = localDate("2026-06-30");
  const onPlan = {
    plannedPercent: rational(50),
    actualPercent: rational(50),
    milestones: [],
    missingReports: 0,
    today,
    previousLight: null,
    figures,
  };
  const codes = (input: Partial<Parameters<typeof lightOf>[0]>) => {
    const { light, reasons } = lightOf({ ...onPlan, ...input });
    return [light, ...reasons.map((reason) => reason.code)];
  };
  const milestone = (plannedOn: string, completedOn: string | null = null) => ({
    plannedOn: localDate(plannedOn),
    completedOn: completedOn === null ? null : localDate(completedOn),
  });

  it.each([
    ["on plan", "50", ["green"]],
    ["ahead of plan", "90", ["green"]],
    ["just under 10 points behind", "40.0001", ["green"]],
    ["10 points behind", "40", ["yellow", "lagYellow"]],
    ["just under 20 points behind", "30.0001", ["yellow", "lagYellow"]],
    ["20 points behind", "30", ["red", "lagRed"]],
    ["nothing done", "0", ["red", "lagRed"]],
  ])("progress: %s", (_name, actual, expected) => {
    expect(codes({ actualPercent: parseRational(actual) })).toEqual(expected);
  });

  it("limits with decimals are exact", () => {
    const input = { plannedPercent: parseRational("20.3"), actualPercent: rational(20) };
    expect(codes({ ...input, figures: { ...figures, yellowLagPoints: 0.3 } })).toEqual(["yellow", "lagYellow"]);
  });

  it.each([
    ["planned for today", milestone("2026-06-30"), ["green"]],
    ["one day overdue", milestone("2026-06-29"), ["yellow", "milestoneOverdue"]],
    ["30 days overdue", milestone("2026-05-31"), ["yellow", "milestoneOverdue"]],
    ["31 days overdue", milestone("2026-05-30"), ["red", "milestoneLongOverdue"]],
    ["completed late is not overdue any more", milestone("2026-01-31", "2026-06-30"), ["green"]],
    ["completed only after the day asked about", milestone("2026-06-29", "2026-07-01"), ["yellow", "milestoneOverdue"]],
  ])("milestone: %s", (_name, only, expected) => expect(codes({ milestones: [only] })).toEqual(expected));

  it.each([
    ["none", 0, ["green"]],
    ["one", 1, ["green"]],
    ["two", 2, ["red", "reportsMissing"]],
    ["three", 3, ["red", "reportsMissing"]],
  ])("missing reports: %s", (_name, missingReports, expected) => expect(codes({ missingReports })).toEqual(expected));

  it.each([
    ["a red month made up later becomes yellow, not green", "red", "50", ["yellow", "madeUpAfterRed"]],
    ["after that yellow month it becomes green", "yellow", "50", ["green"]],
    ["a green month stays green", "green", "50", ["green"]],
    [
      "red and still 10 behind is yellow for the lag, and remembers",
      "red",
      "40",
      ["yellow", "lagYellow", "madeUpAfterRed"],
    ],
    ["red and still 20 behind stays red", "red", "30", ["red", "lagRed"]],
  ])("history: %s", (_name, previousLight, actual, expected) => {
    expect(codes({ previousLight: previousLight as Light, actualPercent: parseRational(actual) })).toEqual(expected);
  });

  it("gives every reason with its facts, red ones first", () => {
    expect(
      lightOf({
        ...onPlan,
        actualPercent: parseRational("36.667"),
        milestones: [milestone("2026-06-20"), milestone("2026-05-01"), milestone("2026-04-01")],
        missingReports: 2,
      }),
    ).toEqual({
      light: "red",
      reasons: [
        { code: "milestoneLongOverdue", facts: { count: 2, longestDays: 90, limitDays: 30 } },
        { code: "reportsMissing", facts: { count: 2, limitCount: 2 } },
        { code: "lagYellow", facts: { lagPoints: "13.33", limitPoints: 10 } },
        { code: "milestoneOverdue", facts: { count: 1, longestDays: 10, limitDays: 30 } },
      ],
    });
  });
});

describe("rememberedLight", () => {
  const last = (light: Light, month: string, ...codes: string[]) => ({
    light,
    reasons: codes.map((code) => ({ code })),
    period: period(month),
  });
  it.each([
    ["nothing was recorded", null, null],
    ["a red of this month", last("red", "2026-06", "lagRed"), "red"],
    ["a red of long ago", last("red", "2026-01", "lagRed"), "red"],
    ["a red made up this month", last("yellow", "2026-06", "madeUpAfterRed"), "red"],
    ["a red made up this month but for a lag", last("yellow", "2026-06", "lagYellow", "madeUpAfterRed"), "red"],
    ["a red made up last month", last("yellow", "2026-05", "madeUpAfterRed"), "yellow"],
    ["a yellow of this month that never was red", last("yellow", "2026-06", "lagYellow"), "yellow"],
    ["green", last("green", "2026-06"), "green"],
  ])("%s", (_name, recorded, expected) => expect(rememberedLight(recorded, period("2026-06"))).toBe(expected));
});

describe("prefillReport", () => {
  const milestone = (
    name: string,
    plannedOn: string,
    cumulativePercent: number,
    completedOn: string | null = null,
  ) => ({
    name,
    plannedOn: localDate(plannedOn),
    completedOn: completedOn === null ? null : localDate(completedOn),
    cumulativePercent,
  });
  const milestones = [
    milestone("需求确认", "2026-03-31", 20, "2026-03-30"),
    milestone("系统开发", "2026-06-30", 60),
    milestone("数据接入", "2026-07-01", 70),
    milestone("部署", "2026-07-31", 80, "2026-06-20"),
    milestone("初验", "2026-08-01", 90),
  ];
  const start = localDate("2026-03-01");
  const today = localDate("2026-12-31");
  const finance = { spentFen: fen(12_300), spentTotalFen: fen(99_900) };
  const previous = {
    actualPercent: "45.5000",
    doneThisMonth: "完成接口设计",
    nextMonth: "完成开发",
    problems: "场地未定",
    mattersToSettle: "请协调机房",
  };

  it("continues last month's report", () => {
    expect(prefillReport(previous, { period: period("2026-06"), start, milestones }, finance, today)).toEqual({
      plannedPercent: "60.0000",
      actualPercent: "45.5000",
      doneThisMonth: "完成开发",
      nextMonth: "数据接入",
      problems: "场地未定",
      mattersToSettle: "请协调机房",
      spentFen: 12_300,
      spentTotalFen: 99_900,
    });
  });

  it("starts from nothing in the first month", () => {
    expect(prefillReport(null, { period: period("2026-02"), start, milestones }, finance, today)).toMatchObject({
      plannedPercent: "0.0000",
      actualPercent: "0",
      doneThisMonth: "",
      nextMonth: "",
      problems: "",
      mattersToSettle: "",
    });
  });

  it.each([
    ["before what was announced", previous, "“管网一张图”完成上云步骤“系统部署”（2026-06-18）。\n完成开发"],
    ["alone in the first month", null, "“管网一张图”完成上云步骤“系统部署”（2026-06-18）。"],
  ])("offers the month's steps to the cloud as done, %s", (_name, before, expected) => {
    const steps = [{ systemName: "管网一张图", step: "系统部署", completedOn: localDate("2026-06-18") }];
    const plan = { period: period("2026-06"), start, milestones };
    expect(prefillReport(before, plan, finance, today, steps).doneThisMonth).toBe(expected);
  });

  it.each([
    ["of the month's last day", "2026-03", "2026-12-31", "20.0000"],
    ["between two milestones, in proportion", "2026-04", "2026-12-31", "33.1868"],
    ["of today while the month is running", "2026-03", "2026-03-16", "10.0000"],
  ])("planned progress: %s", (_name, month, asOf, expected) => {
    const plan = { period: period(month), start, milestones };
    expect(prefillReport(null, plan, finance, localDate(asOf)).plannedPercent).toBe(expected);
  });
});
