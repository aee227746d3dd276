import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import {
  assessmentPeriods,
  auditEntries,
  bulletins,
  bulletinSequences,
  domainEvents,
  messages,
  outbox,
  readReceipts,
  schemes,
} from "@db/schema";
import { draftInput, makeAssessedCity, type AssessedCity } from "@tests/support/factories/bulletins";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { addPeriods, period, type Period } from "~/kernel/period";
import { freezePeriod } from "~/modules/assessment/index.server";
import { listBulletins, readBulletin } from "~/modules/bulletins/bulletins.queries.server";
import { draftBulletin } from "~/modules/bulletins/draft-bulletin.server";
import { markRead } from "~/modules/bulletins/mark-read.server";
import { signBulletin } from "~/modules/bulletins/sign-bulletin.server";
import { digestOf } from "~/platform/audit/digest";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: AssessedCity;
beforeEach(async () => {
  city = await makeAssessedCity(db);
});

const rowOf = async (id: string) => {
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, id));
  if (!row) throw new Error("no bulletin");
  return row;
};
/** A published month in which nothing was measured. */
async function emptyPeriod(month: Period): Promise<string> {
  const [scheme] = await db.select().from(schemes).where(eq(schemes.regionId, city.regionId));
  const id = newId();
  await db.insert(assessmentPeriods).values({
    id,
    regionId: city.regionId,
    period: month,
    schemeId: scheme?.id ?? "",
    state: "published",
    cutoffAt: city.ctx(city.assessor).now,
  });
  return id;
}
const months = (count: number) => Array.from({ length: count }, (_, i) => addPeriods(period("2026-06"), -i));

describe("signBulletin", () => {
  it("numbers and publishes, with audit, event and outbox, and tells the units", async () => {
    const filer = await city.as("filer");
    const id = await city.draft(await city.assess());
    const before = await rowOf(id);
    expect(await signBulletin(city.ctx(city.leader), id, 1)).toEqual({
      ok: true,
      value: { number: "测数政通〔2026〕1号" },
    });
    const row = await rowOf(id);
    expect(row).toMatchObject({
      state: "published",
      year: 2026,
      sequence: 1,
      number: "测数政通〔2026〕1号",
      signedBy: city.leader.userId,
      signedOn: "2026-07-20",
      version: 2,
    });
    expect([row.content, row.contentHash]).toEqual([before.content, before.contentHash]);
    expect(digestOf(row.content)).toBe(row.contentHash);
    const counts = await Promise.all([
      db.$count(auditEntries, and(eq(auditEntries.objectId, id), eq(auditEntries.result, "bulletinSigned"))),
      db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "bulletinSigned"))),
      db.$count(outbox, and(eq(outbox.subjectId, id), eq(outbox.topic, "bulletinSigned"))),
      db.$count(messages, and(eq(messages.userId, filer.userId), eq(messages.href, `/bulletins/${id}`))),
    ]);
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it("ten bulletins signed at once get 1 to 10, without gaps or twins", async () => {
    const drafts: string[] = [];
    for (const month of months(10)) drafts.push(await city.draft(await emptyPeriod(month)));
    const results = await Promise.all(drafts.map((id) => signBulletin(city.ctx(city.leader), id, 1)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    const rows = await db.select().from(bulletins).where(eq(bulletins.regionId, city.regionId));
    expect(rows.map(({ sequence }) => sequence).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it("a signature that was refused or overtaken uses no number", async () => {
    const [first, second] = months(2);
    const id = await city.draft(await city.assess(first));
    await expect(signBulletin(city.ctx(city.leader), id, 7)).rejects.toMatchObject({ kind: "conflict" });
    const own = await city.draft(await city.assess(second));
    await db.update(bulletins).set({ draftedBy: city.leader.userId }).where(eq(bulletins.id, own));
    expect((await signBulletin(city.ctx(city.leader), own, 1)).ok).toBe(false);
    expect(await db.$count(bulletinSequences, eq(bulletinSequences.regionId, city.regionId))).toBe(0);
    expect(accepted(await signBulletin(city.ctx(city.leader), id, 1)).number).toBe("测数政通〔2026〕1号");
  });

  it("ten simultaneous submits of one form have one effect", async () => {
    const id = await city.draft(await city.assess());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => signBulletin(city.ctx(city.leader), id, 1)),
    );
    expect(outcomes.filter((o) => o.status === "fulfilled" && o.value.ok)).toHaveLength(1);
    expect(
      await db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "bulletinSigned"))),
    ).toBe(1);
    expect(await rowOf(id)).toMatchObject({ sequence: 1, version: 2 });
  });

  it("who drafted does not sign", async () => {
    const id = await city.draft(await city.assess());
    await db.update(bulletins).set({ draftedBy: city.leader.userId }).where(eq(bulletins.id, id));
    expect(await signBulletin(city.ctx(city.leader), id, 1)).toMatchObject({
      ok: false,
      refusals: [{ code: "drafterSigns" }],
    });
  });

  it("a draft that was taken anew since it was read is a conflict", async () => {
    const periodId = await city.assess();
    const id = await city.draft(periodId);
    await city.draft(periodId);
    await expect(signBulletin(city.ctx(city.leader), id, 1)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("scores that the units do not know yet are not told to everybody", async () => {
    const { periodId } = accepted(await freezePeriod(city.ctx(city.assessor), { period: period("2026-06") }));
    const id = accepted(await draftBulletin(city.ctx(city.assessor), draftInput(periodId))).id;
    expect(await signBulletin(city.ctx(city.leader), id, 1)).toMatchObject({
      ok: false,
      refusals: [{ code: "scoresNotPublished" }],
    });
  });

  it("who drafts but may not sign gets 403, another region's leader 404", async () => {
    const id = await city.draft(await city.assess());
    const reviewer = await city.as("bureauReviewer");
    await expect(signBulletin(city.ctx(reviewer), id, 1)).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeAssessedCity(db);
    await expect(signBulletin(elsewhere.ctx(elsewhere.leader), id, 1)).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("a published bulletin", () => {
  it("is seen by the departments, read once per person", async () => {
    const filer = await city.as("filer");
    const id = await city.draft(await city.assess());
    expect(await listBulletins(db, filer)).toEqual([]);
    accepted(await signBulletin(city.ctx(city.leader), id, 1));
    expect(await listBulletins(db, filer)).toMatchObject([{ id, number: "测数政通〔2026〕1号", readAt: null }]);

    const { bulletin } = await readBulletin(db, filer, id);
    await markRead(city.ctx(filer), bulletin);
    await markRead(city.ctx(filer, "2026-07-21"), bulletin);
    expect(await db.$count(readReceipts, eq(readReceipts.bulletinId, id))).toBe(1);
    expect(await readBulletin(db, filer, id)).toMatchObject({ receipts: 1 });
    const [listed] = await listBulletins(db, filer);
    expect(listed?.readAt).toEqual(city.ctx(filer).now);
  });

  it("is not there for another region", async () => {
    const id = await city.draft(await city.assess());
    accepted(await signBulletin(city.ctx(city.leader), id, 1));
    const elsewhere = await makeAssessedCity(db);
    const filer = await elsewhere.as("filer", elsewhere.unitId);
    const stranger = { ...filer, regionId: elsewhere.otherRegionId, regionIds: [elsewhere.otherRegionId] };
    await expect(readBulletin(db, stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    expect(await listBulletins(db, stranger)).toEqual([]);
  });

  it("a draft leaves no receipt", async () => {
    const id = await city.draft(await city.assess());
    const { bulletin } = await readBulletin(db, city.leader, id);
    await markRead(city.ctx(city.leader), bulletin);
    expect(await db.$count(readReceipts, eq(readReceipts.bulletinId, id))).toBe(0);
  });
});
