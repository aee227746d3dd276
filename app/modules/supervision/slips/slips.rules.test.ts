import { describe, expect, it } from "vitest";

import days2026 from "@seeds/data/calendar/2026.json";
import { localDate } from "~/kernel/local-date";
import type { IssuedColour, SupervisionState } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { slipBounds, slipColour, slipDays, slipsDue } from "./slips.rules";

const calendar: WorkCalendar = {
  days: new Map(days2026.map((d) => [localDate(d.date), { off: d.isOffDay, name: d.name }])),
  years: new Set([2026]),
};
const LIMITS = { blueWorkdays: 3, redWorkdays: 10 };

/** Around weekends and the National Day: 2026-09-20 (Sunday) and 2026-10-10 (Saturday) are worked, 10-01 to 10-07 are off. */
const BOUNDARIES = [
  ["four workdays left", "2026-07-24", "2026-07-20", "none"],
  ["the day of blue: three workdays left", "2026-07-24", "2026-07-21", "blue"],
  ["the day of blue, a weekend between", "2026-07-22", "2026-07-17", "blue"],
  ["the day before blue, a weekend between", "2026-07-22", "2026-07-16", "none"],
  ["the due day", "2026-07-24", "2026-07-24", "blue"],
  ["the day after, a Saturday", "2026-07-24", "2026-07-25", "orange"],
  ["the day after, a working day", "2026-07-23", "2026-07-24", "orange"],
  ["the last orange workday: ten overdue", "2026-07-24", "2026-08-07", "orange"],
  ["ten overdue and a weekend", "2026-07-24", "2026-08-09", "orange"],
  ["the first red: eleven workdays overdue", "2026-07-24", "2026-08-10", "red"],
  ["long after", "2026-07-24", "2026-12-01", "red"],
  ["due on a day off, seen on the workday after", "2026-07-25", "2026-07-27", "orange"],
  ["the last orange over the National Day holiday", "2026-09-24", "2026-10-15", "orange"],
  ["the first red over it, the make-up Saturday counted", "2026-09-24", "2026-10-16", "red"],
  ["blue after the holiday, the make-up Saturday among the three", "2026-10-12", "2026-10-08", "blue"],
  ["none before it, the make-up Saturday makes it four", "2026-10-12", "2026-09-30", "none"],
] as const;

const colourOn = (today: string, dueOn: string) =>
  slipColour(slipBounds(calendar, localDate(today), LIMITS), localDate(dueOn));

describe("slipColour", () => {
  it.each(BOUNDARIES)("%s", (_name, dueOn, today, expected) => {
    expect(colourOn(today, dueOn)).toBe(expected);
  });
  it("with no day of blue or orange, the due day has no slip and the workday after is red", () => {
    const bounds = slipBounds(calendar, localDate("2026-07-21"), { blueWorkdays: 0, redWorkdays: 0 });
    expect(["2026-07-20", "2026-07-21", "2026-07-22"].map((day) => slipColour(bounds, localDate(day)))).toEqual([
      "red",
      "blue",
      "none",
    ]);
  });
});

const item = (dueOn: string, state: SupervisionState = "accepted", round = 0, id = "a") => ({
  id,
  round,
  state,
  dueOn: localDate(dueOn),
});
const due = (
  items: ReturnType<typeof item>[],
  today: string,
  issued: { itemId: string; round: number; colour: IssuedColour }[] = [],
) => slipsDue(items, issued, calendar, localDate(today), LIMITS).map(({ item: { id }, colour }) => `${id} ${colour}`);
const known = (colour: IssuedColour, round = 0, itemId = "a") => ({ itemId, round, colour });

describe("slipsDue", () => {
  it.each([
    ["four workdays left", "2026-07-24", "2026-07-20", []],
    ["the day of blue", "2026-07-24", "2026-07-21", ["a blue"]],
    ["the due day", "2026-07-24", "2026-07-24", ["a blue"]],
    ["the day after is a day off: quiet", "2026-07-24", "2026-07-25", []],
    ["the workday after, nothing issued before", "2026-07-24", "2026-07-27", ["a blue", "a orange"]],
    ["the last orange workday", "2026-07-24", "2026-08-07", ["a blue", "a orange"]],
    ["the first red", "2026-07-24", "2026-08-10", ["a blue", "a orange", "a red"]],
    ["a make-up working Saturday is a day like others", "2026-10-12", "2026-10-10", ["a blue"]],
    ["a holiday is quiet, though the limit is long past", "2026-07-24", "2026-10-01", []],
  ] as const)("%s", (_name, dueOn, today, expected) => {
    expect(due([item(dueOn)], today)).toEqual(expected);
  });

  it.each([
    ["blue is there", [known("blue")], ["a orange", "a red"]],
    ["blue and orange are there", [known("blue"), known("orange")], ["a red"]],
    ["all are there", [known("blue"), known("orange"), known("red")], []],
    ["those of another round do not count", [known("blue", 1), known("orange", 1)], ["a blue", "a orange", "a red"]],
    ["those of another item do not count", [known("blue", 0, "b")], ["a blue", "a orange", "a red"]],
  ])("each colour once in a round: %s", (_name, issued, expected) => {
    expect(due([item("2026-07-24")], "2026-08-10", issued)).toEqual(expected);
  });

  it.each([
    ["registered", []],
    ["assigned", ["a blue", "a orange"]],
    ["accepted", ["a blue", "a orange"]],
    ["urged", ["a blue", "a orange"]],
    ["replied", []],
    ["verified", []],
    ["closed", []],
  ] as const)("an item that is %s", (state, expected) => {
    expect(due([item("2026-07-24", state)], "2026-07-27")).toEqual(expected);
  });

  it("a later limit after a blue slip raises no second blue in the round; reopened it begins anew", () => {
    expect(due([item("2026-08-24")], "2026-08-19", [known("blue")])).toEqual([]);
    expect(due([item("2026-08-24", "accepted", 1)], "2026-08-19", [known("blue")])).toEqual(["a blue"]);
  });

  it("the earliest limit comes first, of one day the item that was registered first", () => {
    const items = [
      item("2026-07-22", "accepted", 0, "c"),
      item("2026-07-23", "urged", 0, "a"),
      item("2026-07-22", "assigned", 0, "b"),
    ];
    expect(due(items, "2026-07-23")).toEqual(["b blue", "b orange", "c blue", "c orange", "a blue"]);
  });
});

describe("slipDays", () => {
  it.each([
    ["blue: answer by the due day", "blue", "2026-07-24", "2026-07-21", { left: 3, over: 0, replyBy: "2026-07-24" }],
    [
      "orange: before it becomes red",
      "orange",
      "2026-07-24",
      "2026-07-27",
      { left: 0, over: 1, replyBy: "2026-08-07" },
    ],
    ["red: at once", "red", "2026-07-24", "2026-08-10", { left: 0, over: 11, replyBy: null }],
    ["blue made up for after the limit", "blue", "2026-07-24", "2026-07-27", { left: 0, over: 1, replyBy: null }],
    [
      "orange on the last orange day",
      "orange",
      "2026-07-24",
      "2026-08-07",
      { left: 0, over: 10, replyBy: "2026-08-07" },
    ],
  ] as const)("%s", (_name, colour, dueOn, issuedOn, expected) => {
    expect(slipDays(calendar, colour, localDate(dueOn), localDate(issuedOn), LIMITS)).toEqual(expected);
  });
});
