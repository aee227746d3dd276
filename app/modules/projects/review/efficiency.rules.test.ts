import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { efficiencyOf, measureTurn, medianOf, TURN_SHOWS, type TurnFact } from "./efficiency.rules";

const calendar = { days: new Map(), years: new Set([2026]) };
const today = localDate("2026-07-20");
const turn = (closedOn: string | null, more: Partial<TurnFact> = {}): TurnFact => ({
  id: "1",
  projectId: "p",
  projectName: "智慧管网系统",
  desk: "formCheck",
  round: 1,
  openedOn: localDate("2026-07-06"),
  dueOn: localDate("2026-07-09"),
  closedOn: closedOn === null ? null : localDate(closedOn),
  outcome: closedOn === null ? null : "approved",
  reviewerId: null,
  reviewerName: null,
  ...more,
});
const measured = (...args: Parameters<typeof turn>) => measureTurn(calendar, today, turn(...args));

describe("measureTurn, opened Monday 6 July with three working days", () => {
  it.each([
    ["closed on its first day used nothing", "2026-07-06", { used: 0, late: 0, state: "done" }],
    ["closed on its last day is in time", "2026-07-09", { used: 3, late: 0 }],
    ["closed the day after is one late", "2026-07-10", { used: 4, late: 1 }],
    ["closed on the Monday after: the weekend does not count", "2026-07-13", { used: 5, late: 2 }],
    ["open is measured up to today", null, { used: 10, late: 7, remaining: -7, state: "open" }],
  ])("%s", (_name, closedOn, expected) => {
    expect(measured(closedOn)).toMatchObject(expected);
  });
  it("open and not due yet has days left and is not late", () => {
    const dueOn = localDate("2026-07-22");
    expect(measured(null, { dueOn })).toMatchObject({ late: 0, remaining: 2 });
  });
  it("closed by a withdrawal is neither done nor open", () => {
    expect(measured("2026-07-13", { outcome: null })).toMatchObject({ state: "withdrawn", remaining: null });
  });
});

describe("efficiencyOf", () => {
  const turns = [
    measured("2026-07-07"),
    measured("2026-07-10"),
    measured("2026-07-13", { outcome: "returned" }),
    measured("2026-07-17", { outcome: null }),
    measured(null),
    measured(null, { dueOn: localDate("2026-07-20") }),
  ];
  it("counts what was done, how late, and what is open; withdrawals count nowhere", () => {
    expect(efficiencyOf(turns)).toEqual({ done: 3, medianUsed: 4, late: 2, lateDays: 3, open: 2, overdue: 1 });
  });
  it("agrees with the rows behind each figure", () => {
    const figures = efficiencyOf(turns);
    for (const show of ["done", "late", "open", "overdue"] as const)
      expect(turns.filter(TURN_SHOWS[show])).toHaveLength(figures[show]);
  });
  it("of nothing has no median", () => {
    expect(efficiencyOf([])).toMatchObject({ done: 0, medianUsed: null });
  });
});

describe("medianOf", () => {
  it.each([
    [[], null],
    [[3], 3],
    [[5, 1], 3],
    [[1, 2], 1.5],
    [[9, 1, 2], 2],
    [[4, 1, 2, 9], 3],
  ])("%j is %s", (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});
