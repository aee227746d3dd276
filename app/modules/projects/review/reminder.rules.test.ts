import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { reminderDue } from "./reminder.rules";

// Friday 24 July is a day off.
const calendar = {
  days: new Map([[localDate("2026-07-24"), { off: true, name: "休" }]]),
  years: new Set([2026]),
};
const due = (today: string, givenOn: string, dueOn: string) =>
  reminderDue(
    calendar,
    localDate(today),
    { givenOn: localDate(givenOn), dueOn: localDate(dueOn) },
    { first: 3, again: 1 },
  );

describe("reminderDue: ten working days, due Thursday 23 July", () => {
  it.each([
    ["four days before: nothing yet", "2026-07-17", null],
    ["three days before", "2026-07-20", "first"],
    ["two days before: the first one, made up if it was missed", "2026-07-21", "first"],
    ["the day before", "2026-07-22", "again"],
    ["the last day", "2026-07-23", "again"],
    ["the day after, though it is a day off", "2026-07-24", "overdue"],
    ["the next working day", "2026-07-27", "overdue"],
  ])("%s", (_name, today, expected) => {
    expect(due(today, "2026-07-09", "2026-07-23")).toBe(expected);
  });
});

describe("reminderDue: short limits", () => {
  it.each([
    ["three days given today need no reminder three days before", "2026-07-20", "2026-07-20", "2026-07-23", null],
    ["but one the day before", "2026-07-22", "2026-07-20", "2026-07-23", "again"],
    ["one day needs none before it is over", "2026-07-21", "2026-07-20", "2026-07-21", null],
    ["and then says so", "2026-07-22", "2026-07-20", "2026-07-21", "overdue"],
  ])("%s", (_name, today, givenOn, dueOn, expected) => {
    expect(due(today, givenOn, dueOn)).toBe(expected);
  });
});
