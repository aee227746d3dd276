import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

import type { BulletinFacts, ListFigure, RankedRow, Sourced } from "./bulletin.types";

const sourced = (figureId: string): Sourced => ({ figureId, evidenceUrl: `/evidence/${figureId}` });
const count = (figureId: string, value: number) => ({ ...sourced(figureId), value });
const rate = (figureId: string, numerator: string, denominator: string) => ({
  ...sourced(figureId),
  numerator,
  denominator,
});
export const listOf = <Item>(figureId: string, items: readonly Item[]): ListFigure<Item> => ({
  ...sourced(figureId),
  items,
});

const ranked = (
  group: RankedRow["group"],
  place: number,
  previousPlace: number | null,
  unitName: string,
  score: string,
  grade: RankedRow["grade"],
): RankedRow => ({
  ...sourced(`score.${unitName}`),
  group,
  place,
  previousPlace,
  unitName,
  score,
  scoreExact: score,
  grade,
});

/** A month in which everything that a bulletin can say happened. */
export const eventfulMonth: BulletinFacts = {
  period: period("2026-06"),
  cutoffAt: "2026-07-06T01:05:00Z",
  schemeName: "政务信息化项目建设和数据共享考核方案",
  schemeVersion: 1,
  areaName: "全市",
  issuerName: "鹤山市“数字政府”改革建设领导小组办公室",
  addressees: "各镇(街)政府(办事处)，市直各部门",
  basis: ["鹤山市“数字政府”综合改革试点方案"],
  projectCounts: {
    total: count("projects.total", 34),
    underWay: count("projects.underWay", 20),
    green: count("projects.green", 15),
    yellow: count("projects.yellow", 3),
    red: count("projects.red", 2),
  },
  money: {
    budget: { ...sourced("money.budget"), fen: fen(19_582_000_000) },
    spent: { ...sourced("money.spent"), fen: fen(11_973_000_000) },
  },
  timeShare: rate("time", "7.5", "12"),
  cloudRate: { ...rate("cloudRate", "45", "60"), target: "100" },
  cataloguingRate: rate("cataloguingRate", "190", "200"),
  demandMetRate: rate("demandMetRate", "99", "100"),
  reports: {
    due: count("reports.due", 20),
    onTime: count("reports.onTime", 16),
    late: listOf("reports.late", [
      { unitName: "市教育局", projectName: "智慧校园" },
      { unitName: "市教育局", projectName: "教育资源平台" },
      { unitName: "市民政局", projectName: "社会救助" },
    ]),
    missing: listOf("reports.missing", [{ unitName: "市交通运输局", projectName: "智慧交通(一期)" }]),
  },
  ranking: [
    ranked("municipal", 1, 2, "市财政局", "96.20", "优"),
    ranked("municipal", 2, 6, "市司法局", "91.00", "优"),
    ranked("municipal", 3, 1, "市教育局", "58.20", "差"),
    ranked("town", 1, null, "沙坪街道", "88.00", "良"),
  ],
  rankingUrl: "/ranking",
  sharingShortfalls: listOf("sharing", [
    { ...sourced("sharing.civil"), unitName: "市民政局", due: 8, outstanding: 1 },
    { ...sourced("sharing.education"), unitName: "市教育局", due: 12, outstanding: 3 },
  ]),
  redProjects: listOf("projects.red", [
    {
      ...sourced("project.1"),
      unitName: "市交通运输局",
      projectName: "智慧交通(一期)",
      plannedPercent: "60",
      actualPercent: "35",
      reason: "落后计划20个百分点以上",
    },
    {
      ...sourced("project.2"),
      unitName: "市农业农村局",
      projectName: "智慧农业",
      plannedPercent: null,
      actualPercent: null,
      reason: "连续两期缺报月报",
    },
  ]),
  yellowProjects: listOf("projects.yellow", [
    {
      ...sourced("project.3"),
      unitName: "市民政局",
      projectName: "社会救助",
      plannedPercent: "50",
      actualPercent: "38.5",
      reason: "落后计划10个百分点以上",
    },
    {
      ...sourced("project.4"),
      unitName: "市教育局",
      projectName: "智慧校园",
      plannedPercent: "50",
      actualPercent: "50",
      reason: "里程碑逾期",
    },
    {
      ...sourced("project.5"),
      unitName: "市档案馆",
      projectName: "数字档案",
      plannedPercent: "50",
      actualPercent: "52",
      reason: "上期红灯已补报",
    },
  ]),
  overdueTasks: listOf("tasks", [
    {
      ...sourced("task.7"),
      number: "7",
      title: "推进电子证照应用",
      unitNames: ["市公安局", "市司法局"],
      dueOn: localDate("2026-06-21"),
      overdueDays: 15,
    },
  ]),
  overdueSupervision: listOf("supervision", [
    {
      ...sourced("item.3"),
      number: "督〔2026〕3号",
      title: "数据接口整改",
      unitNames: ["市教育局"],
      dueOn: localDate("2026-06-30"),
      overdueDays: 6,
    },
  ]),
  previous: {
    projectTotal: 32,
    red: 3,
    yellow: 3,
    cloudRate: { numerator: "40", denominator: "60" },
    cataloguingRate: { numerator: "192", denominator: "200" },
    demandMetRate: { numerator: "198", denominator: "200" },
  },
  thresholds: { praiseTop: 3, praiseRise: 3, criticisedGrades: ["差"], namedAtMost: 10 },
  followUp: {
    rectifyBy: localDate("2026-07-31"),
    receivedBy: "市政务服务数据管理局",
    contactName: "张三",
    contactPhone: "0750-8888888",
    nextReport: { period: period("2026-07"), dueOn: localDate("2026-08-05") },
  },
};

/** A month without anything to praise, to criticise or even to count. */
export const emptyMonth: BulletinFacts = {
  ...eventfulMonth,
  basis: [],
  projectCounts: {
    total: count("projects.total", 0),
    underWay: count("projects.underWay", 0),
    green: count("projects.green", 0),
    yellow: count("projects.yellow", 0),
    red: count("projects.red", 0),
  },
  money: { budget: { ...sourced("money.budget"), fen: fen(0) }, spent: { ...sourced("money.spent"), fen: fen(0) } },
  cloudRate: { ...rate("cloudRate", "0", "0"), target: null },
  cataloguingRate: rate("cataloguingRate", "0", "0"),
  demandMetRate: rate("demandMetRate", "0", "0"),
  reports: {
    due: count("reports.due", 0),
    onTime: count("reports.onTime", 0),
    late: listOf("reports.late", []),
    missing: listOf("reports.missing", []),
  },
  ranking: [],
  sharingShortfalls: listOf("sharing", []),
  redProjects: listOf("projects.red", []),
  yellowProjects: listOf("projects.yellow", []),
  overdueTasks: listOf("tasks", []),
  overdueSupervision: listOf("supervision", []),
  previous: undefined,
};
