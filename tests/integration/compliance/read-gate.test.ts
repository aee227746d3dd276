import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { catalogCategories, demands, projects, resources, sanctions, securityTests, systems } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeDraft } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { readGate } from "~/modules/compliance/index.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let category = "";
beforeAll(async () => {
  city = await makeCity(db);
  category = (await db.select().from(catalogCategories).limit(1))[0]?.code ?? "";
});

const codesOf = async (unitId: string) => (await readGate(db, unitId, TODAY)).reasons.map(({ code }) => code);
/** A unit of its own for each case, so that one case's facts are not another's. */
const freshUnit = () => makeUnit(db, city.regionId, `单位${newId()}`);

async function acceptedProject(unitId: string): Promise<string> {
  const id = await makeDraft(city.ctx(await city.as("filer", unitId)));
  await db
    .update(projects)
    .set({ stage: "accepted", acceptedOn: localDate("2026-03-01") })
    .where(eq(projects.id, id));
  return id;
}

const resource = (unitId: string, more: Partial<typeof resources.$inferInsert>) => {
  const id = newId();
  return db.insert(resources).values({
    id,
    regionId: city.regionId,
    unitId,
    categoryCode: category,
    name: `资源${id}`,
    normalizedName: id,
    initials: "",
    searchGrams: [],
    summary: "",
    formatClass: "database",
    sharingType: "unconditional",
    updateCycle: "monthly",
    state: "published",
    lastUpdatedOn: localDate("2026-07-01"),
    ...more,
  });
};

async function system(unitId: string, more: Partial<typeof systems.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await db.insert(systems).values({
    id,
    regionId: city.regionId,
    unitId,
    code: id,
    name: `系统${id}`,
    comparedName: id,
    initials: "",
    ownership: "own",
    hosting: "governmentCloud",
    registeredOn: localDate("2025-01-01"),
    ...more,
  });
  return id;
}

const demand = (providerUnitId: string, more: Partial<typeof demands.$inferInsert>) =>
  db.insert(demands).values({
    id: newId(),
    regionId: city.regionId,
    unitId: city.otherUnitId,
    providerUnitId,
    wanted: "不动产登记信息",
    legalBasis: "",
    scene: "",
    method: "interface",
    frequency: "daily",
    state: "checked",
    ...more,
  });

describe("the sharing gate of a unit", () => {
  it("is open for a unit of which nothing is known", async () => {
    expect(await readGate(db, await freshUnit(), TODAY)).toEqual({ open: true, reasons: [], exemption: null });
  });

  it("closes on an accepted project without a system, and opens when the inventory names it", async () => {
    const unitId = await freshUnit();
    const projectId = await acceptedProject(unitId);
    const gate = await readGate(db, unitId, TODAY);
    expect(gate).toMatchObject({
      open: false,
      reasons: [{ code: "systemNotInventoried", evidence: { id: projectId } }],
    });
    await system(unitId, { projectId });
    expect(await codesOf(unitId)).toEqual([]);
  });

  it("does not ask the inventory for a consultancy, nor before acceptance", async () => {
    const unitId = await freshUnit();
    const consultancy = await acceptedProject(unitId);
    await db.update(projects).set({ class: "thirdParty" }).where(eq(projects.id, consultancy));
    await makeDraft(city.ctx(await city.as("filer", unitId)));
    expect(await codesOf(unitId)).toEqual([]);
  });

  it("holds an accepted project to what its filing promised to share", async () => {
    const unitId = await freshUnit();
    const projectId = await acceptedProject(unitId);
    await system(unitId, { projectId });
    await resource(unitId, { projectId, state: "published" });
    await resource(unitId, { projectId, state: "registered", sharingType: "none" });
    expect(await codesOf(unitId)).toEqual([]);
    await resource(unitId, { projectId, state: "registered" });
    expect(await codesOf(unitId)).toEqual(["promiseNotPublished"]);
  });

  it("sees stale resources, but not those that are withdrawn or not shared", async () => {
    const unitId = await freshUnit();
    const old = localDate("2026-01-05");
    await resource(unitId, { lastUpdatedOn: old, state: "withdrawn" });
    await resource(unitId, { lastUpdatedOn: old, sharingType: "none" });
    expect(await codesOf(unitId)).toEqual([]);
    await resource(unitId, { lastUpdatedOn: old });
    await resource(unitId, { lastUpdatedOn: null, publishedOn: old });
    expect(await codesOf(unitId)).toEqual(["resourceStale", "resourceStale"]);
  });

  it("counts the demands that it must answer, not those that it made", async () => {
    const unitId = await freshUnit();
    const late = localDate("2026-07-01");
    await demand(city.unitId, { unitId, answerDueOn: late });
    await demand(unitId, { state: "ended", answerDueOn: late });
    await demand(unitId, { state: "agreed", dueOn: late, deliveredAt: city.ctx(await city.as("filer")).now });
    expect(await codesOf(unitId)).toEqual([]);
    await demand(unitId, { answerDueOn: late });
    await demand(unitId, { state: "agreed", dueOn: late });
    expect((await codesOf(unitId)).sort()).toEqual(["demandUnanswered", "demandUndelivered"]);
  });

  it("asks tests of own, living, open systems only", async () => {
    const unitId = await freshUnit();
    await system(unitId, { mlpsLevel: 3, ownership: "provincial" });
    await system(unitId, { mlpsLevel: 3, secret: true });
    await system(unitId, { mlpsLevel: 3, inUse: false });
    await system(unitId, { mlpsLevel: 3, retiredOn: TODAY });
    expect(await codesOf(unitId)).toEqual([]);
    const systemId = await system(unitId, { mlpsLevel: 3 });
    const valid = { regionId: city.regionId, systemId, passed: "passed" as const, validUntil: localDate("2026-12-31") };
    await db.insert(securityTests).values([
      { ...valid, id: newId(), kind: "mlps", testedOn: localDate("2026-01-01") },
      // a test of the future proves nothing today
      { ...valid, id: newId(), kind: "crypto", testedOn: localDate("2026-07-21") },
    ]);
    expect(await codesOf(unitId)).toEqual(["cryptoInvalid"]);
  });

  it("names the sanction on the unit, not another's", async () => {
    const unitId = await freshUnit();
    const row = { regionId: city.regionId, kind: "funding", reason: "未共享", fromOn: TODAY, imposedBy: "x" };
    await db.insert(sanctions).values({ ...row, id: newId(), unitId: city.otherUnitId });
    expect(await codesOf(unitId)).toEqual([]);
    await db.insert(sanctions).values({ ...row, id: newId(), unitId });
    expect(await codesOf(unitId)).toEqual(["sanctionOpen"]);
  });
});
