import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { reportDueOn } from "~/kernel/reporting-day";
import type { DeadlineKind } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { deadlineProblems, remainingDoubts } from "./edit.rules";
import { deadlineOf, leadsTask, momentStandings, type NamedUnit, taskOverdueDays, unmetParts } from "./task.rules";
import { decideUpdate } from "./update.rules";

const day = localDate;
const by = (on: string, what = "") => ({ on: day(on), what, mode: "by" as const });
const from = (on: string) => ({ on: day(on), what: "", mode: "from" as const });
const task = (
  deadlineKind: DeadlineKind,
  deadlines: (ReturnType<typeof by> | ReturnType<typeof from>)[],
  closedOn: string | null = null,
) => ({
  deadlineKind,
  deadlineText: "",
  deadlines,
  state: closedOn === null ? ("open" as const) : ("closed" as const),
  closedOn: closedOn === null ? null : day(closedOn),
});
const met = (position: number, metOn: string) => ({ position, metOn: day(metOn) });
const TWO = task("milestones", [by("2026-03-31"), by("2026-06-30")]);

describe("days overdue", () => {
  it.each([
    ["the day itself is in time", TWO, [], "2026-03-31", 0],
    ["the day after", TWO, [], "2026-04-01", 1],
    ["the first part met, the second not due", TWO, [met(0, "2026-03-30")], "2026-06-30", 0],
    ["the first part met, the second overdue", TWO, [met(0, "2026-03-30")], "2026-07-20", 20],
    ["a part met late was overdue until its day", TWO, [met(0, "2026-04-10")], "2026-04-09", 9],
    ["a part met late counts from its day", TWO, [met(0, "2026-04-10")], "2026-04-10", 0],
    ["ongoing work has no day", task("ongoing", []), [], "2099-01-01", 0],
    ["what starts and goes on is never overdue", task("startThenOngoing", [by("2026-01-01")]), [], "2026-07-20", 0],
    ["closed before its day", task("byDate", [by("2026-03-31")], "2026-03-01"), [], "2026-07-20", 0],
  ])("%s", (_name, each, parts, today, days) => expect(taskOverdueDays(each, parts, day(today))).toBe(days));
});

describe("parts to prove before closing", () => {
  it.each([
    ["all of them", TWO, [], [0, 1]],
    ["the one that is left", TWO, [met(0, "2026-03-30")], [1]],
    ["none", TWO, [met(0, "2026-03-30"), met(1, "2026-06-01")], []],
    ["a start is no result", task("milestones", [from("2026-01-01"), by("2026-06-30")]), [], [1]],
    ["what goes on has none", task("startThenOngoing", [by("2026-01-01")]), [], []],
  ])("%s", (_name, each, parts, expected) => expect(unmetParts(deadlineOf(each), parts)).toEqual(expected));
});

describe("how each part stands", () => {
  it.each([
    [
      "met in time, and due",
      TWO,
      [met(0, "2026-03-31")],
      [
        { state: "met", metOn: "2026-03-31", lateDays: 0 },
        { state: "due", days: 0 },
      ],
    ],
    [
      "met late",
      TWO,
      [met(0, "2026-04-02")],
      [
        { state: "met", metOn: "2026-04-02", lateDays: 2 },
        { state: "due", days: 0 },
      ],
    ],
    [
      "overdue",
      TWO,
      [],
      [
        { state: "overdue", days: 91 },
        { state: "due", days: 0 },
      ],
    ],
    ["a start", task("startThenOngoing", [from("2026-01-01")]), [], [{ state: "undated" }]],
  ])("%s", (_name, each, parts, expected) => {
    expect(momentStandings(deadlineOf(each), parts, day("2026-06-30"), null)).toEqual(expected);
  });
});

describe("who leads a task", () => {
  const unit = (unitId: string, role: NamedUnit["role"], via: string | null = null) => ({ unitId, role, via });
  it.each([
    ["the lead", [unit("a", "lead"), unit("b", "responsible")], "a", true],
    ["not the responsible beside a lead", [unit("a", "lead"), unit("b", "responsible")], "b", false],
    ["a member of a leading group", [unit("a", "lead", "市各部门")], "a", true],
    ["the responsible where nobody leads", [unit("b", "responsible")], "b", true],
    ["not a unit that is not named", [unit("b", "responsible")], "c", false],
  ])("%s", (_name, named, unitId, expected) => expect(leadsTask(named, unitId)).toBe(expected));
});

describe("the month's update", () => {
  const plain: WorkCalendar = { days: new Map(), years: new Set([2026]) };
  const holiday: WorkCalendar = {
    days: new Map([[day("2026-08-17"), { off: true, name: "本地节日" }]]),
    years: new Set([2026]),
  };
  it.each([
    ["a working day", plain, "2026-06", 15, "2026-07-15"],
    ["a Saturday moves to Monday", plain, "2026-07", 15, "2026-08-17"],
    ["and on, where that Monday is off in the region", holiday, "2026-07", 15, "2026-08-18"],
    ["a day that the month lacks is its last", plain, "2027-01", 31, "2027-03-01"],
    ["December is due in the next year", plain, "2026-12", 5, "2027-01-05"],
  ])("is due on %s", (_name, calendar, month, reportingDay, due) => {
    expect(reportDueOn(calendar, period(month), reportingDay)).toBe(due);
  });

  it.each([
    ["this month's", "2026-07", "2026-07-31", false, true],
    ["this month's again", "2026-07", "2026-07-31", true, true],
    ["last month's on its due day", "2026-07", "2026-08-17", false, true],
    ["last month's after its due day", "2026-07", "2026-08-18", false, false],
    ["last month's that was written", "2026-07", "2026-08-03", true, false],
    ["the month before last", "2026-06", "2026-08-03", false, false],
    ["a month that has not begun", "2026-09", "2026-08-31", false, false],
  ])("%s", (_name, month, today, isWritten, expected) => {
    const facts = { today: day(today), dueOn: day("2026-08-17"), isWritten };
    expect(decideUpdate(period(month), facts).ok).toBe(expected);
  });
});

describe("a corrected deadline", () => {
  it.each([
    ["one result", "byDate", [by("2026-06-30")], []],
    ["a date that lacks", "byDate", [], ["dateMissing"]],
    ["two results are milestones", "byDate", [by("2026-03-31"), by("2026-06-30")], ["datesTooMany"]],
    ["a start is no result", "byDate", [from("2026-03-31")], ["startNotDue"]],
    ["milestones", "milestones", [by("2026-03-31"), by("2026-06-30")], []],
    ["one milestone", "milestones", [by("2026-03-31")], ["datesTooFew"]],
    ["milestones without result", "milestones", [from("2026-03-31"), from("2026-06-30")], ["startNotDue"]],
    ["milestones backwards", "milestones", [by("2026-06-30"), by("2026-03-31")], ["datesInDisorder"]],
    ["a start", "startThenOngoing", [from("2026-03-31")], []],
    ["a start that lacks", "startThenOngoing", [], ["dateMissing"]],
    ["ongoing work with a date", "ongoing", [by("2026-03-31")], ["datesTooMany"]],
    ["the superior's schedule", "superiorSchedule", [], []],
  ] as const)("%s", (_name, kind, dates, codes) => {
    expect(deadlineProblems({ kind, dates }).map(({ code }) => code)).toEqual(codes);
  });
});

describe("what remains doubtful after a correction", () => {
  const known = { mention: "市水利局", kind: "unit" as const, unitId: "1", doubt: null };
  const unknown = { ...known, unitId: null, doubt: { code: "unitUnknown" as const, facts: { list: "lead" } } };
  it.each([
    ["nothing", "标题", [known], [known], []],
    ["no title", null, [known], [known], ["titleMissing"]],
    ["no lead", "标题", [], [known], ["leadMissing"]],
    ["nobody responsible, and a name that means nobody", "标题", [unknown], [], ["responsibleMissing", "unitUnknown"]],
  ])("%s", (_name, title, lead, responsible, codes) => {
    expect(remainingDoubts({ title, lead, responsible }).map(({ code }) => code)).toEqual(codes);
  });
});
