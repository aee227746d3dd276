import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditBlocks, auditEntries, outbox } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { accept, refuse, type Result } from "~/kernel/result";
import { sealAudit, verifyAudit } from "~/platform/audit/seal.server";
import { newId } from "~/platform/ids.server";
import { relayOutbox, type Delivered } from "~/platform/outbox.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let ctx: Ctx;
beforeAll(async () => {
  city = await makeCity(db);
  ctx = city.ctx(await city.as("bureauReviewer"));
});

/** A change as a verb makes it, ending in acceptance or refusal. */
function change(event: string, outcome: "accept" | "refuse" = "accept"): Promise<Result<string, "no">> {
  const id = newId();
  return inTransaction(ctx, async (tx) => {
    await record(tx, ctx, {
      action: "project:review",
      event,
      object: { type: "project", id, regionId: city.regionId },
    });
    return outcome === "accept" ? accept(id) : refuse({ code: "no" });
  });
}

describe("the outbox", () => {
  it("delivers each committed event once, in order, and never a refused one", async () => {
    const made = [await change("aHappened"), await change("aHappened"), await change("aHappened", "refuse")];
    const heard: Delivered[] = [];
    const listen = (event: Delivered) => Promise.resolve(void heard.push(event));
    await relayOutbox(db, { aHappened: [listen] });
    await relayOutbox(db, { aHappened: [listen] });
    expect(heard.map((event) => event.subjectId)).toEqual(made.flatMap((result) => (result.ok ? [result.value] : [])));
  });

  it("keeps what a listener failed at, with its error, and delivers it later", async () => {
    const made = await change("bHappened");
    if (!made.ok) throw new Error("refused");
    await relayOutbox(db, { bHappened: [() => Promise.reject(new Error("platform is down"))] });
    const [failed] = await db.select().from(outbox).where(eq(outbox.subjectId, made.value));
    expect(failed).toMatchObject({ doneAt: null, attempts: 1, lastError: "platform is down" });
    expect(failed?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());

    await db.update(outbox).set({ nextAttemptAt: new Date() }).where(eq(outbox.subjectId, made.value));
    let heard = 0;
    await relayOutbox(db, { bHappened: [() => Promise.resolve(void heard++)] });
    expect(heard).toBe(1);
  });

  it("two relays at once share the work", async () => {
    for (let n = 0; n < 20; n++) await change("cHappened");
    const heard: string[] = [];
    const listen = (event: Delivered) => Promise.resolve(void heard.push(event.subjectId));
    await Promise.all([relayOutbox(db, { cHappened: [listen] }), relayOutbox(db, { cHappened: [listen] })]);
    expect(heard).toHaveLength(20);
    expect(new Set(heard).size).toBe(20);
  });
});

describe("the audit chain in the database", () => {
  it("verifies after sealing, and names the row that was altered", async () => {
    for (let n = 0; n < 5; n++) await change("dHappened");
    const later = new Date(Date.now() + 3_600_000);
    expect(await sealAudit(db, later, later)).toBe(1);
    expect(await sealAudit(db, later, later)).toBe(0);
    await change("dHappened");
    expect(await sealAudit(db, later, later)).toBe(1);
    expect(await verifyAudit(db)).toMatchObject({ blocks: 2, finding: undefined });
    expect(await db.$count(auditBlocks)).toBe(2);

    const [victim] = await db.select().from(auditEntries).orderBy(auditEntries.sequence).offset(2).limit(1);
    if (!victim) throw new Error("no entry");
    await db.update(auditEntries).set({ actorName: "别人" }).where(eq(auditEntries.id, victim.id));
    expect((await verifyAudit(db)).finding).toEqual({ kind: "altered", entry: victim.sequence, block: 1 });
    await db.delete(auditEntries).where(eq(auditEntries.id, victim.id));
    expect((await verifyAudit(db)).finding).toEqual({ kind: "deleted", entry: victim.sequence, block: 1 });
  });
});
