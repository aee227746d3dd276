import { describe, expect, it } from "vitest";

import days2025 from "@seeds/data/calendar/2025.json";
import days2026 from "@seeds/data/calendar/2026.json";
import { localDate } from "~/kernel/local-date";

import { sayListRefusal, sayListWarning } from "./calendar.refusals.server";
import {
  changesBetween,
  decideYearList,
  judgeYearList,
  listOfYear,
  replacedBy,
  type ListDay,
  type ListedDay,
} from "./year-list.rules";

const TODAY = localDate("2026-12-01");
const day = (date: string, off = true, name = "元旦"): ListDay => ({ day: localDate(date), off, name });
const listFrom = (json: readonly { name: string; date: string; isOffDay: boolean }[]): ListDay[] =>
  json.map(({ name, date, isOffDay }) => day(date, isOffDay, name));
const list2025 = listFrom(days2025);
const list2026 = listFrom(days2026);
const SOURCE_2025 = "2025年通知";
const SOURCE_2026 = "2026年通知";
const from = (source: string, days: readonly ListDay[]): ListedDay[] => days.map((each) => ({ ...each, source }));
const codesOf = (result: ReturnType<typeof judgeYearList>) =>
  result.ok ? [] : result.refusals.map(({ code }) => code);

describe("judgeYearList", () => {
  it.each([
    ["2025", list2025, 2025],
    ["2026", list2026, 2026],
  ])("takes the State Council's list of %s as it is, without a warning", (_name, days, year) => {
    expect(judgeYearList(days, TODAY)).toEqual({ ok: true, value: { year, warnings: [] } });
  });

  it.each([
    ["no day at all", [], ["noDays"]],
    ["a day that stands twice", [...list2026, day("2026-10-01", true, "国庆节")], ["dayTwice"]],
    ["24 December before: too far out", [...list2026, day("2025-12-24")], ["outsideYear"]],
    ["25 December before: still the edge", [...list2026, day("2025-12-25")], []],
    ["7 January after: still the edge", [...list2026, day("2027-01-07")], []],
    ["8 January after: too far out", [...list2026, day("2027-01-08")], ["outsideYear"]],
    ["work on a Friday", [...list2026, day("2026-03-06", false, "清明节")], ["makeUpOnWeekday"]],
    ["work on a Saturday", [...list2026, day("2026-03-07", false, "清明节")], []],
    ["a holiday on an ordinary Saturday", [...list2026, day("2026-03-07", true, "清明节")], []],
    ["the new year alone", [day("2026-01-01"), day("2026-01-02")], ["notAWholeYear"]],
  ])("%s", (_name, days, expected) => expect(codesOf(judgeYearList(days, TODAY))).toEqual(expected));

  it("next year's list may come, the one after it is a slip of the pen", () => {
    const inYear = (year: number) => [day(`${year}-01-01`), day(`${year}-05-01`, true, "劳动节"), day(`${year}-10-01`)];
    expect(codesOf(judgeYearList(inYear(2027), TODAY))).toEqual([]);
    expect(codesOf(judgeYearList(inYear(2028), TODAY))).toEqual(["yearTooFar"]);
  });

  it("warns of what is unusual", () => {
    const judged = judgeYearList([day("2026-01-01"), day("2026-05-01", true, "劳动节")], TODAY);
    expect(judged.ok && judged.value.warnings.map(sayListWarning)).toEqual([
      "放假共 2 天，历年一般在 24 至 40 天之间，请对照通知核对。",
      "调休上班共 0 天，历年一般在 2 至 10 天之间，请对照通知核对。",
      "没有写明这些节日：春节、清明、端午、中秋、国庆，请对照通知核对。",
    ]);
  });
});

describe("listOfYear and what a new list replaces", () => {
  const edge = { ...day("2025-12-31"), source: SOURCE_2026 };
  const listed = [...from(SOURCE_2025, list2025), ...from(SOURCE_2026, list2026), edge];

  it("an edge day belongs to the list whose document it stands in", () => {
    expect(listOfYear(2026, listed)).toHaveLength(list2026.length + 1);
    expect(listOfYear(2025, listed)).toHaveLength(list2025.length);
    expect(listOfYear(2027, listed)).toEqual([]);
  });

  it("a new list of 2025 leaves the edge of 2026 alone, unless it speaks of that day", () => {
    expect(replacedBy(2025, list2025, listed)).not.toContain(edge);
    expect(replacedBy(2025, [...list2025, day("2025-12-31", true, "跨年")], listed)).toContain(edge);
  });
});

describe("changesBetween", () => {
  it("names what is new, what is gone and what is otherwise, by day", () => {
    const before = [day("2026-01-02"), day("2026-01-03"), day("2026-01-04", false)];
    const after = [day("2026-01-01"), day("2026-01-02"), day("2026-01-04", true)];
    expect(changesBetween(before, after).map((each) => [each.day, each.before?.off, each.after?.off])).toEqual([
      ["2026-01-01", undefined, true],
      ["2026-01-03", true, undefined],
      ["2026-01-04", false, true],
    ]);
  });
  it("equal lists do not differ", () => expect(changesBetween(list2026, [...list2026].reverse())).toEqual([]));
});

describe("decideYearList", () => {
  const listed = from(SOURCE_2025, list2025);
  const decide = (list: Partial<Parameters<typeof decideYearList>[0]>, standing: readonly ListedDay[] = listed) => {
    const result = decideYearList({ year: 2026, days: list2026, source: SOURCE_2026, reason: "", ...list }, standing);
    return result.ok ? result.value.length : result.refusals.map(sayListRefusal);
  };
  const both = [...listed, ...from(SOURCE_2026, list2026)];

  it.each([
    ["a first list needs no reason", {}, listed, list2026.length],
    [
      "another year's document",
      { source: SOURCE_2025 },
      listed,
      ["这个来源已用于 2025 年的安排，每年的通知不同，请核对文件名和文号。"],
    ],
    ["the same once more", { reason: "再传一次" }, both, ["文件与现行安排完全一致，无需更新。"]],
    ["the same days from a corrected document", { source: "更正", reason: "文号有误" }, both, 0],
    ["a change without a reason", { days: list2026.slice(1) }, both, ["这一年已有安排，更新时请写明理由。"]],
    ["a change with its reason", { days: list2026.slice(1), reason: "通知调整" }, both, 1],
  ])("%s", (_name, list, standing, expected) => expect(decide(list, standing)).toEqual(expected));
});
