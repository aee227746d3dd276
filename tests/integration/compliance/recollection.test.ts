import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { messages, recollections, systems } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeSharedResource } from "@tests/support/factories/compliance";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { readGate } from "~/modules/compliance/index.server";
import { confirmRecollection } from "~/modules/compliance/recollection/confirm-recollection.server";
import { readRecollection } from "~/modules/compliance/recollection/recollection.queries.server";
import { remedyRecollection } from "~/modules/compliance/recollection/remedy-recollection.server";
import { reportRecollection } from "~/modules/compliance/recollection/report-recollection.server";
import { settleRecollection } from "~/modules/compliance/recollection/settle-recollection.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let reporter: Actor;
let confirmer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  reporter = await city.as("bureauReviewer");
  confirmer = await city.as("bureauReviewer");
});

const rowOf = async (id: string) => (await db.select().from(recollections).where(eq(recollections.id, id)))[0];
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);

async function reported() {
  const unitId = await makeUnit(db, city.regionId, `单位${newId()}`);
  const resourceId = await makeSharedResource(city, city.otherUnitId);
  const input = { resourceId, where: "村居走访登记表", finding: "要求群众重复填报户籍信息" };
  const { id } = accepted(await reportRecollection(city.ctx(reporter), unitId, input));
  return { id, unitId, input, filer: await city.as("filer", unitId) };
}
async function standing() {
  const made = await reported();
  accepted(
    await confirmRecollection(city.ctx(confirmer), { id: made.id, version: 1, event: "confirm", opinion: "属实" }),
  );
  return made;
}
async function remedied() {
  const made = await standing();
  accepted(await remedyRecollection(city.ctx(made.filer), { id: made.id, version: 2, opinion: "已停止填报" }));
  return made;
}
const causes = async (unitId: string) => (await readGate(db, unitId, TODAY)).reasons.map(({ code }) => code);

describe("the way of a recollection", () => {
  it("closes the gate once it is confirmed, until its remedy was seen", async () => {
    const { id, unitId, filer } = await reported();
    expect(await causes(unitId)).toEqual([]);
    await expect(readRecollection(db, filer, id)).rejects.toMatchObject({ kind: "notFound" });
    accepted(await confirmRecollection(city.ctx(confirmer), { id, version: 1, event: "confirm", opinion: "" }));
    expect(await causes(unitId)).toEqual(["recollection"]);
    expect((await readRecollection(db, filer, id)).recollection.state).toBe("standing");
    expect(codes(await remedyRecollection(city.ctx(filer), { id, version: 2, opinion: " " }))).toEqual(["remedyGiven"]);
    accepted(await remedyRecollection(city.ctx(filer), { id, version: 2, opinion: "已停止填报，改从平台取数" }));
    expect(await causes(unitId)).toEqual(["recollection"]);
    accepted(await settleRecollection(city.ctx(reporter), { id, version: 3, event: "settle", opinion: "" }));
    expect(await causes(unitId)).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ state: "settled", settledBy: reporter.userId, settledOn: TODAY });
    const told = await db.select().from(messages).where(eq(messages.userId, filer.userId));
    expect(told.map(({ title }) => title)).toEqual([
      "认定重复采集，请整改：村居走访登记表",
      "重复采集整改已核实：村居走访登记表",
    ]);
  });

  it("is dismissed by another person with a reason, and closes nothing", async () => {
    const { id, unitId } = await reported();
    const dismiss = (opinion: string) =>
      confirmRecollection(city.ctx(confirmer), { id, version: 1, event: "dismiss", opinion });
    expect(codes(await dismiss(""))).toEqual(["reasonGiven"]);
    accepted(await dismiss("该表为法定表单"));
    expect(await causes(unitId)).toEqual([]);
  });

  it("is sent back when the remedy does not do", async () => {
    const { id, filer } = await remedied();
    const back = (opinion: string) =>
      settleRecollection(city.ctx(confirmer), { id, version: 3, event: "sendBack", opinion });
    expect(codes(await back(""))).toEqual(["reasonGiven"]);
    accepted(await back("仍在使用旧表"));
    expect((await rowOf(id))?.state).toBe("standing");
    accepted(await remedyRecollection(city.ctx(filer), { id, version: 4, opinion: "旧表已收回" }));
  });
});

describe("what is refused", () => {
  it("the same person confirming; settling by who reported the remedy", async () => {
    const { id } = await reported();
    const own = await confirmRecollection(city.ctx(reporter), { id, version: 1, event: "confirm", opinion: "" });
    expect(codes(own)).toEqual(["otherPersonThanBefore"]);
    const done = await remedied();
    const both = city.ctx({ ...done.filer, roles: ["filer", "bureauReviewer"], regionIds: reporter.regionIds });
    const settled = await settleRecollection(both, { id: done.id, version: 3, event: "settle", opinion: "" });
    expect(codes(settled)).toEqual(["otherPersonThanBefore"]);
  });

  it("a resource that is not shared, one's own, a system of another unit", async () => {
    const { unitId, input } = await reported();
    const report = (more: object) => reportRecollection(city.ctx(reporter), unitId, { ...input, ...more });
    const closed = await makeSharedResource(city, city.otherUnitId, { sharingType: "none" });
    expect(codes(await report({ resourceId: closed }))).toEqual(["resourceNotShared"]);
    expect(codes(await report({ resourceId: newId() }))).toEqual(["resourceNotShared"]);
    expect(codes(await report({ resourceId: await makeSharedResource(city, unitId) }))).toEqual(["ownResource"]);
    const systemId = newId();
    await db.insert(systems).values({
      id: systemId,
      regionId: city.regionId,
      unitId: city.otherUnitId,
      code: systemId,
      name: "系统",
      comparedName: systemId,
      initials: "",
      ownership: "own",
      hosting: "governmentCloud",
      registeredOn: TODAY,
    });
    expect(codes(await report({ systemId }))).toEqual(["systemNotOfUnit"]);
  });

  it("another unit 404, a role without the permission 403, a stale version a conflict, twice once", async () => {
    const { id, unitId, input, filer } = await standing();
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const remedy = { id, version: 2, opinion: "已停止" };
    await expect(remedyRecollection(stranger, remedy)).rejects.toMatchObject({ kind: "notFound" });
    await expect(remedyRecollection(city.ctx(confirmer), remedy)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(reportRecollection(city.ctx(filer), unitId, input)).rejects.toMatchObject({ kind: "forbidden" });
    const assessor = city.ctx(await city.as("bureauAssessor"));
    await expect(
      confirmRecollection(assessor, { id, version: 2, event: "confirm", opinion: "" }),
    ).rejects.toMatchObject({ kind: "forbidden" });
    await expect(remedyRecollection(city.ctx(filer), { ...remedy, version: 1 })).rejects.toMatchObject({
      kind: "conflict",
    });
    const twice = await Promise.allSettled([1, 2].map(() => remedyRecollection(city.ctx(filer), remedy)));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
