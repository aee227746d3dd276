import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { countdownLight, lateWorkdays, turnDueOn } from "./turn.rules";

// 2026-07-20 is a Monday; the only exception is a day off on Friday the 24th.
const calendar: WorkCalendar = {
  days: new Map([[localDate("2026-07-24"), { off: true, name: "休" }]]),
  years: new Set([2026]),
};
const turn = (openedOn: string, closedOn: string) => ({ openedOn: localDate(openedOn), closedOn: localDate(closedOn) });

describe("turnDueOn", () => {
  it.each([
    ["the first turn has the whole limit; the day off is skipped", 10, [], "2026-08-04"],
    ["a turn closed on its first day used nothing", 10, [turn("2026-07-06", "2026-07-06")], "2026-08-04"],
    ["what an earlier turn used is gone", 10, [turn("2026-07-06", "2026-07-09")], "2026-07-30"],
    [
      "two earlier turns add up",
      10,
      [turn("2026-07-06", "2026-07-08"), turn("2026-07-13", "2026-07-16")],
      "2026-07-28",
    ],
    ["a weekend inside a turn used nothing", 10, [turn("2026-07-10", "2026-07-13")], "2026-08-03"],
    ["a limit used up leaves one working day", 3, [turn("2026-07-06", "2026-07-17")], "2026-07-21"],
  ])("%s", (_name, limit, earlier, due) => {
    expect(turnDueOn(calendar, localDate("2026-07-20"), limit, earlier)).toBe(due);
  });
});

describe("lateWorkdays", () => {
  it.each([
    ["closed before the last day", "2026-07-22", 0],
    ["closed on the last day", "2026-07-23", 0],
    ["the day after is a day off, then a weekend: closed on Sunday is not late", "2026-07-26", 0],
    ["the first working day after the limit", "2026-07-27", 1],
    ["a week later", "2026-08-03", 6],
  ])("%s", (_name, closedOn, late) => {
    expect(lateWorkdays(calendar, localDate("2026-07-23"), localDate(closedOn))).toBe(late);
  });
});

describe("countdownLight, yellow from 2 working days", () => {
  it.each([
    [3, "green"],
    [2, "yellow"],
    [0, "yellow"],
    [-1, "red"],
  ])("%i left: %s", (remaining, light) => {
    expect(countdownLight(remaining, 2)).toBe(light);
  });
});
