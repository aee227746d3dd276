import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";

import { turnDueOn } from "./turn.rules";

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
