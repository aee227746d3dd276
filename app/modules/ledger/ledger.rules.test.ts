import { describe, expect, it } from "vitest";

import { readCsv } from "@seeds/data/read-csv";
import { localDate } from "~/kernel/local-date";
import type { DeadlineKind } from "~/kernel/vocabulary";

import { isOverdue, type LedgerDeadline, type LedgerRow, overdueDays, parseLedgerRow } from "./ledger.rules";

const rows: LedgerRow[] = readCsv("seeds/data/zhaoqing-2019-tasks.csv").map((row) => ({
  number: row["序号"] ?? "",
  section: row["所属部分"] ?? "",
  text: row["工作任务"] ?? "",
  leadUnits: row["牵头单位"] ?? "",
  responsibleUnits: row["责任单位"] ?? "",
  deadline: row["完成时限"] ?? "",
}));
const entries = rows.map(parseLedgerRow);

/** Names as the table below writes them: "@" marks a group. */
const names = (list: readonly { kind: string; name: string }[]) =>
  list.map(({ kind, name }) => (kind === "group" ? `@${name}` : name));

const DATA = "市政务服务数据管理局";
const REFORM = "市发展改革局";
const MARKET = "市市场监督管理局";
const LAND = "市自然资源局";
const HOUSING = "市住房城乡建设局";
const POLICE = "市公安局";
const LAW = "市司法局";
const FINANCE = "市财政局";
const STAFF = "市人力资源社会保障局";
const TRANSPORT = "市交通运输局";
const WATER = "市水利局";
const TRADE = "市商务局";
const TAX = "市税务局";
const HEALTH = "市卫生健康局";
const TOURISM = "市文化广电旅游体育局";
const EXCHANGE = "市公共资源交易中心";
const BANK = "人民银行肇庆市中心支行";
const POWER = "广东电网公司肇庆供电局";

const DEPARTMENTS = "@市直各部门";
const PLACES = ["@各县(市、区)政府", "肇庆高新区管委会", "肇庆新区管委会"];
const PLACES_AND_ZONE = [...PLACES, "粤桂合作特别试验区(肇庆)管委会"];
const ALL = [DEPARTMENTS, ...PLACES];
const ALL_AND_ZONE = [DEPARTMENTS, ...PLACES_AND_ZONE];

interface Expected {
  kind: DeadlineKind;
  /** "by 2019-09-30 what" */
  dates?: string[];
  lead: string[];
  responsible: string[];
  doubts?: string[];
}

const expected: Record<number, Expected> = {
  1: { kind: "ongoing", lead: [DATA, LAW], responsible: ALL, doubts: ["unitsRunTogether"] },
  2: {
    kind: "byDate",
    dates: ["by 2019-03-31 各地各部门系统完成与省事项目录管理系统对接"],
    lead: ALL,
    responsible: [DATA],
    doubts: ["ongoingAfterDate"],
  },
  3: { kind: "superiorSchedule", lead: [DATA, LAW], responsible: ALL },
  4: {
    kind: "milestones",
    dates: [
      "by 2019-09-30 企业和群众到政府办事提供的材料减少60%以上",
      "by 2020-06-30 除经本级政府批准的事项外,市、县级政务服务事项实现100%“最多跑一次”",
    ],
    lead: ALL,
    responsible: [DATA],
  },
  5: {
    kind: "milestones",
    dates: [
      "by 2019-09-30 市县级政务服务事项网上可办率不低于70%",
      "by 2020-06-30 除经本级政府批准的事项外,市、县级政务服务事项实现100%网上可办",
    ],
    lead: ALL,
    responsible: [DATA],
    doubts: ["scopeBeforeDate"],
  },
  6: {
    kind: "startThenOngoing",
    dates: ["from 2019-06-30 "],
    lead: [MARKET, DATA],
    responsible: [
      "市委宣传部",
      REFORM,
      POLICE,
      FINANCE,
      STAFF,
      HOUSING,
      "市农业农村局",
      TRADE,
      TOURISM,
      EXCHANGE,
      TAX,
      "市气象局",
      BANK,
    ],
    doubts: ["openList", "startAssumed"],
  },
  7: {
    kind: "ongoing",
    lead: [REFORM, HOUSING],
    responsible: [POLICE, LAND, "市生态环境局", TRANSPORT, WATER, ...PLACES_AND_ZONE],
    doubts: ["openList"],
  },
  8: {
    kind: "byDate",
    dates: ["by 2018-12-31 完成试点应用"],
    lead: [LAND, DATA],
    responsible: [HOUSING, TAX, ...PLACES_AND_ZONE],
    doubts: ["ongoingAfterDate"],
  },
  9: { kind: "superiorSchedule", lead: [], responsible: [HOUSING, DATA], doubts: ["leadMissing"] },
  10: { kind: "superiorSchedule", lead: [LAND], responsible: [REFORM, DATA], doubts: ["openList"] },
  11: {
    kind: "startThenOngoing",
    dates: ["from 2018-11-01 "],
    lead: [REFORM],
    responsible: ["市行政服务中心", ...PLACES_AND_ZONE],
    doubts: ["openList", "quotesUnbalanced"],
  },
  12: {
    kind: "byDate",
    dates: ["by 2020-06-30 "],
    lead: [MARKET, TRADE, TAX, HOUSING, POWER],
    responsible: [DATA],
    doubts: ["openList"],
  },
  13: {
    kind: "byDate",
    dates: ["by 2019-12-31 完成市“西江人才计划工程项目"],
    lead: ["市委组织部"],
    responsible: [
      "市教育局",
      "市科技局",
      POLICE,
      STAFF,
      HOUSING,
      TRANSPORT,
      HEALTH,
      DATA,
      BANK,
      "肇庆海关",
      ...PLACES_AND_ZONE,
    ],
    doubts: ["openList", "superiorScheduleToo", "quotesUnbalanced"],
  },
  14: { kind: "superiorSchedule", lead: [], responsible: ["市科技局"], doubts: ["leadMissing"] },
  15: {
    kind: "byDate",
    dates: ["by 2019-09-30 "],
    lead: [EXCHANGE, DATA],
    responsible: [
      "市工业和信息化局",
      FINANCE,
      STAFF,
      LAND,
      HOUSING,
      TRANSPORT,
      WATER,
      TRADE,
      HEALTH,
      "市国资委",
      MARKET,
    ],
    doubts: ["openList"],
  },
  16: {
    kind: "byDate",
    dates: ["by 2018-12-31 "],
    lead: [DATA, REFORM, FINANCE, EXCHANGE],
    responsible: ALL_AND_ZONE,
    doubts: ["unitsRunTogether", "ongoingAfterDate"],
  },
  17: {
    kind: "byDate",
    dates: ["by 2020-06-30 "],
    lead: ["市府办公室", "市政务新媒体中心", DATA],
    responsible: ALL,
    doubts: ["titleMissing"],
  },
  18: {
    kind: "milestones",
    dates: [
      "by 2019-03-31 实现政务服务事项信息在政务服务平台、移动终端等服务渠道同源发布",
      "by 2019-09-30 实现政务服务事项信息在实体大厅、政府网站和第三方互联网入口等服务渠道同源发布",
    ],
    lead: [],
    responsible: [DATA, ...ALL],
    doubts: ["leadMissing"],
  },
  19: {
    kind: "byDate",
    dates: [
      "by 2019-09-30 除对场地有特殊要求的事项外,政务服务事项进驻综合性实体政务大厅基本实现“应进必进”,70%以上政务服务事项实现“一窗”分类受理",
    ],
    lead: [],
    responsible: ["市行政服务中心", ...PLACES],
    doubts: ["leadMissing"],
  },
  20: { kind: "byDate", dates: ["by 2019-09-30 "], lead: ALL, responsible: [DATA] },
  21: { kind: "ongoing", lead: [DEPARTMENTS], responsible: [DATA] },
  22: { kind: "ongoing", lead: [MARKET, ...PLACES_AND_ZONE], responsible: [DATA] },
  23: { kind: "ongoing", lead: PLACES_AND_ZONE, responsible: [DATA] },
  24: { kind: "superiorSchedule", lead: ALL, responsible: [DATA] },
  25: { kind: "byDate", dates: ["by 2020-12-31 "], lead: ALL_AND_ZONE, responsible: [DATA] },
  26: {
    kind: "startThenOngoing",
    dates: ["by 2018-12-31 开展"],
    lead: [],
    responsible: [DATA, LAW, WATER, FINANCE],
    doubts: ["leadMissing", "openList"],
  },
  27: { kind: "byDate", dates: ["by 2019-06-30 "], lead: ALL, responsible: [DATA] },
  28: { kind: "superiorSchedule", lead: ALL_AND_ZONE, responsible: [DATA] },
  29: { kind: "ongoing", lead: ALL_AND_ZONE, responsible: [DATA] },
  30: {
    kind: "ongoing",
    lead: [POLICE, MARKET, "市委编办", "市民政局", LAW, LAND, REFORM, DATA],
    responsible: ALL_AND_ZONE,
  },
  31: { kind: "byDate", dates: ["by 2019-12-31 "], lead: ALL_AND_ZONE, responsible: [DATA] },
  32: {
    kind: "byDate",
    dates: ["by 2020-06-30 "],
    lead: [REFORM, MARKET],
    responsible: [DATA],
    doubts: ["strayPunctuation", "openList"],
  },
  33: { kind: "ongoing", lead: [], responsible: [DATA, "市府办公室"], doubts: ["leadMissing"] },
  34: {
    kind: "startThenOngoing",
    dates: ["from 2019-09-30 "],
    lead: [],
    responsible: [MARKET, DATA],
    doubts: ["leadMissing", "startAssumed"],
  },
  35: {
    kind: "startThenOngoing",
    dates: ["from 2019-06-01 "],
    lead: [],
    responsible: ["市教育局", "星湖管理局", DATA],
    doubts: ["leadMissing", "openList", "startAssumed"],
  },
  36: {
    kind: "startThenOngoing",
    dates: ["from 2019-06-01 "],
    lead: [LAND, POWER],
    responsible: [HOUSING, TRANSPORT, "市城市管理和综合执法局", "市公路局", DATA],
    doubts: ["startAssumed"],
  },
  37: {
    kind: "milestones",
    dates: ["by 2018-12-31 完成试点部署", "by 2019-01-31 完成平台测试工作"],
    lead: [DATA, "市委机要和保密"],
    responsible: ["市府办公室"],
    doubts: ["nameIncomplete", "superiorScheduleToo"],
  },
  38: {
    kind: "startThenOngoing",
    dates: ["from 2019-09-01 "],
    lead: ["市文旅委办公室"],
    responsible: [TOURISM, DATA],
    doubts: ["openList", "startAssumed"],
  },
  39: {
    kind: "byDate",
    dates: ["by 2019-01-31 完成2018年度测评"],
    lead: [DATA],
    responsible: ["@市直有关部门", ...PLACES],
    doubts: ["vagueGroup", "monthEndAssumed", "ongoingAfterDate"],
  },
  40: {
    kind: "startThenOngoing",
    dates: ["from 2019-03-01 "],
    lead: [],
    responsible: [HOUSING, DATA],
    doubts: ["leadMissing", "startAssumed"],
  },
  41: {
    kind: "byDate",
    dates: ["by 2019-12-31 "],
    lead: ALL_AND_ZONE,
    responsible: [DATA],
    doubts: ["titleIsWholeText"],
  },
  42: {
    kind: "milestones",
    dates: ["by 2019-06-30 建立安全保障协调联动工作机制", "by 2020-06-30 完成强化网络安全管理"],
    lead: [DATA, POLICE],
    responsible: ALL_AND_ZONE,
  },
  43: { kind: "byDate", dates: ["by 2019-09-30 "], lead: ALL_AND_ZONE, responsible: [DATA] },
  44: {
    kind: "startThenOngoing",
    dates: ["by 2019-03-31 启动"],
    lead: ["市委机要和保密局", DATA],
    responsible: ALL_AND_ZONE,
  },
  45: { kind: "superiorSchedule", lead: ALL_AND_ZONE, responsible: [DATA] },
  46: {
    kind: "byDate",
    dates: ["by 2019-09-30 完成"],
    lead: [],
    responsible: [DATA, ...PLACES],
    doubts: ["leadMissing", "ongoingAfterDate"],
  },
  47: {
    kind: "byDate",
    dates: ["by 2019-06-30 完成"],
    lead: ["市委编办", DATA],
    responsible: ALL,
    doubts: ["ongoingAfterDate"],
  },
  48: {
    kind: "superiorSchedule",
    lead: [LAW],
    responsible: [REFORM, POLICE, "市档案局", DATA],
    doubts: ["openList"],
  },
  49: {
    kind: "byDate",
    dates: ["by 2019-09-30 完成"],
    lead: [DATA],
    responsible: ALL_AND_ZONE,
    doubts: ["ongoingAfterDate"],
  },
  50: {
    kind: "ongoing",
    lead: [],
    responsible: [DATA, "端州区政府", "四会市政府", "德庆县政府", "肇庆高新区管委会"],
    doubts: ["leadMissing", "unitsRunTogether"],
  },
};

describe("the 50 tasks of a real ledger", () => {
  it("are all there, in order", () => {
    expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it.each(entries.map((entry) => [entry.number ?? 0, entry] as const))("task %d", (number, entry) => {
    expect({
      kind: entry.deadline.kind,
      dates: entry.deadline.dates.map(({ mode, on, what }) => `${mode} ${on} ${what}`),
      lead: names(entry.leadUnits),
      responsible: names(entry.responsibleUnits),
      doubts: entry.doubts.map(({ code }) => code),
    }).toEqual({ dates: [], doubts: [], ...expected[number] });
  });

  it("keep the ledger's own words of the deadline", () => {
    expect(entries.map(({ deadline }) => deadline.text)).toEqual(rows.map(({ deadline }) => deadline));
  });

  it("11 have no lead unit, one has no title", () => {
    expect(entries.filter(({ leadUnits }) => leadUnits.length === 0)).toHaveLength(11);
    expect(entries.filter(({ title }) => title === null).map(({ number }) => number)).toEqual([17]);
  });

  it("have deadlines of all five kinds", () => {
    const count = (kind: DeadlineKind) => entries.filter(({ deadline }) => deadline.kind === kind).length;
    expect({
      byDate: count("byDate"),
      milestones: count("milestones"),
      startThenOngoing: count("startThenOngoing"),
      ongoing: count("ongoing"),
      superiorSchedule: count("superiorSchedule"),
    }).toEqual({ byDate: 19, milestones: 5, startThenOngoing: 9, ongoing: 9, superiorSchedule: 8 });
  });

  it("long after the plan's end, with nothing closed, only the 24 dated ones are overdue", () => {
    const today = localDate("2021-01-01");
    const overdue = entries.filter(({ deadline }) => isOverdue(deadline, today, { closedOn: null }));
    expect(overdue.map(({ number }) => number)).toEqual([
      2, 4, 5, 8, 12, 13, 15, 16, 17, 18, 19, 20, 25, 27, 31, 32, 37, 39, 41, 42, 43, 46, 47, 49,
    ]);
  });
});

const parse = (row: Partial<LedgerRow>) =>
  parseLedgerRow({
    number: "1",
    section: "",
    text: "推进应用。做好对接。",
    leadUnits: "市财政局",
    responsibleUnits: "市财政局",
    deadline: "持续推进",
    ...row,
  });

describe("title and content", () => {
  it.each([
    ["the first sentence is the title", "推进应用。做好对接。", "推进应用", "做好对接。", []],
    ["a text that begins with a full stop has no title", "。各地开通站点。", null, "各地开通站点。", ["titleMissing"]],
    ["an empty text has no title", "", null, "", ["titleMissing"]],
    ["one sentence is all title", "推进应用。", "推进应用", "", ["titleIsWholeText"]],
    ["no full stop at all", "推进应用", "推进应用", "", ["titleIsWholeText"]],
    ["a stray comma is dropped", "整合数据资源,。实现共享。", "整合数据资源", "实现共享。", ["strayPunctuation"]],
  ])("%s", (_name, text, title, content, doubts) => {
    const entry = parse({ text });
    expect([entry.title, entry.content, entry.doubts.map(({ code }) => code)]).toEqual([title, content, doubts]);
  });

  it.each(["", "一", "1.2", "-1"])("the number %j is not understood", (number) => {
    expect(parse({ number })).toMatchObject({
      number: null,
      doubts: [{ code: "numberUnclear", facts: { text: number } }],
    });
  });
});

describe("units", () => {
  it.each([
    ["a branch stays with its bureau", "市公安局市区分局", ["市公安局市区分局"]],
    ["the people's bank of a city", "人民银行肇庆市中心支行", ["人民银行肇庆市中心支行"]],
    ["a bureau whose name begins with 市场", "市市场监督管理局", ["市市场监督管理局"]],
    ["three run together", "市委编办市司法局市市场监督管理局", ["市委编办", "市司法局", "市市场监督管理局"]],
    ["a unit and a group run together", "市司法局市直各部门", ["市司法局", "@市直各部门"]],
    ["two groups run together", "市直各部门各县(市、区)政府", ["@市直各部门", "@各县(市、区)政府"]],
    [
      "full-width brackets and separators",
      "各镇\uff08街、乡\uff09政府\uff1b市财政局",
      ["@各镇\uff08街、乡\uff09政府", "市财政局"],
    ],
    ["an open end without a noun", "市财政局、市司法局等", ["市财政局", "市司法局"]],
    ["a name that holds 等", "市高等法院", ["市高等法院"]],
    ["separators doubled and at the end", "市财政局、,市司法局、", ["市财政局", "市司法局"]],
    ["separators inside brackets", "某管委会(市财政局、市司法局)", ["某管委会(市财政局、市司法局)"]],
    ["an open end after a separator", "市财政局、等部门", ["市财政局"]],
  ])("%s", (_name, leadUnits, expectedNames) => expect(names(parse({ leadUnits }).leadUnits)).toEqual(expectedNames));

  it("says what it split, what is open and which list it was in", () => {
    expect(parse({ leadUnits: "市财政局市司法局等有关部门", responsibleUnits: "" }).doubts).toEqual([
      {
        code: "unitsRunTogether",
        facts: { list: "lead", text: "市财政局市司法局", units: "市财政局、市司法局" },
      },
      { code: "openList", facts: { list: "lead", after: "市司法局", text: "等有关部门" } },
      { code: "responsibleMissing", facts: {} },
    ]);
  });
});

describe("deadlines", () => {
  it.each([
    ["end of February in a leap year", "2024年2月底前", "byDate", ["by 2024-02-29 "], []],
    ["end of February in a common year", "2026年2月底前", "byDate", ["by 2026-02-28 "], []],
    ["a year's end", "2026年底前", "byDate", ["by 2026-12-31 "], []],
    ["a day", "2026年6月5日前完成", "byDate", ["by 2026-06-05 完成"], []],
    ["full-width digits", "\uff12\uff10\uff12\uff16年\uff19月底前", "byDate", ["by 2026-09-30 "], []],
    ["spaces between the words", "2026年 9月底 前", "byDate", ["by 2026-09-30 "], []],
    ["a numeric date", "2026-09-30", "byDate", ["by 2026-09-30 "], []],
    ["a numeric month", "2026.9", "byDate", ["by 2026-09-30 "], ["monthEndAssumed"]],
    [
      "a month without a year is not taken as ongoing silently",
      "9月底前完成,持续推进",
      "ongoing",
      [],
      ["deadlineUnclear"],
    ],
    [
      "ongoing work named after the result",
      "2026年3月底前完成对接;持续推进应用。",
      "byDate",
      ["by 2026-03-31 完成对接"],
      ["ongoingAfterDate"],
    ],
    [
      "started and finished",
      "2026年3月启动,2026年9月底前完成",
      "milestones",
      ["from 2026-03-01 启动", "by 2026-09-30 完成"],
      [],
    ],
    [
      "as the province asks is how, not when",
      "2026年3月底前按省统一部署完成",
      "byDate",
      ["by 2026-03-31 按省统一部署完成"],
      [],
    ],
    ["the middle third of a month", "2026年6月中旬完成", "byDate", ["by 2026-06-20 完成"], []],
    ["a bare month", "2026年6月", "byDate", ["by 2026-06-30 "], ["monthEndAssumed"]],
    ["a start without a word about after", "2026年3月起", "startThenOngoing", ["from 2026-03-01 "], []],
    ["a start without a comma", "2026年3月起持续推进", "startThenOngoing", ["from 2026-03-01 "], []],
    ["to start by a date, and no more", "2026年3月底前启动", "byDate", ["by 2026-03-31 启动"], []],
    ["a year alone is no date", "2026年持续推进", "ongoing", [], []],
    ["30 February", "2026年2月30日前", "ongoing", [], ["dateInvalid", "deadlineUnclear"]],
    ["month 13", "2026年13月底前", "ongoing", [], ["dateInvalid", "deadlineUnclear"]],
    ["nothing", "", "ongoing", [], ["deadlineUnclear"]],
    ["words that are no time", "尽快", "ongoing", [], ["deadlineUnclear"]],
  ])("%s", (_name, text, kind, dates, doubts) => {
    const { deadline, doubts: found } = parse({ deadline: text });
    expect({
      kind: deadline.kind,
      dates: deadline.dates.map(({ mode, on, what }) => `${mode} ${on} ${what}`),
      doubts: found.map(({ code }) => code),
    }).toEqual({ kind, dates, doubts });
  });
});

describe("overdue", () => {
  const deadline = (kind: DeadlineKind, ...days: string[]): LedgerDeadline => ({
    kind,
    dates: days.map((on) => ({ on: localDate(on), what: "", mode: "by" })),
    text: "",
  });
  const open = { closedOn: null };
  const closed = (on: string) => ({ closedOn: localDate(on) });
  const startsThenEnds: LedgerDeadline = {
    kind: "milestones",
    dates: [
      { on: localDate("2019-03-01"), what: "启动", mode: "from" },
      { on: localDate("2019-09-30"), what: "完成", mode: "by" },
    ],
    text: "",
  };
  const two = deadline("milestones", "2019-09-30", "2020-06-30");

  it.each([
    ["on the day itself", deadline("byDate", "2019-09-30"), "2019-09-30", open, 0],
    ["the day after", deadline("byDate", "2019-09-30"), "2019-10-01", open, 1],
    ["over 29 February", deadline("byDate", "2020-02-28"), "2020-03-01", open, 2],
    ["closed late is not overdue any more", deadline("byDate", "2019-09-30"), "2019-12-01", closed("2019-11-01"), 0],
    ["before it was closed it was", deadline("byDate", "2019-09-30"), "2019-10-31", closed("2019-11-01"), 31],
    ["closed on the day asked about", deadline("byDate", "2019-09-30"), "2019-11-01", closed("2019-11-01"), 0],
    ["a milestone that only starts has no end to miss", startsThenEnds, "2019-09-30", open, 0],
    ["the first of two milestones", two, "2019-10-01", open, 1],
    ["the first is proven done", two, "2019-10-01", { ...open, datesMet: [0] }, 0],
    ["the second after the first was done", two, "2020-07-01", { ...open, datesMet: [0] }, 1],
    ["both open count from the earlier", two, "2020-07-01", open, 275],
    ["to be started by a date, then ongoing", deadline("startThenOngoing", "2019-03-31"), "2026-01-01", open, 0],
    ["ongoing", deadline("ongoing"), "2026-01-01", open, 0],
    ["by a superior's schedule", deadline("superiorSchedule"), "2026-01-01", open, 0],
  ])("%s", (_name, limit, today, state, days) => {
    expect(overdueDays(limit, localDate(today), state)).toBe(days);
    expect(isOverdue(limit, localDate(today), state)).toBe(days > 0);
  });
});
