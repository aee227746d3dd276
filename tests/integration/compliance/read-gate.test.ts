import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  catalogCategories,
  demands,
  projects,
  recollections,
  resourceConnections,
  resources,
  sanctions,
  securityTests,
  systems,
} from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeDraft } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { readGates } from "~/modules/compliance/gate.queries.server";
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

const resource = async (unitId: string, more: Partial<typeof resources.$inferInsert>): Promise<string> => {
  const id = newId();
  await db.insert(resources).values({
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
  return id;
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

const sanction = (unitId: string, number: number) =>
  db.insert(sanctions).values({
    id: newId(),
    regionId: city.regionId,
    unitId,
    number,
    rung: "postpone",
    state: "standing",
    reason: "未共享",
    fromOn: TODAY,
    proposedBy: "x",
    proposedAt: new Date(),
    imposedBy: "y",
  });

describe("the sharing gate of a unit", () => {
  it("is open for a unit of which nothing is known", async () => {
    expect(await readGate(db, await freshUnit(), TODAY)).toEqual({
      open: true,
      blocked: { money: false, maintenance: false, newSystems: false },
      reasons: [],
      notices: [],
      exemption: null,
    });
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
    await system(unitId, { mlpsLevel: 3, state: "suspended" });
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

  it("asks for a connection until one stands, and again when it was removed", async () => {
    const unitId = await freshUnit();
    const old = { method: "interface" as const, publishedOn: localDate("2026-06-01") };
    const resourceId = await resource(unitId, old);
    await resource(unitId, { ...old, method: "file" });
    await resource(unitId, { ...old, publishedOn: localDate("2026-07-01") });
    expect(await codesOf(unitId)).toEqual(["resourceNotConnected"]);
    const id = newId();
    await db.insert(resourceConnections).values({
      id,
      regionId: city.regionId,
      resourceId,
      method: "interface",
      address: "https://exchange.example/pipes",
      connectedBy: "x",
      connectedOn: localDate("2026-07-10"),
    });
    expect(await codesOf(unitId)).toEqual([]);
    await db
      .update(resourceConnections)
      .set({ removedOn: localDate("2026-07-15") })
      .where(eq(resourceConnections.id, id));
    expect(await codesOf(unitId)).toEqual(["resourceNotConnected"]);
  });

  it("counts a confirmed recollection until it is settled", async () => {
    const [unitId, other] = [await freshUnit(), await freshUnit()];
    const id = newId();
    await db.insert(recollections).values({
      id,
      regionId: city.regionId,
      unitId,
      resourceId: await resource(other, {}),
      where: "走访登记表",
      finding: "",
      state: "reported",
      reportedBy: "x",
      reportedAt: new Date(),
    });
    const as = (state: "standing" | "settled") =>
      db.update(recollections).set({ state }).where(eq(recollections.id, id));
    expect(await codesOf(unitId)).toEqual([]);
    await as("standing");
    expect(await codesOf(unitId)).toEqual(["recollection"]);
    await as("settled");
    expect(await codesOf(unitId)).toEqual([]);
  });

  it("names the sanction on the unit, not another's", async () => {
    const unitId = await freshUnit();
    await sanction(city.otherUnitId, 9001);
    expect(await codesOf(unitId)).toEqual([]);
    await sanction(unitId, 9002);
    expect(await codesOf(unitId)).toEqual(["sanctionOpen"]);
  });

  it("reads many units as it reads one, with as many statements", async () => {
    const [closed, open] = [await freshUnit(), await freshUnit()];
    await resource(closed, { lastUpdatedOn: localDate("2026-01-05") });
    await system(closed, { mlpsLevel: 3 });
    await sanction(closed, 9003);
    await demand(closed, { answerDueOn: localDate("2026-07-01") });
    const gates = await readGates(db, [closed, open], TODAY);
    expect(gates.get(closed)).toEqual(await readGate(db, closed, TODAY));
    expect(gates.get(closed)?.reasons).toHaveLength(5);
    expect(gates.get(open)).toEqual(await readGate(db, open, TODAY));
  });
});
