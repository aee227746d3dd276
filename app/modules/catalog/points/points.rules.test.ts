import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

import {
  doublingsOf,
  lastClosedMonth,
  pointsFor,
  ruleOn,
  staleMonths,
  type PointFact,
  type PointRule,
} from "./points.rules";

const on = localDate;
const since = on("2020-01-01");
const RULES: readonly PointRule[] = [
  { code: "points.published", from: since, value: 5 },
  { code: "points.published", from: on("2026-07-01"), value: 8 },
  { code: "points.updatedOnTime", from: since, value: 1 },
  { code: "points.demandMetInTime", from: since, value: 3 },
  { code: "points.usedPerDoubling", from: since, value: 1 },
  { code: "points.usedLogBase", from: since, value: 100 },
  { code: "points.stale", from: since, value: 2 },
  { code: "points.refusedWithoutBasis", from: since, value: 5 },
  { code: "points.errorConfirmed", from: since, value: 1 },
];
const today = on("2026-07-20");
const of = { unitId: "water" };

describe("pointsFor", () => {
  it.each<[string, PointFact, [kind: string, points: number, on: string][]]>([
    [
      "publication under the old value",
      { ...of, kind: "published", resourceId: "r", on: on("2026-06-30") },
      [["published", 5, "2026-06-30"]],
    ],
    [
      "publication on the first day of the new value",
      { ...of, kind: "published", resourceId: "r", on: on("2026-07-01") },
      [["published", 8, "2026-07-01"]],
    ],
    ["publication before any rule", { ...of, kind: "published", resourceId: "r", on: on("2019-12-31") }, []],
    [
      "an update on the last day",
      { ...of, kind: "updated", resourceId: "r", dueOn: on("2026-06-30"), updatedOn: on("2026-06-30") },
      [["updatedOnTime", 1, "2026-06-30"]],
    ],
    [
      "an update one day late",
      { ...of, kind: "updated", resourceId: "r", dueOn: on("2026-06-30"), updatedOn: on("2026-07-01") },
      [],
    ],
    [
      "an update two days late: one day stood stale",
      { ...of, kind: "updated", resourceId: "r", dueOn: on("2026-06-30"), updatedOn: on("2026-07-02") },
      [["stale", -2, "2026-07-01"]],
    ],
    [
      "no update since May, limit on the last of May",
      { ...of, kind: "updated", resourceId: "r", dueOn: on("2026-05-31"), updatedOn: null },
      [
        ["stale", -2, "2026-06-01"],
        ["stale", -2, "2026-07-01"],
      ],
    ],
    ["no update, limit today", { ...of, kind: "updated", resourceId: "r", dueOn: today, updatedOn: null }, []],
    [
      "no update, limit yesterday",
      { ...of, kind: "updated", resourceId: "r", dueOn: on("2026-07-19"), updatedOn: null },
      [["stale", -2, "2026-07-20"]],
    ],
    [
      "delivery on the last day",
      { ...of, kind: "delivered", demandId: "d", on: on("2026-07-10"), dueOn: on("2026-07-10") },
      [["demandMetInTime", 3, "2026-07-10"]],
    ],
    [
      "delivery a day late",
      { ...of, kind: "delivered", demandId: "d", on: on("2026-07-11"), dueOn: on("2026-07-10") },
      [],
    ],
    ["delivery without a limit", { ...of, kind: "delivered", demandId: "d", on: on("2026-07-11"), dueOn: null }, []],
    [
      "a refusal overruled",
      { ...of, kind: "refusalOverruled", demandId: "d", on: on("2026-07-13") },
      [["refusedWithoutBasis", -5, "2026-07-13"]],
    ],
    [
      "a confirmed error",
      { ...of, kind: "errorConfirmed", correctionId: "c", on: on("2026-07-13") },
      [["errorConfirmed", -1, "2026-07-13"]],
    ],
    ["99 uses: below the base", { ...of, kind: "used", resourceId: "r", month: period("2026-06"), times: 99 }, []],
    [
      "300 uses: doubled twice",
      { ...of, kind: "used", resourceId: "r", month: period("2026-06"), times: 300 },
      [["used", 2, "2026-06-30"]],
    ],
  ])("%s", (_name, fact, expected) => {
    const entries = pointsFor(fact, RULES, today);
    expect(entries.map((each) => [each.kind, each.points, each.on])).toEqual(expected);
    for (const each of entries) expect(each.unitId).toBe("water");
  });

  it("an entry names what earned it and the version of the rule that set it", () => {
    expect(pointsFor({ ...of, kind: "published", resourceId: "r", on: on("2026-07-02") }, RULES, today)).toEqual([
      {
        unitId: "water",
        kind: "published",
        points: 8,
        subjectType: "resource",
        subjectId: "r",
        key: "published:r",
        ruleCode: "points.published",
        ruleFrom: "2026-07-01",
        on: "2026-07-02",
      },
    ]);
  });

  it("two timely updates in a month are counted under one key, in two months under two", () => {
    const keyOf = (updatedOn: string) =>
      pointsFor(
        { ...of, kind: "updated", resourceId: "r", dueOn: on(updatedOn), updatedOn: on(updatedOn) },
        RULES,
        today,
      )[0]?.key;
    expect(keyOf("2026-06-01")).toBe(keyOf("2026-06-30"));
    expect(keyOf("2026-06-30")).not.toBe(keyOf("2026-07-01"));
  });
});

describe("doublingsOf", () => {
  it.each([
    [0, 0],
    [99, 0],
    [100, 1],
    [299, 1],
    [300, 2],
    [699, 2],
    [700, 3],
    [102_299, 9],
    [102_300, 10],
  ])("%i uses from a base of 100: %i", (times, expected) => {
    expect(doublingsOf(times, 100)).toBe(expected);
  });
});

describe("staleMonths", () => {
  it.each([
    ["the limit itself is no lateness", "2026-07-20", "2026-07-20", []],
    ["the first day late", "2026-07-19", "2026-07-20", ["2026-07-20"]],
    ["late over two month ends", "2026-05-15", "2026-07-01", ["2026-05-16", "2026-06-01", "2026-07-01"]],
    ["late over a new year", "2025-12-31", "2026-01-01", ["2026-01-01"]],
  ])("%s", (_name, dueOn, until, expected) => {
    expect(staleMonths(on(dueOn), on(until)).map((each) => each.on)).toEqual(expected);
  });
});

describe("ruleOn", () => {
  it.each([
    ["the day before the change", "2026-06-30", 5],
    ["the day of the change", "2026-07-01", 8],
    ["before all", "2019-01-01", undefined],
  ])("%s", (_name, day, expected) => {
    expect(ruleOn(RULES, "points.published", on(day))?.value).toBe(expected);
  });
});

describe("lastClosedMonth: a month is closed ten days after its end", () => {
  it.each([
    ["the tenth", "2026-07-10", "2026-05"],
    ["the eleventh", "2026-07-11", "2026-06"],
    ["over the new year", "2027-01-11", "2026-12"],
  ])("%s", (_name, day, expected) => {
    expect(lastClosedMonth(on(day), 10)).toBe(expected);
  });
});
