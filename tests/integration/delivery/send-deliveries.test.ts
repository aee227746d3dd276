import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { auditEntries, catalogDeliveries, messages, ruleFigures } from "@db/schema";
import type { Scripted } from "@tests/support/catalog-platform";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  attemptsOf,
  deliveriesOf,
  makeAccepted,
  makeDue,
  sendTo,
  withPlatform,
} from "@tests/support/factories/delivery";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { canonicalJson } from "~/kernel/canonical-json";
import { localDate } from "~/kernel/local-date";
import { platformAt } from "~/modules/delivery/catalog-platform.server";
import { claimDelivery } from "~/modules/delivery/claim-delivery.server";
import { listDeliveries, readDelivery, readDeliveryQuery } from "~/modules/delivery/deliveries.queries.server";
import { resendDelivery } from "~/modules/delivery/resend-delivery.server";
import { sendDeliveries } from "~/modules/delivery/send-deliveries.server";
import { settleDelivery } from "~/modules/delivery/settle-delivery.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let bureau: Ctx;
beforeAll(async () => {
  city = await makeCity(db);
  bureau = city.ctx(await city.as("bureauReviewer"));
});
/** What one test leaves due would be sent by the next. */
afterEach(async () => {
  await db.update(catalogDeliveries).set({ nextAttemptAt: null, leasedUntil: null });
});

/** An accepted project with its only delivery. */
async function makeDelivery() {
  const projectId = await makeAccepted(city, bureau, { comparedName: newId() });
  const [delivery] = await deliveriesOf({ db }, projectId);
  if (!delivery) throw new Error("no delivery");
  return { projectId, id: delivery.id };
}
const now = async (id: string) => {
  const [row] = await db.select().from(catalogDeliveries).where(eq(catalogDeliveries.id, id));
  return row ?? expect.fail("no such delivery");
};
const always = (answer: Scripted) => () => answer;
/** A further delivery of a project, as a change queues it. */
async function addDelivery(projectId: string): Promise<string> {
  const [last] = (await deliveriesOf({ db }, projectId)).slice(-1);
  if (!last) throw new Error("no delivery");
  const id = newId();
  await db.insert(catalogDeliveries).values({ ...last, id, number: last.number + 1, occasion: "changed" });
  return id;
}

describe("sending", () => {
  it("posts the frozen content under the delivery's key, once, and keeps the answer", async () => {
    const { id } = await makeDelivery();
    await withPlatform(undefined, async (platform) => {
      expect(await sendTo({ db }, platform)).toBe(1);
      expect(await sendTo({ db }, platform)).toBe(0);
      const delivery = await now(id);
      expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 200, lastError: null });
      expect(delivery.answer).toBe('{"taken":true}');
      expect(delivery.deliveredAt).not.toBeNull();
      expect(platform.effects).toEqual([{ key: id, projectCode: delivery.projectCode, body: delivery.payload }]);
      expect(platform.requests[0]).toMatchObject({ "content-type": "application/json; charset=utf-8" });
      expect(canonicalJson(platform.effects[0]?.body)).toBe(canonicalJson(delivery.payload));
    });
    const [attempt] = await attemptsOf({ db }, id);
    expect(attempt).toMatchObject({ number: 1, status: 200, error: null });
    expect(attempt?.endedAt).not.toBeNull();
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, id))).toBe(2);
  });

  it("writes a code with a slash as one part of the address", async () => {
    const { id } = await makeDelivery();
    await db.update(catalogDeliveries).set({ projectCode: "ZX/2026 一" }).where(eq(catalogDeliveries.id, id));
    await withPlatform(undefined, async (platform) => {
      await sendTo({ db }, platform);
      expect(platform.effects[0]?.projectCode).toBe("ZX/2026 一");
    });
  });

  it("sends nothing while no platform is configured, and all of it afterwards", async () => {
    const { id } = await makeDelivery();
    expect(await sendDeliveries(db)).toBe(0);
    expect(await now(id)).toMatchObject({ state: "waiting", attempts: 0 });
    await withPlatform(undefined, (platform) => sendTo({ db }, platform));
    expect((await now(id)).state).toBe("delivered");
  });

  it("takes a 409 that names its own key for delivered, by header or by body", async () => {
    for (const byHeader of [true, false]) {
      const { id } = await makeDelivery();
      const answer = byHeader
        ? { status: 409, headers: { "idempotency-key": id } }
        : { status: 409, body: JSON.stringify({ idempotencyKey: id }) };
      await withPlatform(always(answer), (platform) => sendTo({ db }, platform));
      expect((await now(id)).state).toBe("delivered");
    }
  });

  it.each<[string, Scripted, string]>([
    ["409 with another key", { status: 409, headers: { "idempotency-key": newId() } }, "otherKey"],
    ["409 without a key", { status: 409, body: "已存在" }, "otherKey"],
    ["a redirect, which is not followed", { status: 302, headers: { location: "http://127.0.0.1:1/" } }, "redirected"],
    ["400", { status: 400, body: "缺少系统名称" }, "answered"],
    ["503", { status: 503, body: "正在维护" }, "answered"],
  ])("%s is tried again later", async (_name, answer, error) => {
    const { projectId, id } = await makeDelivery();
    await withPlatform(always(answer), async (platform) => {
      expect(await sendTo({ db }, platform)).toBe(1);
      expect(platform.requests).toHaveLength(1);
      expect(platform.effects).toEqual([]);
      // Not before its time.
      expect(await sendTo({ db }, platform)).toBe(0);
    });
    const failed = await now(id);
    expect(failed).toMatchObject({ state: "retrying", lastStatus: answer.status, lastError: error, leasedUntil: null });
    expect(failed.answer).toBe(answer.body ?? null);
    const wait = (failed.nextAttemptAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(40_000);
    expect(wait).toBeLessThan(60_000);
    await makeDue({ db }, projectId);
    await withPlatform(undefined, (platform) => sendTo({ db }, platform));
    expect(await now(id)).toMatchObject({ state: "delivered", attempts: 2, lastError: null });
    expect((await attemptsOf({ db }, id)).map(({ error }) => error)).toEqual([error, null]);
  });

  it("has one effect when the platform took it and stayed silent, or broke off its answer", async () => {
    for (const failure of ["silenceAfterEffect", "cutReply"] as const) {
      const { projectId, id } = await makeDelivery();
      let turns = 0;
      await withPlatform(
        () => (turns++ === 0 ? failure : undefined),
        async (platform) => {
          await sendTo({ db }, platform);
          const expected = failure === "cutReply" ? /^connection/ : /^timeout/;
          expect(await now(id)).toMatchObject({ state: "retrying", lastStatus: null });
          expect((await now(id)).lastError).toMatch(expected);
          await makeDue({ db }, projectId);
          await sendTo({ db }, platform);
          expect(platform.effects).toHaveLength(1);
          expect(platform.requests.map((headers) => headers["idempotency-key"])).toEqual([id, id]);
        },
      );
      expect(await now(id)).toMatchObject({ state: "delivered", lastStatus: 409 });
    }
  });

  it("a platform that cannot be reached is a failure like any other", async () => {
    const { id } = await makeDelivery();
    const gone = await withPlatform(undefined, ({ url }) => Promise.resolve({ url }));
    await sendTo({ db }, gone);
    expect(await now(id)).toMatchObject({ state: "retrying", lastStatus: null, lastError: "connection ECONNREFUSED" });
  });

  it("reads no more of a huge answer than it keeps, and keeps no byte the database cannot hold", async () => {
    const { id } = await makeDelivery();
    const huge = { status: 500, body: `\0坏${"x".repeat(8_000_000)}` };
    await withPlatform(always(huge), ({ url }) =>
      sendTo({ db }, { url }, { platform: platformAt(url, { timeoutMs: 5_000 }) }),
    );
    const { answer } = await now(id);
    expect(answer).toHaveLength(500);
    expect(answer?.startsWith("坏x")).toBe(true);
  });

  it("tells the platform who it is when it has a key for it", async () => {
    await makeDelivery();
    vi.resetModules();
    await withPlatform(undefined, async (platform) => {
      vi.stubEnv("CATALOG_PLATFORM_URL", `${platform.url}/base/`);
      vi.stubEnv("CATALOG_PLATFORM_KEY", "key-of-the-city");
      const { sendDeliveries: sendByEnvironment } = await import("~/modules/delivery/send-deliveries.server");
      expect(await sendByEnvironment(db)).toBe(1);
      expect(platform.requests[0]).toMatchObject({ authorization: "Bearer key-of-the-city" });
    });
    vi.unstubAllEnvs();
    vi.resetModules();
  });
});

describe("the order of a project", () => {
  it("a later delivery waits for the earlier ones; other projects do not", async () => {
    const first = await makeDelivery();
    const second = await addDelivery(first.projectId);
    const other = await makeDelivery();
    await withPlatform(
      (request) => (request.headers["idempotency-key"] === first.id ? { status: 503 } : undefined),
      async (platform) => {
        expect(await sendTo({ db }, platform)).toBe(2);
        expect(platform.effects.map(({ key }) => key)).toEqual([other.id]);
      },
    );
    expect(await now(second)).toMatchObject({ state: "waiting", attempts: 0 });
    await makeDue({ db }, first.projectId);
    await withPlatform(undefined, async (platform) => {
      expect(await sendTo({ db }, platform)).toBe(2);
      expect(platform.effects.map(({ key }) => key)).toEqual([first.id, second]);
    });
  });

  it("many senders at once send each delivery once and in order", async () => {
    const { projectId } = await makeDelivery();
    for (let more = 0; more < 9; more++) await addDelivery(projectId);
    await withPlatform(undefined, async (platform) => {
      const sent = await Promise.all(Array.from({ length: 5 }, () => sendTo({ db }, platform)));
      let attempts = sent.reduce((sum, each) => sum + each, 0);
      attempts += await sendTo({ db }, platform);
      expect(attempts).toBe(10);
      expect(platform.requests).toHaveLength(10);
      const ids = (await deliveriesOf({ db }, projectId)).map(({ id }) => id);
      expect(platform.effects.map(({ key }) => key)).toEqual(ids);
    });
  });
});

describe("a lease", () => {
  const settled = { status: 200, error: null, answer: null };

  it("keeps others away, runs out with its process, and leads to the same key again", async () => {
    const { id } = await makeDelivery();
    const dead = await claimDelivery(db, 200);
    expect(dead?.delivery.id).toBe(id);
    expect(await claimDelivery(db, 200)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 250));
    await withPlatform(undefined, async (platform) => {
      expect(await sendTo({ db }, platform)).toBe(1);
      expect(platform.effects.map(({ key }) => key)).toEqual([id]);
    });
    expect((await attemptsOf({ db }, id)).map(({ endedAt }) => endedAt !== null)).toEqual([false, true]);
    // The process was only slow: its word comes too late and changes nothing.
    const late = dead ?? expect.fail("no claim");
    const end = { status: 503, error: "answered", answer: "太晚" };
    await expect(settleDelivery(bureau, late, "fail", end, 1_000)).rejects.toMatchObject({ kind: "conflict" });
    expect(await now(id)).toMatchObject({ state: "delivered", lastStatus: 200 });
    expect((await attemptsOf({ db }, id))[0]).toMatchObject({ status: 503, error: "answered" });
  });

  it("of another process makes this one's settlement fail, not its delivery", async () => {
    const { id } = await makeDelivery();
    const slow = (await claimDelivery(db, 1)) ?? expect.fail("no claim");
    await new Promise((resolve) => setTimeout(resolve, 20));
    const quick = (await claimDelivery(db, 5_000)) ?? expect.fail("no claim");
    await expect(settleDelivery(bureau, slow, "deliver", settled, null)).rejects.toMatchObject({ kind: "conflict" });
    expect(await now(id)).toMatchObject({ state: "waiting", attempts: 2 });
    accepted(await settleDelivery(bureau, quick, "deliver", settled, null));
    expect((await now(id)).state).toBe("delivered");
  });
});

describe("giving up and sending again", () => {
  const MOST = 3;
  beforeAll(async () => {
    await db.insert(ruleFigures).values({
      id: newId(),
      code: "delivery.maxAttempts",
      name: "目录平台发送停止重试",
      value: String(MOST),
      unit: "次",
      source: "测试",
      inForceFrom: localDate("2021-01-01"),
    });
  });

  async function makeDead() {
    const made = await makeDelivery();
    await withPlatform(always({ status: 422, body: "系统编号格式不对" }), async (platform) => {
      for (let at = 0; at < MOST; at++) {
        await makeDue({ db }, made.projectId);
        await sendTo({ db }, platform);
      }
      await makeDue({ db }, made.projectId);
      expect(await sendTo({ db }, platform)).toBe(0);
    });
    return made;
  }
  const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
    result.ok ? ["ok"] : result.refusals.map(({ code }) => code);

  it("stops after the figure's attempts, tells the bureau, and holds the project's later ones back visibly", async () => {
    const { projectId, id } = await makeDead();
    const later = await addDelivery(projectId);
    await db.update(catalogDeliveries).set({ state: "waiting" }).where(eq(catalogDeliveries.id, later));
    expect(await now(id)).toMatchObject({ state: "dead", attempts: MOST, lastStatus: 422, answer: "系统编号格式不对" });
    expect((await attemptsOf({ db }, id)).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await db.$count(messages, eq(messages.href, `/catalog/deliveries/${id}`))).toBeGreaterThan(0);
    await withPlatform(undefined, async (platform) => expect(await sendTo({ db }, platform)).toBe(0));
    const shown = await readDelivery(db, bureau.actor, later);
    expect(shown.earlier).toMatchObject({ id, state: "dead" });
    const list = await listDeliveries(
      db,
      scopeFor(bureau.actor, "delivery:read"),
      readDeliveryQuery(new URLSearchParams()),
    );
    expect(list.rows[0]).toMatchObject({ state: "dead" });
    expect(list.rows.find((row) => row.id === later)?.heldBack).toBe(true);
  });

  it("is sent again under the same key, with all of its attempts before it", async () => {
    const { id } = await makeDead();
    const { version } = await now(id);
    accepted(await resendDelivery(bureau, { id, version }));
    expect(await now(id)).toMatchObject({ state: "waiting", attempts: 0, resentBy: bureau.actor.userId });
    await withPlatform(undefined, async (platform) => {
      await sendTo({ db }, platform);
      expect(platform.effects.map(({ key }) => key)).toEqual([id]);
    });
    expect((await attemptsOf({ db }, id)).map(({ number, error }) => [number, error])).toEqual([
      [1, "answered"],
      [2, "answered"],
      [3, "answered"],
      [4, null],
    ]);
    const { events, attempts } = await readDelivery(db, bureau.actor, id);
    expect(events.map(({ type }) => type).sort()).toEqual(
      ["deliveryDelivered", "deliveryGivenUp", "deliveryQueued", "deliveryResent"].sort(),
    );
    expect(attempts[0]?.number).toBe(4);
  });

  it("pressed twice it is sent again once", async () => {
    const { id } = await makeDead();
    const { version } = await now(id);
    const twice = await Promise.allSettled([1, 2].map(() => resendDelivery(bureau, { id, version })));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(codes(await resendDelivery(bureau, { id, version: version + 1 }))).toEqual(["notInThisState"]);
    await expect(resendDelivery(bureau, { id, version })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is not for the unit, not for the assessor, and not there for another unit", async () => {
    const { id } = await makeDead();
    const { version } = await now(id);
    const as = async (...of: Parameters<TestCity["as"]>) => city.ctx(await city.as(...of));
    for (const role of ["filer", "unitLead", "bureauAssessor", "financeReviewer"] as const)
      await expect(resendDelivery(await as(role), { id, version })).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await as("filer", city.otherUnitId);
    await expect(resendDelivery(stranger, { id, version })).rejects.toMatchObject({ kind: "notFound" });
    await expect(readDelivery(db, stranger.actor, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readDelivery(db, bureau.actor, newId())).rejects.toMatchObject({ kind: "notFound" });
    const scope = scopeFor(stranger.actor, "delivery:read");
    expect((await listDeliveries(db, scope, readDeliveryQuery(new URLSearchParams()))).total).toBe(0);
  });
});

describe("the list", () => {
  it("answers by state, unit and words, and counts every state", async () => {
    const { id, projectId } = await makeDelivery();
    await db.execute(sql`update projects set name = '独一无二的平台' where id = ${projectId}`);
    const scope = scopeFor(bureau.actor, "delivery:read");
    const ask = (words: string) => listDeliveries(db, scope, readDeliveryQuery(new URLSearchParams(words)));
    expect((await ask("q=独一无二&state=waiting")).rows.map((row) => row.id)).toEqual([id]);
    expect(await ask("q=独一无二&state=dead")).toMatchObject({ rows: [], counts: { waiting: 1 }, total: 0 });
    expect((await ask(`q=独一无二&unit=${city.otherUnitId}`)).rows).toEqual([]);
    expect((await ask("state=nonsense&page=-1")).total).toBeGreaterThan(1);
  });
});
