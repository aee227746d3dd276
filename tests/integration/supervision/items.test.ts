import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, outbox, supervisionItems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { accept, refuse } from "~/kernel/result";
import { acceptItem } from "~/modules/supervision/accept-item.server";
import { assignItem } from "~/modules/supervision/assign-item.server";
import { closeItem } from "~/modules/supervision/close-item.server";
import { readItem } from "~/modules/supervision/item.queries.server";
import { registerItemFor } from "~/modules/supervision/index.server";
import { registerItem } from "~/modules/supervision/register-item.server";
import { reopenItem } from "~/modules/supervision/reopen-item.server";
import { replyItem } from "~/modules/supervision/reply-item.server";
import { sendBackItem } from "~/modules/supervision/send-back-item.server";
import { verifyItem } from "~/modules/supervision/verify-item.server";
import { inTransaction } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let bureau: Actor;
let filer: Actor;
let id: string;

const wanted = (more: Partial<Parameters<typeof registerItem>[1]> = {}) => ({
  unitId: city.unitId,
  origin: "manual" as const,
  title: "补齐智慧管网系统数据目录",
  requirement: "一个月内完成目录登记并发布",
  ...more,
});
const load = async () => {
  const [row] = await db.select().from(supervisionItems).where(eq(supervisionItems.id, id));
  return row ?? expect.fail("no item");
};
const ref = async () => ({ id, version: (await load()).version });

beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
  filer = await city.as("filer");
});
beforeEach(async () => {
  const registered = await registerItem(city.ctx(bureau), wanted());
  id = registered.ok ? registered.value.id : expect.fail("not registered");
});

describe("registering", () => {
  it("numbers, assigns, sets the default limit, tells the unit and records", async () => {
    const item = await load();
    expect(item.number).toMatch(/^督〔2026〕[1-9]\d*号$/);
    expect(item).toMatchObject({ state: "assigned", registeredOn: "2026-07-20", dueOn: "2026-08-10" });
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
      db.$count(messages, and(eq(messages.userId, filer.userId), eq(messages.href, `/supervision/${id}`))),
    ]);
    expect(rows).toEqual([1, 1, 1, 1]);
  });

  it("twenty at once get twenty numbers without a gap; a refused one takes none", async () => {
    const fresh = await makeCity(db);
    const ctx = fresh.ctx(await fresh.as("bureauAssessor"));
    const item = wanted({ unitId: fresh.unitId });
    await Promise.all(Array.from({ length: 10 }, () => registerItem(ctx, item)));
    const undone = await inTransaction(ctx, async (tx) => {
      await registerItemFor(tx, ctx, { ...item, regionId: fresh.regionId }, "supervision:register");
      return refuse({ code: "changedItsMind" });
    });
    expect(undone.ok).toBe(false);
    await Promise.all(Array.from({ length: 10 }, () => registerItem(ctx, item)));
    const numbers = await db
      .select({ number: supervisionItems.number })
      .from(supervisionItems)
      .where(eq(supervisionItems.regionId, fresh.regionId));
    const running = numbers.map(({ number }) => Number(/〕(\d+)号/.exec(number)?.[1])).sort((a, b) => a - b);
    expect(running).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it("a new year begins with 1", async () => {
    const fresh = await makeCity(db);
    const actor = await fresh.as("bureauReviewer");
    await registerItem(fresh.ctx(actor, "2026-12-31"), wanted({ unitId: fresh.unitId }));
    const next = await registerItem(fresh.ctx(actor, "2027-01-04"), wanted({ unitId: fresh.unitId }));
    expect(next).toMatchObject({ ok: true, value: { number: "督〔2027〕1号" } });
  });

  it("is audited under the permission of the caller", async () => {
    const ctx = city.ctx(await city.as("leader"));
    const made = await inTransaction(ctx, async (tx) => {
      const item = { ...wanted({ origin: "instruction", dueOn: localDate("2026-07-31") }), regionId: city.regionId };
      return accept(await registerItemFor(tx, ctx, item, "bulletin:instruct"));
    });
    const itemId = made.ok ? made.value.id : "";
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.objectId, itemId));
    expect([entry?.action, made.ok && made.value.dueOn]).toEqual(["bulletin:instruct", "2026-07-31"]);
  });

  it("refuses a day that has passed, and a unit of another region", async () => {
    const elsewhere = await makeCity(db);
    const past = await registerItem(city.ctx(bureau), wanted({ dueOn: localDate("2026-07-19") }));
    const far = await registerItem(city.ctx(bureau), wanted({ unitId: elsewhere.unitId }));
    expect([past, far]).toMatchObject([{ refusals: [{ code: "dueInPast" }] }, { refusals: [{ code: "unitUnknown" }] }]);
  });

  it("a unit may not", async () => {
    await expect(registerItem(city.ctx(filer), wanted())).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("from assigned to closed, and again", () => {
  it("an item that was registered only is assigned by the bureau, and its unit is told", async () => {
    await db.update(supervisionItems).set({ state: "registered" }).where(eq(supervisionItems.id, id));
    const told = () => db.$count(messages, eq(messages.href, `/supervision/${id}`));
    const before = await told();
    expect(await assignItem(city.ctx(bureau), await ref())).toEqual({ ok: true, value: null });
    expect([(await load()).state, await told()]).toEqual(["assigned", before * 2]);
  });

  it("goes through unit and bureau; reopening keeps the number", async () => {
    const { number } = await load();
    expect(await acceptItem(city.ctx(filer), await ref())).toEqual({ ok: true, value: null });
    await replyItem(city.ctx(filer), { ...(await ref()), reply: "目录已登记 12 条" });
    await sendBackItem(city.ctx(bureau), { ...(await ref()), reason: "尚有 3 条未发布" });
    expect(await load()).toMatchObject({ state: "accepted", reply: "目录已登记 12 条" });
    await replyItem(city.ctx(filer), { ...(await ref()), reply: "15 条已全部发布" });
    await verifyItem(city.ctx(bureau), await ref());
    expect(await load()).toMatchObject({ state: "verified", verifiedBy: bureau.userId, closedAt: null });
    await closeItem(city.ctx(bureau, "2026-08-05"), { ...(await ref()), proof: "目录发布回执" });
    expect((await load()).closedAt?.toISOString()).toBe("2026-08-05T01:00:00.000Z");
    await reopenItem(city.ctx(bureau), { ...(await ref()), reason: "复查发现数据未更新" });
    expect(await load()).toMatchObject({
      number,
      state: "accepted",
      reopenedCount: 1,
      closedAt: null,
      verifiedBy: null,
    });
    const { events } = await readItem(db, bureau, id, localDate("2026-08-05"));
    expect(events.map(({ type, reason }) => [type, reason])).toEqual(
      expect.arrayContaining([
        ["supervisionClosed", "目录发布回执"],
        ["supervisionReopened", "复查发现数据未更新"],
      ]),
    );
  });

  it("replying without words is refused", async () => {
    const reply = { ...(await ref()), reply: " " };
    expect(await replyItem(city.ctx(filer), reply)).toMatchObject({ refusals: [{ code: "replyGiven" }] });
  });

  it("who replied neither verifies nor closes, whatever else he is", async () => {
    const both: Actor = { ...filer, roles: ["filer", "bureauReviewer"] };
    await replyItem(city.ctx(both), { ...(await ref()), reply: "已完成" });
    expect(await verifyItem(city.ctx(both), await ref())).toMatchObject({
      refusals: [{ code: "otherPersonThanReplier" }],
    });
    await verifyItem(city.ctx(bureau), await ref());
    const closing = await closeItem(city.ctx(both), { ...(await ref()), proof: "" });
    expect(closing).toMatchObject({ refusals: [{ code: "proofGiven" }, { code: "otherPersonThanReplier" }] });
    expect((await load()).state).toBe("verified");
  });

  it("another unit gets 404, the bureau may not reply, a unit may not verify", async () => {
    const stranger = await city.as("filer", city.otherUnitId);
    const reply = { ...(await ref()), reply: "已完成" };
    await expect(replyItem(city.ctx(stranger), reply)).rejects.toMatchObject({ kind: "notFound" });
    await expect(replyItem(city.ctx(bureau), reply)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(verifyItem(city.ctx(filer), await ref())).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("a stale page is a conflict; ten clicks have one effect", async () => {
    const reply = { ...(await ref()), reply: "已完成" };
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, () => replyItem(city.ctx(filer), reply)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    for (const click of clicks) {
      if (click.status === "rejected") expect(click.reason).toMatchObject({ kind: "conflict" });
    }
    expect(
      await db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "supervisionReplied"))),
    ).toBe(1);
  });
});
