import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { byDueDate, remainingWorkdays, type WorkItem } from "./work-item";

const item = (key: string, dueOn: string | null): WorkItem => ({
  key,
  kind: "立项",
  what: "立项审核",
  title: "智慧管网系统",
  unitName: null,
  href: "/",
  dueOn: dueOn === null ? null : localDate(dueOn),
});

it("puts the earliest limit first, keeps the order of equal ones, and what has none last", () => {
  const items = [item("none", null), item("b", "2026-07-21"), item("a", "2026-07-20"), item("c", "2026-07-21")];
  expect([...items].sort(byDueDate).map(({ key }) => key)).toEqual(["a", "b", "c", "none"]);
});

describe("remainingWorkdays", () => {
  const calendar = { days: new Map(), years: new Set([2026]) };
  it.each([
    ["on the last day", "2026-07-17", "2026-07-17", 0],
    ["on the Saturday after a Friday", "2026-07-17", "2026-07-18", -1],
    ["on the Monday after", "2026-07-17", "2026-07-20", -1],
    ["on the Tuesday after", "2026-07-17", "2026-07-21", -2],
    ["over a weekend ahead", "2026-07-20", "2026-07-17", 1],
  ])("%s", (_name, dueOn, today, expected) => {
    expect(remainingWorkdays(calendar, localDate(today), localDate(dueOn))).toBe(expected);
  });
});
