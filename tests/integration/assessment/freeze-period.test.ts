import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import {
  assessmentPeriods,
  auditEntries,
  domainEvents,
  frozenFactRows,
  frozenFacts,
  messages,
  projects,
  scoreSheets,
  systems,
  unitNames,
} from "@db/schema";
import { seedStarterScheme } from "@seeds/reference/starter-scheme";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeProject, makeReport, UNDER_WAY, type Owner } from "@tests/support/factories/assessment";
import { makeSystem } from "@tests/support/factories/systems";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import type { Result } from "~/kernel/result";
import {
  confirmPeriod,
  freezePeriod,
  publishPeriod,
  readRanking,
  visiblePeriods,
} from "~/modules/assessment/index.server";
import { readPeriod } from "~/modules/assessment/load-period.server";
import { recomputePeriod } from "~/modules/assessment/recompute-period.server";
import { readEvidence } from "~/modules/assessment/evidence.queries.server";
import { readScoreSheet } from "~/modules/assessment/score-sheet.queries.server";

const db = testDatabase();
const JUNE = period("2026-06");

let city: TestCity;
let assessor: Actor;
let reviewer: Actor;
let own: Owner;

beforeEach(async () => {
  city = await makeCity(db);
  own = { db, regionId: city.regionId, unitId: city.unitId };
  assessor = await city.as("bureauAssessor");
  reviewer = await city.as("bureauReviewer");
  await db.transaction((tx) => seedStarterScheme(tx, city.regionId));
});

const freeze = async (month = JUNE, today = "2026-07-20"): Promise<string> =>
  accepted(await freezePeriod(city.ctx(assessor, today), { period: month })).periodId;
const makeFinal = async (periodId: string): Promise<void> => {
  accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
  accepted(await confirmPeriod(city.ctx(reviewer), { periodId, version: 3 }));
};
const codeOf = (result: Result<unknown>): string =>
  result.ok ? "accepted" : result.refusals.map(({ code }) => code).join(" ");
const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "none",
    (error: { kind?: unknown }) => error.kind,
  );

describe("freezing a period", () => {
  it.each([
    ["on its last day", "2026-06-30", "periodEnded reportingDayPassed"],
    ["on the reporting day of the month after", "2026-07-15", "reportingDayPassed"],
    ["the day after", "2026-07-16", "accepted"],
  ])("%s", async (_name, today, expected) => {
    expect(codeOf(await freezePeriod(city.ctx(assessor, today), { period: JUNE }))).toBe(expected);
    const rows = await db.select().from(assessmentPeriods).where(eq(assessmentPeriods.regionId, city.regionId));
    expect(rows).toHaveLength(expected === "accepted" ? 1 : 0);
  });

  it("needs a scheme that was in force", async () => {
    const result = await freezePeriod(city.ctx(assessor), { period: period("2024-12") });
    expect(codeOf(result)).toBe("noScheme");
  });

  it.each(["filer", "leader", "bureauReviewer"] as const)("is not for a %s", async (role) => {
    const actor = await city.as(role);
    expect(await kindOf(freezePeriod(city.ctx(actor), { period: JUNE }))).toBe("forbidden");
  });

  it("twice is refused and changes nothing", async () => {
    const id = await freeze();
    expect(codeOf(await freezePeriod(city.ctx(assessor), { period: JUNE }))).toBe("notInThisState");
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(1);
  });

  it("at once by five has one effect", async () => {
    const results = await Promise.all(
      Array.from({ length: 5 }, () => freezePeriod(city.ctx(assessor), { period: JUNE })),
    );
    expect(results.map(codeOf).sort()).toEqual(["accepted", ...Array<string>(4).fill("notInThisState")]);
    expect(await db.$count(assessmentPeriods, eq(assessmentPeriods.regionId, city.regionId))).toBe(1);
  });

  it("is recorded with its cut-off and who did it", async () => {
    const id = await freeze();
    const row = await readPeriod(db, assessor, id);
    expect(row).toMatchObject({ state: "frozen", frozenBy: assessor.userId, version: 2 });
    expect(row.cutoffAt).toEqual(city.ctx(assessor).now);
    expect(row.factsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, id))).toBe(1);
  });
});

describe("publishing and confirming", () => {
  it("goes frozen, published, final, by two persons", async () => {
    const lead = await city.as("unitLead");
    const periodId = await freeze();
    expect(codeOf(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }))).toBe("accepted");
    expect(await db.$count(messages, eq(messages.userId, lead.userId))).toBe(1);
    expect(codeOf(await confirmPeriod(city.ctx(reviewer), { periodId, version: 3 }))).toBe("accepted");
    expect(await readPeriod(db, assessor, periodId)).toMatchObject({ state: "final", confirmedBy: reviewer.userId });
  });

  it("not by the person who froze it, whatever that person may do", async () => {
    const periodId = await freeze();
    accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
    const both = { ...assessor, roles: ["bureauAssessor", "bureauReviewer"] as const };
    expect(codeOf(await confirmPeriod(city.ctx(both), { periodId, version: 3 }))).toBe("otherPersonThanFroze");
  });

  it("no step before its turn, none twice", async () => {
    const periodId = await freeze();
    expect(codeOf(await confirmPeriod(city.ctx(reviewer), { periodId, version: 2 }))).toBe("notInThisState");
    accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
    expect(codeOf(await publishPeriod(city.ctx(assessor), { periodId, version: 3 }))).toBe("notInThisState");
  });

  it("a stale page is a conflict", async () => {
    const periodId = await freeze();
    const stale = { periodId, version: 1 };
    expect(await kindOf(publishPeriod(city.ctx(assessor), stale))).toBe("conflict");
    expect(await kindOf(confirmPeriod(city.ctx(reviewer), stale))).toBe("conflict");
  });

  it("403 without the permission, 404 outside the region or without sight", async () => {
    const periodId = await freeze();
    const ref = { periodId, version: 2 };
    expect(await kindOf(publishPeriod(city.ctx(reviewer), ref))).toBe("forbidden");
    expect(await kindOf(confirmPeriod(city.ctx(assessor), ref))).toBe("forbidden");
    const elsewhere = await makeCity(db);
    const stranger = await elsewhere.as("bureauAssessor");
    expect(await kindOf(publishPeriod(elsewhere.ctx(stranger), ref))).toBe("notFound");
    expect(await kindOf(confirmPeriod(city.ctx(await city.as("filer")), ref))).toBe("notFound");
  });
});

describe("what is frozen", () => {
  it("stays when the sources change, and recomputes to the same bytes", async () => {
    const systemId = await makeSystem(own, "系统", 7);
    const projectId = await makeProject(own, "项目", UNDER_WAY);
    await makeReport(own, projectId, "2026-06", "2026-07-15", "2026-07-16");
    const periodId = await freeze();
    const at = { period: JUNE, unitId: city.unitId };
    const before = await readScoreSheet(db, assessor, at);
    await db.update(systems).set({ ownership: "provincial" }).where(eq(systems.id, systemId));
    await db.update(projects).set({ stage: "terminated", name: "改名" }).where(eq(projects.id, projectId));
    expect(await readScoreSheet(db, assessor, at)).toEqual(before);

    const period = await readPeriod(db, assessor, periodId);
    const [first, second] = [await recomputePeriod(db, period), await recomputePeriod(db, period)];
    expect(first).toEqual({
      factsUnchanged: true,
      figuresAreSums: true,
      sheetsRecomputed: true,
      sheetsUnchanged: true,
      factsHash: period.factsHash,
      sheetsHash: period.sheetsHash,
    });
    expect(second).toEqual(first);
  });

  it.each<[string, (periodId: string) => Promise<unknown>, Record<string, boolean>]>([
    [
      "a row behind a figure",
      (id) =>
        db
          .update(frozenFactRows)
          .set({ label: "换名" })
          .where(and(eq(frozenFactRows.periodId, id), eq(frozenFactRows.measure, "cloudRate"))),
      { factsUnchanged: false, figuresAreSums: true, sheetsRecomputed: true, sheetsUnchanged: true },
    ],
    [
      "a figure",
      (id) =>
        db
          .update(frozenFacts)
          .set({ numerator: "1" })
          .where(
            and(eq(frozenFacts.periodId, id), eq(frozenFacts.measure, "cloudRate"), eq(frozenFacts.applicable, true)),
          ),
      { factsUnchanged: false, figuresAreSums: false, sheetsRecomputed: false, sheetsUnchanged: true },
    ],
    [
      "a score sheet",
      async (id) => {
        const [row] = await db.select().from(scoreSheets).where(eq(scoreSheets.periodId, id));
        const content = { ...(row?.content as object), total: "100.00" };
        await db.update(scoreSheets).set({ content }).where(eq(scoreSheets.periodId, id));
      },
      { factsUnchanged: true, figuresAreSums: true, sheetsRecomputed: true, sheetsUnchanged: false },
    ],
  ])("a recomputation notices that somebody changed %s", async (_name, tamper, expected) => {
    await makeSystem(own, "系统", 3);
    const periodId = await freeze();
    await tamper(periodId);
    expect(await recomputePeriod(db, await readPeriod(db, assessor, periodId))).toMatchObject(expected);
  });
});

describe("scores and places", () => {
  const inOrder = async (periodId: string) =>
    (await readRanking(db, periodId)).map((row) => [row.unitName, row.score, row.place, row.previousPlace]);

  it("follow from facts by hand: late −0.5, one of two systems migrated, the rest spread", async () => {
    const projectId = await makeProject(own, "项目", UNDER_WAY);
    await makeReport(own, projectId, "2026-06", "2026-07-15", "2026-07-16");
    await makeSystem(own, "已上云", 7, "2026-05-01", { mlpsLevel: null });
    await makeSystem(own, "未上云", 1, "2026-05-01", { mlpsLevel: null });
    await freeze();
    const { sheet } = await readScoreSheet(db, assessor, { period: JUNE, unitId: city.unitId });
    // projectManagement 25 and cloudAndComponents 15 share the 100: 62.5 and 37.5
    // reports 10 and schedule 10 share 62.5: 31.25 each; one late report −0.5; cloud 1/2 of 37.5
    const points = new Map(sheet.leaves.map((leaf) => [leaf.code, leaf.notApplicable ? "—" : leaf.points]));
    expect(points.get("reportsOnTime")).toBe("30.75");
    expect(points.get("scheduleKept")).toBe("31.25");
    expect(points.get("cloudRate")).toBe("18.75");
    expect([...points.values()].filter((each) => each !== "—")).toHaveLength(3);
    expect([sheet.total, sheet.grade]).toEqual(["80.75", "良"]);
  });

  it("equal scores share a place and the next is skipped; changes count from the last final period", async () => {
    const third = await makeUnit(db, city.regionId, "市司法局");
    const fourth = await makeUnit(db, city.regionId, "市统计局");
    const town = await makeUnit(db, city.regionId, "沙坪街道", { group: "town" });
    const owner = (unitId: string): Owner => ({ ...own, unitId });
    for (const unitId of [city.unitId, city.otherUnitId, third, town]) await makeSystem(owner(unitId), "甲", 7);
    await makeSystem(owner(city.otherUnitId), "乙", 1, "2026-06-15", { registeredOn: localDate("2026-06-01") });
    await makeSystem(owner(fourth), "甲", 1);
    const may = await freeze(period("2026-05"), "2026-06-16");
    expect(await inOrder(may)).toEqual([
      ["市自然资源局", expect.any(String), 1, null],
      ["市水利局", expect.any(String), 1, null],
      ["市司法局", expect.any(String), 1, null],
      ["市统计局", expect.any(String), 4, null],
      ["沙坪街道", expect.any(String), 1, null],
    ]);
    await makeFinal(may);
    const june = await freeze();
    expect((await inOrder(june)).map(([name, , place, previous]) => [name, place, previous])).toEqual([
      ["市自然资源局", 1, 1],
      ["市司法局", 1, 1],
      ["市水利局", 3, 1],
      ["市统计局", 4, 4],
      ["沙坪街道", 1, 1],
    ]);
  });

  it("carry the name a unit had then; units that nothing concerns have no place", async () => {
    await makeSystem(own, "甲", 7);
    await db.insert(unitNames).values([
      { unitId: city.unitId, name: "市国土资源局", fromOn: localDate("2010-01-01"), toOn: localDate("2026-06-30") },
      { unitId: city.unitId, name: "市自然资源局", fromOn: localDate("2026-07-01") },
    ]);
    expect((await inOrder(await freeze())).map(([name]) => name)).toEqual(["市国土资源局"]);
  });
});

describe("who sees scores", () => {
  let filer: Actor;
  let stranger: Actor;
  const at = () => ({ period: JUNE, unitId: city.unitId });

  beforeEach(async () => {
    await makeSystem(own, "甲", 7);
    await makeSystem({ ...own, unitId: city.otherUnitId }, "乙", 1);
    filer = await city.as("filer");
    stranger = await city.as("filer", city.otherUnitId);
  });

  it("nobody outside the bureau before they are published", async () => {
    const periodId = await freeze();
    expect(await kindOf(readScoreSheet(db, filer, at()))).toBe("notFound");
    expect(await kindOf(readEvidence(db, filer, { ...at(), leaf: "cloudRate" }))).toBe("notFound");
    expect(await visiblePeriods(db, filer)).toEqual([]);
    expect((await visiblePeriods(db, reviewer)).map(({ id }) => id)).toEqual([periodId]);
  });

  it("then a unit its own, and 404 for another's", async () => {
    const periodId = await freeze();
    accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
    expect((await readScoreSheet(db, filer, at())).head.unitName).toBe("市自然资源局");
    expect(await kindOf(readScoreSheet(db, stranger, at()))).toBe("notFound");
    expect(await kindOf(readEvidence(db, stranger, { ...at(), leaf: "cloudRate" }))).toBe("notFound");
    expect((await visiblePeriods(db, stranger)).map(({ id }) => id)).toEqual([periodId]);
  });

  it("evidence: rule, figure and rows that add up to it; of the whole city only one's own rows", async () => {
    const periodId = await freeze();
    accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
    const one = await readEvidence(db, filer, { ...at(), leaf: "cloudRate" });
    expect(one.facts).toMatchObject({ name: "上云率", weight: "8", path: ["上云与统一组件"] });
    expect(one.tables[0]).toMatchObject({ sum: { numerator: "1", denominator: "1", rowCount: 1 } });
    expect(one.tables[0]?.rows.map(({ label }) => label)).toEqual(["甲"]);
    const all = { period: JUNE, unitId: "all", leaf: "cloudRate" };
    const [whole] = (await readEvidence(db, filer, all)).tables;
    expect(whole?.sum).toEqual({ numerator: "1", denominator: "2", rowCount: 2 });
    expect(whole?.byUnit.map(({ unitName, numerator }) => [unitName, numerator])).toEqual([
      ["市自然资源局", "1"],
      ["市水利局", "0"],
    ]);
    expect(whole?.rows.map(({ label }) => label)).toEqual(["甲"]);
    const [forBureau] = (await readEvidence(db, assessor, all)).tables;
    expect(forBureau?.rows.map(({ label }) => label)).toEqual(["甲", "乙"]);
  });

  it("a code that stands for nothing is 404", async () => {
    await freeze();
    expect(await kindOf(readEvidence(db, assessor, { ...at(), leaf: "nothing" }))).toBe("notFound");
  });

  it("every fact of every unit is the sum of its rows", async () => {
    const periodId = await freeze();
    const facts = await db
      .select()
      .from(frozenFacts)
      .where(eq(frozenFacts.periodId, periodId))
      .orderBy(asc(frozenFacts.unitId));
    const rows = await db.select().from(frozenFactRows).where(eq(frozenFactRows.periodId, periodId));
    expect(facts.length).toBeGreaterThan(20);
    for (const fact of facts) {
      const own = rows.filter((row) => row.unitId === fact.unitId && row.measure === fact.measure);
      expect(Number(fact.numerator)).toBe(own.reduce((sum, row) => sum + Number(row.numerator), 0));
      expect(fact.applicable).toBe(own.length > 0);
    }
  });
});
