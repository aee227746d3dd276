import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { and, eq } from "drizzle-orm";

import { auditEntries, outgoingHosts, robots, sendings } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { allowHost, makeRobot } from "@tests/support/factories/messages";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { addHost } from "~/modules/inbox/add-host.server";
import { addRobot } from "~/modules/inbox/add-robot.server";
import { disableRobot } from "~/modules/inbox/disable-robot.server";
import { editRobot } from "~/modules/inbox/edit-robot.server";
import { enableRobot } from "~/modules/inbox/enable-robot.server";
import { listHosts } from "~/modules/inbox/hosts.queries.server";
import { listSendings, readLogQuery } from "~/modules/inbox/log.queries.server";
import { removeHost } from "~/modules/inbox/remove-host.server";
import { resendSending } from "~/modules/inbox/resend-sending.server";
import { listRobots, readRobot } from "~/modules/inbox/robots.queries.server";
import { testRobot } from "~/modules/inbox/test-robot.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const HOST = "oapi.dingtalk.com";
const URL_OF_ROBOT = `https://${HOST}/robot/send?access_token=abc`;
let city: TestCity;
let admin: Actor;
let guard: Actor;
/** The administrators of the region beside it. */
const elsewhere = (actor: Actor): Actor => ({
  ...actor,
  regionId: city.otherRegionId,
  regionIds: [city.otherRegionId],
});

beforeAll(async () => {
  city = await makeCity(db);
  [admin, guard] = [await city.as("systemAdmin"), await city.as("securityAdmin")];
  await allowHost(city, HOST);
});

const input = (more: object = {}) => ({
  name: `群${newId().slice(-6)}`,
  brand: "dingtalk" as const,
  url: URL_OF_ROBOT,
  secret: "SECtest",
  ...more,
});
const load = async (id: string) =>
  (await db.select().from(robots).where(eq(robots.id, id)))[0] ?? expect.fail("no robot");
const audited = (id: string) => db.$count(auditEntries, eq(auditEntries.objectId, id));

describe("addRobot", () => {
  it("enters it switched off, with one audit row", async () => {
    const added = await addRobot(city.ctx(admin), input({ unitId: city.unitId }));
    if (!added.ok) expect.fail("refused");
    expect(await load(added.value.id)).toMatchObject({ enabled: false, unitId: city.unitId, secret: "SECtest" });
    expect(await audited(added.value.id)).toBe(1);
  });

  it.each([
    ["a host that is not listed", { url: "https://evil.example/x" }, "hostNotListed"],
    ["a unit of another region", { unitId: newId() }, "unitUnknown"],
    ["no secret at DingTalk", { secret: "" }, "secretMissing"],
  ])("refuses %s and writes nothing", async (_name, more, code) => {
    const wanted = input(more);
    expect(await addRobot(city.ctx(admin), wanted)).toMatchObject({ ok: false, refusals: [{ code }] });
    expect(await db.$count(robots, eq(robots.name, wanted.name))).toBe(0);
  });

  it("a second press finds the name taken", async () => {
    const wanted = input();
    await addRobot(city.ctx(admin), wanted);
    expect(await addRobot(city.ctx(admin), wanted)).toMatchObject({ ok: false, refusals: [{ code: "nameTaken" }] });
  });

  it("is not for the security administrator, nor the bureau", async () => {
    await expect(addRobot(city.ctx(guard), input())).rejects.toMatchObject({ kind: "forbidden" });
    const bureau = await city.as("bureauReviewer");
    await expect(addRobot(city.ctx(bureau), input())).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("a robot that is there", () => {
  let id: string;
  beforeEach(async () => {
    id = await makeRobot(city, { url: URL_OF_ROBOT, enabled: false });
  });

  it("keeps address and secret when they are not typed anew, and shows neither", async () => {
    const edited = await editRobot(
      city.ctx(admin),
      { id, version: 1 },
      { name: `改名${id.slice(-6)}`, brand: "dingtalk" },
    );
    expect(edited.ok).toBe(true);
    expect(await load(id)).toMatchObject({ url: URL_OF_ROBOT, secret: "SECtest", version: 2 });
    const shown = JSON.stringify([
      await readRobot(db, admin, id),
      await listRobots(db, scopeFor(admin, "admin:system")),
    ]);
    expect(shown).toContain(HOST);
    expect(shown).not.toMatch(/access_token|SECtest/);
  });

  it("a new secret replaces the old one; WeCom keeps none", async () => {
    const name = `群二${id.slice(-6)}`;
    await editRobot(city.ctx(admin), { id, version: 1 }, { name, brand: "dingtalk", secret: "SECother" });
    expect(await load(id)).toMatchObject({ secret: "SECother" });
    await editRobot(city.ctx(admin), { id, version: 2 }, { name, brand: "wecom" });
    expect(await load(id)).toMatchObject({ secret: "", brand: "wecom" });
    const back = await editRobot(city.ctx(admin), { id, version: 3 }, { name, brand: "dingtalk" });
    expect(back).toMatchObject({ ok: false, refusals: [{ code: "secretMissing" }] });
  });

  it("is switched on and off, each once", async () => {
    const presses = await Promise.allSettled(
      Array.from({ length: 5 }, () => enableRobot(city.ctx(admin), { id, version: 1 })),
    );
    expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await audited(id)).toBe(1);
    await disableRobot(city.ctx(admin), { id, version: 2 });
    expect(await load(id)).toMatchObject({ enabled: false, version: 3 });
  });

  it("is not switched on once its host is off the list", async () => {
    await db.update(robots).set({ url: "https://gone.example/x" }).where(eq(robots.id, id));
    const result = await enableRobot(city.ctx(admin), { id, version: 1 });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "hostNotListed", facts: { host: "gone.example" } }] });
  });

  it("a test message is put in line once a minute, and only when it is switched on", async () => {
    expect(await testRobot(city.ctx(admin), { id, version: 1 })).toMatchObject({
      ok: false,
      refusals: [{ code: "robotDisabled" }],
    });
    await db.update(robots).set({ enabled: true }).where(eq(robots.id, id));
    await Promise.all(Array.from({ length: 5 }, () => testRobot(city.ctx(admin), { id, version: 1 })));
    expect(await db.$count(sendings, eq(sendings.robotId, id))).toBe(1);
    expect(await audited(id)).toBe(1);
  });

  const STEPS = [
    ["edit", (actor: Actor, version: number) => editRobot(city.ctx(actor), { id, version }, input())],
    ["enable", (actor: Actor, version: number) => enableRobot(city.ctx(actor), { id, version })],
    ["disable", (actor: Actor, version: number) => disableRobot(city.ctx(actor), { id, version })],
    ["test", (actor: Actor, version: number) => testRobot(city.ctx(actor), { id, version })],
  ] as const;

  it.each(STEPS)("%s: a stale page is a conflict, another region 404, another role 404", async (_name, step) => {
    await expect(step(admin, 7)).rejects.toMatchObject({ kind: "conflict" });
    await expect(step(elsewhere(admin), 1)).rejects.toMatchObject({ kind: "notFound" });
    await expect(step(guard, 1)).rejects.toMatchObject({ kind: "notFound" });
    expect(await load(id)).toMatchObject({ version: 1, enabled: false });
  });

  it("is 404 to read from another region", async () => {
    await expect(readRobot(db, elsewhere(admin), id)).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("the list of hosts", () => {
  it("takes a host once, however often it is pressed, and takes it back after it was removed", async () => {
    const host = `h${newId().slice(-8)}.example`;
    const presses = await Promise.all(
      Array.from({ length: 5 }, () => addHost(city.ctx(guard), { host, note: "网关" })),
    );
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    const find = async () =>
      (await db.select().from(outgoingHosts).where(eq(outgoingHosts.host, host)))[0] ?? expect.fail("no host");
    const { id, version } = await find();
    await removeHost(city.ctx(guard), { id, version });
    const listed = async () => (await listHosts(db, scopeFor(admin, "admin:system"))).some((row) => row.host === host);
    expect(await listed()).toBe(false);
    await expect(removeHost(city.ctx(guard), { id, version })).rejects.toMatchObject({ kind: "conflict" });
    expect(await addHost(city.ctx(guard), { host, note: "又用" })).toMatchObject({ ok: true });
    expect(await find()).toMatchObject({ id, note: "又用", removedAt: null });
    expect(await listed()).toBe(true);
  });

  it("is kept by the security administrator of the region alone", async () => {
    const id = await allowHost(city, `h${newId().slice(-8)}.example`);
    await expect(addHost(city.ctx(admin), { host: "a.example", note: "网关" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(removeHost(city.ctx(admin), { id, version: 1 })).rejects.toMatchObject({ kind: "notFound" });
    await expect(removeHost(city.ctx(elsewhere(guard)), { id, version: 1 })).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(removeHost(city.ctx(guard), { id, version: 9 })).rejects.toMatchObject({ kind: "conflict" });
  });
});

describe("the log", () => {
  /** A sending that was given up. */
  async function dead(more: Partial<typeof sendings.$inferInsert> = {}) {
    const id = newId();
    await db.insert(sendings).values({
      id,
      regionId: city.regionId,
      kind: "mail",
      address: `${id}@test.invalid`,
      subject: `催报 ${id}`,
      body: "催报",
      occasion: id,
      state: "dead",
      attempts: 10,
      createdAt: new Date("2026-07-20T01:00:00Z"),
      nextAttemptAt: new Date("2026-07-20T01:00:00Z"),
      lastError: "timeout",
      ...more,
    });
    return id;
  }
  const find = async (id: string) => (await db.select().from(sendings).where(eq(sendings.id, id)))[0];

  it.each(["bureauReviewer", "bureauAssessor", "systemAdmin"] as const)(
    "%s sends again what was given up",
    async (role) => {
      const id = await dead();
      const actor = await city.as(role);
      expect(await resendSending(city.ctx(actor), { id, attempts: 10 })).toMatchObject({ ok: true });
      expect(await find(id)).toMatchObject({ state: "waiting", attempts: 0, subject: `催报 ${id}` });
      expect(await audited(id)).toBe(1);
    },
  );

  it("pressed twice it is sent again once; a stale page is told", async () => {
    const id = await dead();
    await expect(resendSending(city.ctx(admin), { id, attempts: 3 })).rejects.toMatchObject({ kind: "conflict" });
    const presses = await Promise.all(
      Array.from({ length: 5 }, () => resendSending(city.ctx(admin), { id, attempts: 10 })),
    );
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    expect(presses.find(({ ok }) => !ok)).toMatchObject({ refusals: [{ code: "notDead" }] });
    expect(await audited(id)).toBe(1);
  });

  it("waits for its robot to be switched on", async () => {
    const robotId = await makeRobot(city, { enabled: false });
    const id = await dead({ kind: "robot", robotId });
    const result = await resendSending(city.ctx(admin), { id, attempts: 10 });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "robotDisabled" }] });
  });

  it("is 404 in another region and for units", async () => {
    const id = await dead();
    const filer = await city.as("filer");
    await expect(resendSending(city.ctx(elsewhere(admin)), { id, attempts: 10 })).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(resendSending(city.ctx(filer), { id, attempts: 10 })).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is asked by channel, state, day, unit and words, within the region", async () => {
    const filer = await city.as("filer", city.otherUnitId);
    const id = await dead({ userId: filer.userId, createdAt: new Date("2026-07-10T16:30:00Z") });
    const bureau = await city.as("bureauReviewer");
    const ids = async (question: string, actor = bureau) => {
      const { rows } = await listSendings(
        db,
        scopeFor(actor, "sending:read"),
        readLogQuery(new URLSearchParams(question)),
      );
      return rows.map((row) => row.id);
    };
    expect(await ids(`q=${id}`)).toEqual([id]);
    // half past midnight in Shanghai
    expect(await ids("day=2026-07-11")).toContain(id);
    expect(await ids("day=2026-07-10")).not.toContain(id);
    expect(await ids("unit=市水利局&kind=mail&state=dead")).toEqual([id]);
    expect(await ids("unit=市自然资源局")).not.toContain(id);
    expect(await ids(`q=${id}&state=sent`)).toEqual([]);
    expect(await ids(`q=${id}`, elsewhere(bureau))).toEqual([]);
    const { counts, total } = await listSendings(
      db,
      scopeFor(bureau, "sending:read"),
      readLogQuery(new URLSearchParams(`q=${id}&state=sent`)),
    );
    expect([counts.dead, total]).toEqual([1, 0]);
    expect(await db.$count(sendings, and(eq(sendings.id, id), eq(sendings.state, "dead")))).toBe(1);
  });
});
