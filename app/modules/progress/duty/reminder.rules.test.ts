import { describe, expect, it } from "vitest";

import days2026 from "@seeds/data/calendar/2026.json";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { namesOf, reminderStage, reminderTitle, reportsHref, type UnsentReport } from "./reminder.rules";

const calendar: WorkCalendar = {
  days: new Map(days2026.map((d) => [localDate(d.date), { off: d.isOffDay, name: d.name }])),
  years: new Set([2026]),
};
const figures = {
  firstWorkdays: 7,
  againWorkdays: 3,
  lastWorkdays: 1,
  overdueEveryWorkdays: 5,
  overdueReminders: 4,
};

describe("reminderStage", () => {
  /** Due on Wednesday, 15 July 2026. */
  const stage = (today: string, more: Partial<typeof figures> = {}, dueOn = "2026-07-15") =>
    reminderStage({
      calendar,
      dueOn: localDate(dueOn),
      today: localDate(today),
      figures: { ...figures, ...more },
    });

  it.each([
    ["eight working days left", "2026-07-03", undefined],
    ["seven are left, a Saturday", "2026-07-04", undefined],
    ["seven are left, on the next working day", "2026-07-06", "first"],
    ["four are left", "2026-07-09", "first"],
    ["three are left", "2026-07-10", "again"],
    ["the Sunday between", "2026-07-12", undefined],
    ["two are left", "2026-07-13", "again"],
    ["one is left", "2026-07-14", "last"],
    ["the due day itself", "2026-07-15", "last"],
    ["one working day late", "2026-07-16", "overdue-1"],
    ["two working days late", "2026-07-17", "overdue-1"],
    ["late, a Saturday", "2026-07-18", undefined],
    ["five working days late", "2026-07-22", "overdue-1"],
    ["six working days late", "2026-07-23", "overdue-2"],
    ["ten working days late", "2026-07-29", "overdue-2"],
    ["eleven working days late", "2026-07-30", "overdue-3"],
    ["sixteen working days late", "2026-08-06", "overdue-4"],
    ["twenty working days late, the last of the last", "2026-08-12", "overdue-4"],
    ["twenty-one: from now on the bureau urges", "2026-08-13", undefined],
    ["a year late", "2027-07-15", undefined],
  ])("%s", (_name, today, expected) => expect(stage(today)).toBe(expected));

  it.each([
    ["a working day before the long holiday", "2026-09-30", "2026-10-09", "again"],
    ["on the long holiday", "2026-10-05", "2026-10-09", undefined],
    ["the first working day after it", "2026-10-08", "2026-10-09", "last"],
    ["a make-up Saturday is a working day", "2026-10-10", "2026-10-09", "overdue-1"],
    ["due on a day off, asked on the next working day", "2026-07-20", "2026-07-18", "overdue-1"],
  ])("%s", (_name, today, dueOn, expected) => expect(stage(today, {}, dueOn)).toBe(expected));

  it.each([
    ["no reminders after the due day", { overdueReminders: 0 }, "2026-07-16", undefined],
    ["every working day, the first", { overdueEveryWorkdays: 1 }, "2026-07-16", "overdue-1"],
    ["every working day, the second", { overdueEveryWorkdays: 1 }, "2026-07-17", "overdue-2"],
    ["every working day, past the fourth", { overdueEveryWorkdays: 1 }, "2026-07-22", undefined],
    ["one stage only before the due day", { firstWorkdays: 1, againWorkdays: 1 }, "2026-07-14", "last"],
    ["the last stage is first of all", { firstWorkdays: 1, againWorkdays: 1 }, "2026-07-13", undefined],
  ])("figures: %s", (_name, more, today, expected) => expect(stage(today, more)).toBe(expected));
});

const report = (projectName: string, more: Partial<UnsentReport> = {}): UnsentReport => ({
  projectName,
  period: period("2026-06"),
  dueOn: localDate("2026-07-15"),
  awaitsSignature: false,
  ...more,
});
const may = { period: period("2026-05"), dueOn: localDate("2026-06-15") };

describe("reminderTitle", () => {
  const say = (today: string, ...reports: UnsentReport[]) => reminderTitle(calendar, reports, localDate(today));
  it.each([
    [
      "before",
      "2026-07-10",
      [report("甲"), report("乙")],
      "2 份2026年6月月报距截止还有 3 个工作日（2026-07-15）：甲、乙",
    ],
    ["on the due day", "2026-07-15", [report("甲")], "1 份2026年6月月报今日截止（2026-07-15）：甲"],
    ["after", "2026-07-17", [report("甲")], "1 份2026年6月月报已逾期 2 个工作日（截止 2026-07-15）：甲"],
    [
      "over a weekend",
      "2026-07-19",
      [report("甲", { dueOn: localDate("2026-07-17") })],
      "1 份2026年6月月报已逾期（截止 2026-07-17）：甲",
    ],
    [
      "some that are to be signed",
      "2026-07-10",
      [report("甲"), report("乙", { awaitsSignature: true })],
      "2 份2026年6月月报距截止还有 3 个工作日（2026-07-15），其中 1 份待签批：甲、乙",
    ],
    [
      "of two months",
      "2026-07-16",
      [report("甲"), report("乙", may)],
      "2 份月报已逾期：甲（2026年6月）、乙（2026年5月）",
    ],
    [
      "two due days to come",
      "2026-07-10",
      [report("甲"), report("乙", { dueOn: localDate("2026-07-14") })],
      "2 份2026年6月月报即将截止：甲、乙",
    ],
  ])("%s", (_name, today, reports, expected) => expect(say(today, ...reports)).toBe(`月报提醒：您单位有 ${expected}`));
});

describe("namesOf", () => {
  const reports = (n: number) => Array.from({ length: n }, (_, at) => report(`项目${at + 1}`));
  it.each([
    ["five are all named", 5, "项目1、项目2、项目3、项目4、项目5"],
    ["of six five are named", 6, "项目1、项目2、项目3、项目4、项目5等 6 份"],
  ])("%s", (_name, n, expected) => expect(namesOf(reports(n))).toBe(expected));
});

describe("reportsHref", () => {
  it.each([
    ["of one month", [report("甲"), report("乙")], "/reports?period=2026-06"],
    ["of two months", [report("甲"), report("乙", may)], "/reports"],
  ])("%s", (_name, reports, expected) => expect(reportsHref(reports)).toBe(expected));
});
