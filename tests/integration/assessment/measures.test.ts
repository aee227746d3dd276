import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  cloudStandings,
  cloudSteps,
  commonComponents,
  domainEvents,
  frozenFactRows,
  frozenFacts,
  manualScores,
  assessmentPeriods,
  projectComponents,
  schemes,
  securityIncidents,
} from "@db/schema";
import { seedStarterScheme } from "@seeds/reference/starter-scheme";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import {
  at,
  makeDemand,
  makeItem,
  makePayment,
  makeProject,
  makeReport,
  makeResource,
  makeReview,
  makeTask,
  makeTest,
  makeYearSplit,
  UNDER_WAY,
  type Owner,
} from "@tests/support/factories/assessment";
import { makeSystem } from "@tests/support/factories/systems";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { CITY_TERMS } from "~/modules/assessment/city-terms";
import { freezePeriod } from "~/modules/assessment/index.server";
import { MEASURE_CODES } from "~/modules/assessment/measure-terms";
import { MEASURES } from "~/modules/assessment/measures/measures.server";
import { cloudRates } from "~/modules/systems/index.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let own: Owner;
let periodId: string;
let hadUnitId: string;
let hasUnitId: string;

/** Freezes June 2026 on 20 July in a city where every case of every measure happened. */
beforeAll(async () => {
  city = await makeCity(db);
  own = { db, regionId: city.regionId, unitId: city.unitId };
  await db.transaction((tx) => seedStarterScheme(tx, city.regionId));
  await filings();
  await reports();
  await catalog();
  await inventory();
  await standings();
  await supervision();
  await quality();
  const assessor = city.ctx(await city.as("bureauAssessor"));
  periodId = accepted(await freezePeriod(assessor, { period: period("2026-06") })).periodId;
});

async function filings(): Promise<void> {
  const pipes = await makeProject(own, "管网系统", UNDER_WAY);
  await makeReview(own, pipes, 1, "approved", "2026-01-12");
  const map = await makeProject(own, "数字底图", [
    ["underReview", "2026-02-02"],
    ["returned", "2026-02-06"],
    ["underReview", "2026-02-10"],
    ["approved", "2026-02-20"],
  ]);
  await makeReview(own, map, 1, "returned", "2026-02-06");
  await makeReview(own, map, 2, "approved", "2026-02-20");
  const july = await makeProject(own, "七月项目", [["underReview", "2026-06-29"]]);
  await makeReview(own, july, 1, "returned", "2026-07-01");
  const old = await makeProject(own, "去年项目", [["rejected", "2025-12-31"]]);
  await makeReview(own, old, 1, "rejected", "2025-12-31");
  await makeProject(own, "草稿", []);
  await makeProject(own, "七月立项", [["submitted", "2026-07-02"]]);
  await makeProject(own, "已终止", [
    ["implementation", "2026-01-20"],
    ["terminated", "2026-06-30"],
  ]);
  await makeProject(own, "七月终止", [
    ["implementation", "2026-01-20"],
    ["terminated", "2026-07-01"],
  ]);
  await makeProject(own, "涉密", [["approved", "2026-03-02"]], { secret: true, code: "ZX2026-0009" });

  await makeProject(own, "到期未自评", [["accepted", "2024-06-30"]], { acceptedOn: localDate("2024-06-30") });
  await makeProject(own, "未到自评期", [["accepted", "2024-07-01"]], { acceptedOn: localDate("2024-07-01") });
  const evaluated = await makeProject(own, "已自评", [["accepted", "2025-03-03"]], {
    acceptedOn: localDate("2025-03-03"),
  });
  await db.insert(domainEvents).values({
    id: newId(),
    regionId: city.regionId,
    type: "projectEvaluated",
    subjectType: "project",
    subjectId: evaluated,
    at: at("2026-04-01"),
    actorId: "bureau",
    actorName: "测试",
    actorRole: "bureauReviewer",
    unitName: "单位",
    payload: { selfEvaluationPoints: "91.5" },
  });

  const [first, second, third] = await db.select().from(commonComponents);
  const decisions = [
    [pipes, first, "reuse", ""],
    [pipes, second, "notReused", "工期紧"],
    [pipes, third, "notFitting", "不涉及"],
    [july, first, "reuse", ""],
  ] as const;
  for (const [projectId, component, decision, reason] of decisions) {
    const componentCode = component?.code ?? "";
    await db.insert(projectComponents).values({ projectId, componentCode, regionId: city.regionId, decision, reason });
  }

  // the year's share of 50 of 100, approved at 80 of 100
  await makeYearSplit(own, pipes, 2026, 50_000_000);
  await makeYearSplit(own, pipes, 2027, 50_000_000);
  await makeYearSplit(own, july, 2026, 90_000_000);
  await makePayment(own, pipes, 10_000_000, "2026-03-02", "2026-03-03");
  await makePayment(own, pipes, 5_000_000, "2026-06-30", "2026-07-01");
  await makePayment(own, pipes, 700, "2026-07-01", "2026-07-02");
  await makePayment(own, pipes, 800, "2025-12-31", "2026-01-04");
  await makePayment(own, pipes, 900, "2026-05-06", null);
  await makePayment(own, pipes, 950, "2026-05-06", "2026-07-21");
}

async function reports(): Promise<void> {
  const [timely, silent] = [
    await makeProject(own, "按时项目", UNDER_WAY),
    await makeProject(own, "不报项目", UNDER_WAY),
  ];
  const progress = { plannedPercent: "60", actualPercent: "45.5" };
  const lagging = [{ code: "lagYellow", facts: { lagPoints: "14.50", limitPoints: 10 } }];
  await makeReport(own, timely, "2025-12", "2026-01-15", "2026-02-01");
  await makeReport(own, timely, "2026-04", "2026-05-15", "2026-05-15");
  await makeReport(own, timely, "2026-05", "2026-06-15", "2026-06-16", { light: "red", lightReasons: [] });
  await makeReport(own, timely, "2026-06", "2026-07-15", "2026-07-15", {
    ...progress,
    light: "yellow",
    lightReasons: lagging,
  });
  await makeReport(own, timely, "2026-07", "2026-08-17", null);
  await makeReport(own, silent, "2026-04", "2026-05-15", "2026-05-10");
  await makeReport(own, silent, "2026-05", "2026-06-15", null);
  await makeReport(own, silent, "2026-06", "2026-07-15", "2026-07-21");
  const late = await makeProject(own, "迟报项目", UNDER_WAY);
  await makeReport(own, late, "2026-06", "2026-07-15", "2026-07-16");
}

async function catalog(): Promise<void> {
  const { otherUnitId } = city;
  const done = await makeProject(own, "已批复", [["approved", "2026-02-02"]], {
    plannedEndOn: localDate("2026-06-30"),
  });
  const running = await makeProject(own, "建设中", [["approved", "2026-02-02"]], {
    plannedEndOn: localDate("2026-07-01"),
  });
  const filed = await makeProject(own, "审核中", [["underReview", "2026-06-02"]]);
  const published = (day: string) => ({ publishedOn: localDate(day), state: "published" as const });
  await makeResource(own, "甲", { projectId: done, ...published("2026-03-02"), collectedOn: localDate("2026-06-30") });
  await makeResource(own, "乙", { projectId: done, ...published("2026-06-30"), collectedOn: localDate("2026-07-01") });
  await makeResource(own, "丙", { projectId: done, ...published("2026-07-01") });
  await makeResource(own, "丁", { projectId: running, ...published("2026-05-06"), sharingType: "none" });
  await makeResource(own, "戊", { projectId: filed });
  await makeResource(own, "己", { projectId: done, publishedOn: localDate("2026-03-02"), state: "withdrawn" });
  const updated = (updateCycle: "daily" | "monthly", last: string) => ({
    projectId: running,
    updateCycle,
    ...published("2026-03-02"),
    collectedOn: localDate("2026-03-02"),
    lastUpdatedOn: localDate(last),
  });
  await makeResource(own, "日更及时", updated("daily", "2026-06-29"));
  await makeResource(own, "日更过期", updated("daily", "2026-06-28"));
  await makeResource(own, "月更及时", updated("monthly", "2026-05-30"));
  await makeResource(own, "月更过期", updated("monthly", "2026-05-29"));

  const requester = { ...own, unitId: otherUnitId };
  const due = (day: string) => ({ dueOn: localDate(day) });
  const delivered = (day: string) => ({ deliveredAt: at(day), state: "delivered" as const });
  await makeDemand(requester, own.unitId, "当日提供", { ...due("2026-05-20"), ...delivered("2026-05-20") });
  await makeDemand(requester, own.unitId, "提前提供", { ...due("2026-07-20"), ...delivered("2026-06-30") });
  await makeDemand(requester, own.unitId, "七月提供", { ...due("2026-06-30"), ...delivered("2026-07-01") });
  await makeDemand(requester, own.unitId, "未到期", due("2026-07-01"));
  await makeDemand(requester, own.unitId, "有依据拒绝", {
    answerDueOn: localDate("2026-04-20"),
    answeredAt: at("2026-04-10"),
    state: "refused",
    refusalReason: "法律规定不予共享",
  });
  await makeDemand(requester, own.unitId, "未答复", { answerDueOn: localDate("2026-04-20"), state: "checked" });
  await makeDemand(requester, own.unitId, "未审查", { checkedAt: null, answerDueOn: localDate("2026-04-20") });
  await makeDemand(requester, own.unitId, "去年", { dueOn: localDate("2025-12-31"), ...delivered("2025-12-20") });
}

async function inventory(): Promise<void> {
  const valid = await makeSystem(own, "已上云", 7, "2026-06-30", { mlpsLevel: 3 });
  await makeTest(own, valid, "mlps", "2026-01-05", "2026-06-30");
  await makeTest(own, valid, "crypto", "2026-01-05", "2026-06-29");
  const late = await makeSystem(own, "七月上云", 7, "2026-07-01");
  await makeTest(own, late, "mlps", "2026-07-01", "2027-07-01");
  const failed = await makeSystem(own, "六步", 6, "2026-05-01");
  await makeTest(own, failed, "mlps", "2026-03-02", "2027-03-02", "failed");
  await makeSystem(own, "一级", 0, "2026-05-01", { mlpsLevel: 1 });
  await makeSystem(
    own,
    "省垂",
    7,
    "2026-05-01",
    { ownership: "provincial" },
    { scope: "out", reason: "verticalSystem" },
  );
  await makeSystem(own, "涉密系统", 0, "2026-05-01", { secret: true }, { scope: "out", reason: "secretSystem" });
  await makeSystem(own, "已停用", 7, "2026-05-01", { retiredOn: localDate("2026-06-30") });
  await makeSystem(own, "七月登记", 0, "2026-05-01", { registeredOn: localDate("2026-07-01") });
  const incident = { regionId: city.regionId, unitId: own.unitId };
  await db.insert(securityIncidents).values([
    { ...incident, id: newId(), title: "重大事件", severity: "major", happenedOn: localDate("2026-06-30") },
    { ...incident, id: newId(), title: "一般事件", severity: "minor", happenedOn: localDate("2026-06-30") },
    { ...incident, id: newId(), title: "去年事件", severity: "major", happenedOn: localDate("2025-12-31") },
  ]);
}

/** Systems of two units whose standing or steps changed about the end of June. */
async function standings(): Promise<void> {
  hadUnitId = await makeUnit(db, city.regionId, "原主管单位");
  hasUnitId = await makeUnit(db, city.regionId, "现主管单位");
  const had = { ...own, unitId: hadUnitId };
  const make = (name: string, standing: object = {}) =>
    makeSystem(had, name, 7, "2026-05-01", { mlpsLevel: 1 }, standing);
  const undo = async (systemId: string, on: string) => {
    const back = { rolledBackOn: localDate(on), rolledBackBy: "bureau", rolledBackAt: at(on), rollbackReason: "退回" };
    await db.update(cloudSteps).set(back).where(eq(cloudSteps.systemId, systemId));
  };
  await undo(await make("六月底退回"), "2026-06-30");
  await undo(await make("七月退回"), "2026-07-01");
  await make("特殊已纳管", { scope: "special", reason: "largeVolume", managed: true });
  await make("特殊未纳管", { scope: "special", reason: "largeVolume", managed: false });
  const change = async (name: string, on: string, then: Partial<typeof cloudStandings.$inferInsert>) => {
    const systemId = await make(name, { toOn: localDate(on) });
    const span = { id: newId(), systemId, regionId: city.regionId, unitId: hadUnitId, scope: "in" as const };
    await db.insert(cloudStandings).values({ ...span, fromOn: localDate(on), ...then });
  };
  await change("六月底不纳入", "2026-06-30", { scope: "out", reason: "highLevel" });
  await change("七月不纳入", "2026-07-01", { scope: "out", reason: "highLevel" });
  await change("六月底移交", "2026-06-30", { unitId: hasUnitId });
  await change("七月移交", "2026-07-01", { unitId: hasUnitId });
}

async function supervision(): Promise<void> {
  const bulletin = newId();
  await makeItem(own, "1号", "2026-06-30", "2026-06-30");
  await makeItem(own, "2号", "2026-06-01", "2026-06-02");
  await makeItem(own, "3号", "2026-05-20", null, { reopenedCount: 1 });
  await makeItem(own, "4号", "2026-07-01", null);
  await makeItem(own, "5号", "2026-07-20", null, { origin: "bulletin", originId: bulletin });
  await makeItem(own, "6号", "2026-07-30", null, { origin: "bulletin", originId: bulletin });
  await makeItem(own, "7号", "2026-07-30", null, { origin: "bulletin", registeredOn: localDate("2026-07-01") });

  await makeTask(own, 1, "2026-07-19");
  await makeTask(own, 2, "2026-07-20");
  await makeTask(own, 3, "2026-06-01", { closedOn: localDate("2026-07-20") });
  await makeTask(own, 4, "2026-06-01", { deadlineKind: "startThenOngoing" });
  await makeTask(own, 5, "2026-07-10", { led: false });
}

async function quality(): Promise<void> {
  const [scheme] = await db.select({ id: schemes.id }).from(schemes).where(eq(schemes.regionId, city.regionId));
  const open = { id: newId(), regionId: city.regionId, period: period("2026-06"), schemeId: scheme?.id ?? "" };
  await db.insert(assessmentPeriods).values({ ...open, state: "open" });
  const score = {
    periodId: open.id,
    regionId: city.regionId,
    leaf: "catalogQuality",
    evidence: "抽查",
    scoredBy: "甲",
  };
  await db.insert(manualScores).values([
    { ...score, unitId: own.unitId, points: "2.40", confirmedBy: "乙" },
    { ...score, unitId: city.otherUnitId, points: "3.00" },
  ]);
}

const rowsOf = async (measure: string, unitId = own.unitId) => {
  const rows = await db
    .select()
    .from(frozenFactRows)
    .where(
      and(
        eq(frozenFactRows.periodId, periodId),
        eq(frozenFactRows.measure, measure),
        eq(frozenFactRows.unitId, unitId),
      ),
    )
    .orderBy(asc(frozenFactRows.position));
  return rows.map(({ label, numerator, denominator }) => `${label} ${numerator}/${denominator}`).sort();
};

const factOf = async (measure: string, unitId = own.unitId) => {
  const [fact] = await db
    .select()
    .from(frozenFacts)
    .where(and(eq(frozenFacts.periodId, periodId), eq(frozenFacts.measure, measure), eq(frozenFacts.unitId, unitId)));
  return fact && `${fact.numerator}/${fact.denominator}${fact.applicable ? "" : " not applicable"}`;
};

describe("the measures", () => {
  it("are those that have words, each once", () => {
    const codes = MEASURES.map(({ code }) => code);
    expect([...codes].sort()).toEqual([...MEASURE_CODES, ...Object.keys(CITY_TERMS)].sort());
  });

  it.each<[string, string, string[]]>([
    ["firstPassFiling", "1/2", ["数字底图 0/1", "管网系统 1/1"]],
    ["componentReuseRate", "1/2", ["管网系统 · 电子证照 0/1", "管网系统 · 统一身份认证 1/1"]],
    ["executionAgainstTime", "15000000/40000000", ["管网系统 15000000/40000000"]],
    [
      "reportsLate",
      "2/7",
      [
        "迟报项目 2026-06 1/1",
        "不报项目 2026-04 0/1",
        "不报项目 2026-05 0/1",
        "不报项目 2026-06 0/1",
        "按时项目 2026-04 0/1",
        "按时项目 2026-05 1/1",
        "按时项目 2026-06 0/1",
      ],
    ],
    [
      "reportsMissing",
      "2/7",
      [
        "迟报项目 2026-06 0/1",
        "不报项目 2026-04 0/1",
        "不报项目 2026-05 1/1",
        "不报项目 2026-06 1/1",
        "按时项目 2026-04 0/1",
        "按时项目 2026-05 0/1",
        "按时项目 2026-06 0/1",
      ],
    ],
    // two missing reports are red, one is not; a yellow month keeps the schedule
    [
      "scheduleKept",
      "5/7",
      [
        "迟报项目 2026-06 1/1",
        "不报项目 2026-04 1/1",
        "不报项目 2026-05 1/1",
        "不报项目 2026-06 0/1",
        "按时项目 2026-04 1/1",
        "按时项目 2026-05 0/1",
        "按时项目 2026-06 1/1",
      ],
    ],
    [
      "cataloguingRate",
      "7/8",
      ["丁 1/1", "丙 0/1", "乙 1/1", "日更及时 1/1", "日更过期 1/1", "月更及时 1/1", "月更过期 1/1", "甲 1/1"],
    ],
    ["collectionRate", "5/6", ["乙 0/1", "日更及时 1/1", "日更过期 1/1", "月更及时 1/1", "月更过期 1/1", "甲 1/1"]],
    ["updateOnTimeRate", "2/4", ["日更及时 1/1", "日更过期 0/1", "月更及时 1/1", "月更过期 0/1"]],
    ["demandMetRate", "2/4", ["七月提供 0/1", "当日提供 1/1", "提前提供 1/1", "未答复 0/1"]],
    ["demandsMetEarly", "1/0", ["提前提供 1/0"]],
    ["catalogQuality", "2.4/0", ["人工评分 2.4/0"]],
    ["cloudRate", "1/4", ["一级 0/1", "七月上云 0/1", "六步 0/1", "已上云 1/1"]],
    ["selfEvaluationAverage", "91.5/200", ["到期未自评 0/100", "已自评 91.5/100"]],
    ["validMlps", "1/3", ["七月上云 0/1", "六步 0/1", "已上云 1/1"]],
    ["validCrypto", "0/1", ["已上云 0/1"]],
    ["majorSecurityIncident", "1/0", ["重大事件 1/0"]],
    ["supervisionClosedInTime", "1/3", ["1号 事项1号 1/1", "2号 事项2号 0/1", "3号 事项3号 0/1"]],
    ["supervisionReopened", "1/0", ["3号 事项3号 1/0"]],
    ["publicCriticism", "1/0", ["5号 事项5号 1/0"]],
    [
      "city.projects",
      "14/0",
      [
        "七月终止 1/0",
        "七月项目 1/0",
        "不报项目 1/0",
        "到期未自评 1/0",
        "已自评 1/0",
        "未到自评期 1/0",
        "审核中 1/0",
        "已批复 1/0",
        "建设中 1/0",
        "按时项目 1/0",
        "迟报项目 1/0",
        "数字底图 1/0",
        "涉密项目（ZX2026-0009） 1/0",
        "管网系统 1/0",
      ],
    ],
    ["city.projectsUnderWay", "5/0", ["迟报项目 1/0", "七月终止 1/0", "不报项目 1/0", "按时项目 1/0", "管网系统 1/0"]],
    ["city.projectsGreen", "3/0", ["迟报项目 1/0", "七月终止 1/0", "管网系统 1/0"]],
    ["city.projectsYellow", "1/0", ["按时项目 1/0"]],
    ["city.projectsRed", "1/0", ["不报项目 1/0"]],
    ["city.progress", "45.5/60", ["按时项目 45.5/60"]],
    ["city.reportsLate", "1/0", ["迟报项目 1/0"]],
    ["city.reportsDue", "3/0", ["迟报项目 1/0", "不报项目 1/0", "按时项目 1/0"]],
    ["city.reportsOnTime", "1/0", ["按时项目 1/0"]],
    ["city.reportsMissing", "1/0", ["不报项目 1/0"]],
    ["city.sharingOutstanding", "2/3", ["丙 1/1", "乙 1/1", "甲 0/1"]],
    ["city.overdueTasks", "1/1", ["1 任务1 1/1"]],
    ["city.overdueSupervision", "2/80", ["3号 事项3号 1/61", "4号 事项4号 1/19"]],
  ])("%s is %s, by its rows", async (measure, figure, rows) => {
    expect(await rowsOf(measure)).toEqual([...rows].sort());
    expect(await factOf(measure)).toBe(figure);
  });

  it("a unit without rows is not concerned; an unconfirmed manual score is no score", async () => {
    expect(await factOf("cloudRate", city.otherUnitId)).toBe("0/0 not applicable");
    expect(await factOf("catalogQuality", city.otherUnitId)).toBe("0/0 not applicable");
  });

  it("a task that names no unit stands under none", async () => {
    expect(await rowsOf("city.overdueTasks", "00000000-0000-0000-0000-000000000000")).toEqual(["5 任务5 1/10"]);
  });

  it("why a light is on is told in words", async () => {
    const notes = await db
      .select({ measure: frozenFactRows.measure, note: frozenFactRows.note })
      .from(frozenFactRows)
      .where(and(eq(frozenFactRows.periodId, periodId), eq(frozenFactRows.unitId, own.unitId)));
    const noteOf = (measure: string) => notes.filter((row) => row.measure === measure).map(({ note }) => note);
    expect(noteOf("city.projectsYellow")).toEqual(["落后计划14.50个百分点"]);
    expect(noteOf("city.projectsRed")).toEqual(["累计缺报月报2份"]);
  });

  it("credit a system to the unit that had it at the end of the period, as it stood and with the steps that stood", async () => {
    expect(await rowsOf("cloudRate", hadUnitId)).toEqual([
      "七月不纳入 1/1",
      "七月移交 1/1",
      "七月退回 1/1",
      "六月底退回 0/1",
      "特殊未纳管 1/1",
    ]);
    expect(await rowsOf("cloudRate", hasUnitId)).toEqual(["六月底移交 1/1"]);
    const rates = await cloudRates(
      db,
      { regionIds: [city.regionId], unitId: null, operatorUnitId: null },
      localDate("2026-06-30"),
    );
    for (const unitId of [hadUnitId, hasUnitId]) {
      const rate = rates.find((row) => row.unitId === unitId);
      expect(await factOf("cloudRate", unitId)).toBe(`${rate?.numerator}/${rate?.denominator}`);
    }
  });

  it("count the cloud rate as the inventory does", async () => {
    const scope = scopeFor(await city.as("bureauAssessor"), "system:read");
    const rates = await cloudRates(db, scope, localDate("2026-06-30"));
    const inventory = new Map(rates.map((row) => [row.unitId, `${row.numerator}/${row.denominator}`]));
    expect(inventory.get(own.unitId)).toBe("1/4");
    expect(await factOf("cloudRate")).toBe(inventory.get(own.unitId));
  });
});
