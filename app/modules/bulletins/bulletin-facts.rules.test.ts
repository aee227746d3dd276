import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

import { bulletinFactsOf, type FrozenRow, type Snapshot } from "./bulletin-facts.rules";
import { composeBulletin } from "./compose-bulletin.rules";

const row = (measure: string, unitId: string, subjectId: string, more: Partial<FrozenRow> = {}): FrozenRow => ({
  measure,
  unitId,
  subjectId,
  label: `记录${subjectId}`,
  numerator: "1",
  denominator: "0",
  note: "",
  ...more,
});

const snapshot = (rows: readonly FrozenRow[], more: Partial<Snapshot> = {}): Snapshot => ({
  period: period("2026-06"),
  cutoffAt: new Date("2026-07-20T01:00:00Z"),
  cutoffDay: localDate("2026-07-20"),
  scheme: { name: "考核方案", number: 1 },
  regionName: "鹤山市",
  issuingUnitName: "市政务服务数据管理局",
  basis: [],
  rows,
  sheets: [],
  unitNames: new Map([
    ["a", "市水利局"],
    ["b", "市教育局"],
  ]),
  previousRows: undefined,
  cloudTarget: null,
  praiseTop: 3,
  praiseRise: 3,
  namedAtMost: 10,
  followUp: {
    rectifyBy: localDate("2026-08-10"),
    receivedBy: "市政务服务数据管理局",
    contactName: "林晓彤",
    contactPhone: "0750-8933000",
  },
  ...more,
});

describe("bulletinFactsOf", () => {
  it("sums money and shares exactly, and leads to their rows", () => {
    const facts = bulletinFactsOf(
      snapshot([
        row("executionAgainstTime", "a", "1", { numerator: "12345600", denominator: "80000000" }),
        row("cloudRate", "a", "2", { numerator: "1", denominator: "1" }),
        row("cloudRate", "b", "3", { numerator: "0", denominator: "1" }),
        row("cataloguingRate", "a", "4", { numerator: "0.1", denominator: "0.2" }),
        row("cataloguingRate", "a", "5", { numerator: "0.2", denominator: "0.4" }),
      ]),
    );
    expect([facts.money.spent.fen, facts.money.budget.fen]).toEqual([12_345_600, 80_000_000]);
    expect(facts.cloudRate).toMatchObject({ numerator: "1", denominator: "2" });
    expect(facts.cataloguingRate).toMatchObject({ numerator: "3/10", denominator: "3/5" });
    expect(facts.cloudRate.evidenceUrl).toBe("/ranking/2026-06/all/cloudRate");
    expect(facts.timeShare).toMatchObject({ numerator: "6", denominator: "12" });
  });

  it("gives a lit project the progress of its report, or none when it did not report", () => {
    const { redProjects } = bulletinFactsOf(
      snapshot([
        row("city.projectsRed", "a", "1", { note: "连续两期缺报月报" }),
        row("city.projectsRed", "b", "2"),
        row("city.progress", "b", "2", { numerator: "35", denominator: "60" }),
      ]),
    );
    expect(redProjects.items).toMatchObject([
      { unitName: "市水利局", plannedPercent: null, actualPercent: null, reason: "连续两期缺报月报" },
      { unitName: "市教育局", plannedPercent: "60", actualPercent: "35" },
    ]);
  });

  it("names only units with sharing outstanding, with what was due", () => {
    const { sharingShortfalls } = bulletinFactsOf(
      snapshot([
        row("city.sharingOutstanding", "a", "1", { numerator: "0", denominator: "1" }),
        row("city.sharingOutstanding", "b", "2", { numerator: "1", denominator: "1" }),
        row("city.sharingOutstanding", "b", "3", { numerator: "0", denominator: "1" }),
      ]),
    );
    expect(sharingShortfalls.items).toMatchObject([
      { unitName: "市教育局", due: 2, outstanding: 1, evidenceUrl: "/ranking/2026-06/b/city.sharingOutstanding" },
    ]);
  });

  it("reads number, units and due day of what is overdue", () => {
    const { overdueTasks, overdueSupervision } = bulletinFactsOf(
      snapshot([
        row("city.overdueTasks", "none", "1", {
          label: "7 推进 电子证照",
          denominator: "29",
          note: "市公安局、市司法局",
        }),
        row("city.overdueTasks", "none", "2", { label: "8 无牵头单位", denominator: "1" }),
        row("city.overdueSupervision", "a", "3", {
          label: "督〔2026〕3号 接口整改",
          denominator: "20",
          note: "办理期限",
        }),
      ]),
    );
    expect(overdueTasks.items).toMatchObject([
      { number: "7", title: "推进 电子证照", unitNames: ["市公安局", "市司法局"], dueOn: "2026-06-21" },
      { number: "8", unitNames: [], dueOn: "2026-07-19" },
    ]);
    expect(overdueSupervision.items).toMatchObject([
      { number: "督〔2026〕3号", title: "接口整改", unitNames: ["市水利局"], dueOn: "2026-06-30" },
    ]);
  });

  it("of an empty month still composes", () => {
    expect(composeBulletin(bulletinFactsOf(snapshot([]))).title).toBe(
      "关于2026年6月全市政务信息化项目建设和考核情况的通报",
    );
  });

  it("compares with the period before when there was one", () => {
    const previousRows = [row("city.projects", "a", "1"), row("city.projectsRed", "a", "1")];
    expect(bulletinFactsOf(snapshot([], { previousRows })).previous).toMatchObject({
      projectTotal: 1,
      red: 1,
      yellow: 0,
    });
  });
});
