import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { outbox, projects, resourceRevisions, resources, systems, units } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProject, UNDER_WAY } from "@tests/support/factories/assessment";
import { makeSystem } from "@tests/support/factories/systems";
import { makeRegisteredResource, resourceRow, type CatalogHands } from "@tests/support/factories/catalog";
import { deliveriesOf, deliver, makeAccepted } from "@tests/support/factories/delivery";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { connectResource } from "~/modules/catalog/connection/connect-resource.server";
import { suspendResource } from "~/modules/catalog/suspend-resource.server";
import { deliveryListeners } from "~/modules/delivery/index.server";
import type { DeliveryPayload } from "~/modules/delivery/payload";
import { digestOf } from "~/platform/audit/digest";
import { relayOutbox } from "~/platform/outbox.server";

const db = testDatabase();
let city: TestCity;
let hands: CatalogHands;
beforeAll(async () => {
  city = await makeCity(db);
  hands = {
    filer: city.ctx(await city.as("filer")),
    lead: city.ctx(await city.as("unitLead")),
    bureau: city.ctx(await city.as("bureauReviewer")),
  };
});

/** A registered entry of a project. */
async function entryOf(projectId: string, name: string) {
  const id = await makeRegisteredResource(hands, name);
  await db.update(resources).set({ projectId }).where(eq(resources.id, id));
  return id;
}
const payloadOf = (delivery: { payload: unknown } | undefined) => delivery?.payload as DeliveryPayload;
const systemsOf = (projectId: string) => db.select().from(systems).where(eq(systems.projectId, projectId));

/** A project under way becomes an accepted one, as acceptance does it. */
async function acceptProject(projectId: string): Promise<void> {
  await db
    .update(projects)
    .set({ stage: "accepted", acceptedOn: hands.bureau.today })
    .where(eq(projects.id, projectId));
  await deliver(hands.bureau, projectId);
}

describe("a passed final acceptance", () => {
  it("publishes the registered entries, registers the system and queues one delivery of both", async () => {
    await db.update(units).set({ creditCode: "11440784007000001X" }).where(eq(units.id, city.unitId));
    const projectId = await makeProject(city, "智慧管网系统甲", UNDER_WAY, {
      comparedName: "智慧管网系统甲",
      mlpsLevel: 3,
      hosting: "governmentCloud",
    });
    const entry = await entryOf(projectId, "管网巡检信息");
    await acceptProject(projectId);
    const published = await resourceRow(hands.filer, entry);
    expect(published).toMatchObject({ state: "published", edition: 1, publishedOn: "2026-07-20" });
    expect(published.code).toMatch(/^101001\/\d{6}$/);
    expect(await db.$count(resourceRevisions, eq(resourceRevisions.resourceId, entry))).toBe(1);
    const [system] = await systemsOf(projectId);
    expect(system).toMatchObject({
      name: "智慧管网系统甲",
      ownership: "own",
      mlpsLevel: 3,
      hosting: "governmentCloud",
      registeredOn: "2026-07-20",
    });
    expect(system?.code).toMatch(/^XT-\d{4}$/);
    const [delivery, ...more] = await deliveriesOf({ db }, projectId);
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({ number: 1, occasion: "accepted", state: "waiting", attempts: 0 });
    const payload = payloadOf(delivery);
    expect(payload.project).toMatchObject({
      name: "智慧管网系统甲",
      unitName: "市自然资源局",
      unitCreditCode: "11440784007000001X",
      acceptedOn: "2026-07-20",
    });
    expect(payload.systems.map(({ code }) => code)).toEqual([system?.code]);
    expect(payload.resources).toMatchObject([{ name: "管网巡检信息", code: published.code, connection: null }]);
    expect(payload.resources[0]?.items.map(({ name, isKey }) => [name, isKey])).toEqual([
      ["编号", true],
      ["名称", false],
    ]);
    expect(delivery?.digest).toBe(digestOf(payload));
  });

  it("done again changes nothing", async () => {
    const projectId = await makeAccepted(city, hands.bureau);
    await deliver(hands.bureau, projectId);
    expect(await deliveriesOf({ db }, projectId)).toHaveLength(1);
    expect(await systemsOf(projectId)).toHaveLength(1);
  });

  it("takes what the project rebuilt for its system, and keeps the one it has", async () => {
    const old = await makeSystem(city, "档案管理系统", 7);
    const rebuilt = await makeAccepted(city, hands.bureau, { name: "档案管理系统", comparedName: "档案管理系统" });
    expect((await systemsOf(rebuilt)).map(({ id }) => id)).toEqual([old]);
    const linked = await makeProject(city, "水厂系统", UNDER_WAY, { comparedName: "水厂系统" });
    await makeSystem(city, "水厂调度系统", 7, "2026-05-01", { projectId: linked });
    await acceptProject(linked);
    expect((await systemsOf(linked)).map(({ name }) => name)).toEqual(["水厂调度系统"]);
  });

  it("registers none for maintenance; and no platform is told of it", async () => {
    const kept = await makeAccepted(city, hands.bureau, { class: "maintenanceSoftware", comparedName: "运维" });
    expect(await systemsOf(kept)).toEqual([]);
    const secret = await makeAccepted(city, hands.bureau, { secret: true, comparedName: "涉密" });
    expect((await systemsOf(secret))[0]).toMatchObject({ secret: true });
    expect(await deliveriesOf(hands.bureau, secret)).toEqual([]);
  });

  it("gives consecutive system numbers to acceptances at the same moment", async () => {
    const ids = await Promise.all(
      [1, 2, 3, 4].map((at) => makeProject(city, `并行${at}`, UNDER_WAY, { comparedName: `并行${at}` })),
    );
    await Promise.all(ids.map(acceptProject));
    const codes = (await Promise.all(ids.map(systemsOf))).flat().map(({ code }) => Number(code.slice(3)));
    const sorted = codes.sort((a, b) => a - b);
    expect(sorted).toEqual([0, 1, 2, 3].map((more) => (sorted[0] ?? 0) + more));
  });

  it("fails as a whole for who may not publish, and for who registered an entry", async () => {
    const projectId = await makeProject(city, "权限系统", UNDER_WAY, { comparedName: "权限系统" });
    const entry = await entryOf(projectId, "权限信息");
    await expect(deliver(hands.filer, projectId)).rejects.toMatchObject({ kind: "forbidden" });
    await db.update(resources).set({ registeredBy: hands.bureau.actor.userId }).where(eq(resources.id, entry));
    await expect(deliver(hands.bureau, projectId)).rejects.toMatchObject({ kind: "forbidden" });
    expect((await resourceRow(hands.filer, entry)).state).toBe("registered");
    expect(await deliveriesOf({ db }, projectId)).toEqual([]);
  });
});

describe("what changes afterwards", () => {
  it("queues one further delivery for a change, none when nothing the platform is told changed", async () => {
    const projectId = await makeProject(city, "变化系统", UNDER_WAY, { comparedName: "变化系统" });
    const entry = await entryOf(projectId, "变化信息");
    await acceptProject(projectId);
    await relayOutbox(db, deliveryListeners);
    expect(await deliveriesOf({ db }, projectId)).toHaveLength(1);

    const { version } = await resourceRow(hands.filer, entry);
    accepted(await connectResource(hands.filer, { id: entry, version }, { address: "https://a.gov.cn/x", reason: "" }));
    await relayOutbox(db, deliveryListeners);
    accepted(await suspendResource(hands.bureau, { id: entry, version: version + 1, reason: "系统升级" }));
    await relayOutbox(db, deliveryListeners);
    const queued = await deliveriesOf({ db }, projectId);
    expect(queued.map(({ number, occasion }) => [number, occasion])).toEqual([
      [1, "accepted"],
      [2, "changed"],
      [3, "changed"],
    ]);
    expect(payloadOf(queued[1]).resources[0]?.connection).toMatchObject({
      address: "https://a.gov.cn/x",
      testedOn: null,
    });
    expect(payloadOf(queued[2]).resources[0]?.state).toBe("suspended");
    expect(payloadOf(queued[0]).resources[0]?.state).toBe("published");
  });

  it("tells nothing twice when an event comes twice, nothing of a project under way or of no project", async () => {
    const projectId = await makeProject(city, "重复系统", UNDER_WAY, { comparedName: "重复系统" });
    const entry = await entryOf(projectId, "重复信息");
    const alone = await makeRegisteredResource(hands, "不属项目信息");
    const heard = (subjectId: string) => ({
      topic: "resourceSuspended",
      subjectId,
      regionId: city.regionId,
      payload: {},
    });
    const [listen] = deliveryListeners.resourceSuspended ?? [];
    await listen?.(heard(entry), db);
    await listen?.(heard(alone), db);
    expect(await deliveriesOf({ db }, projectId)).toEqual([]);
    await acceptProject(projectId);
    const { version } = await resourceRow(hands.filer, entry);
    accepted(await suspendResource(hands.bureau, { id: entry, version, reason: "系统升级" }));
    await listen?.(heard(entry), db);
    await listen?.(heard(entry), db);
    await relayOutbox(db, deliveryListeners);
    expect(await deliveriesOf({ db }, projectId)).toHaveLength(2);
    expect(
      await db.$count(outbox, and(eq(outbox.topic, "deliveryQueued"), eq(outbox.regionId, city.regionId))),
    ).toBeGreaterThan(0);
  });
});
