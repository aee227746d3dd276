import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, gateExemptions, messages, outbox } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeSanction } from "@tests/support/factories/compliance";
import { BASIS } from "@tests/support/factories/changes";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { decideExemption } from "~/modules/compliance/exemption/decide-exemption.server";
import { declineExemption } from "~/modules/compliance/exemption/decline-exemption.server";
import { draftExemption } from "~/modules/compliance/exemption/draft-exemption.server";
import { editExemption } from "~/modules/compliance/exemption/edit-exemption.server";
import { readExemption, readExemptionPaper } from "~/modules/compliance/exemption/exemption.queries.server";
import { revokeExemption } from "~/modules/compliance/exemption/revoke-exemption.server";
import { signExemption } from "~/modules/compliance/exemption/sign-exemption.server";
import { submitExemption } from "~/modules/compliance/exemption/submit-exemption.server";
import { withdrawExemption } from "~/modules/compliance/exemption/withdraw-exemption.server";
import { readGate } from "~/modules/compliance/index.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let bureau: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
});

const INPUT = { reason: "防汛应急", fromOn: localDate("2026-07-20"), untilOn: localDate("2026-12-31") };
const TODAY = localDate("2026-07-20");

/** A unit whose gate is closed, with its two hands. */
async function closedUnit(rung: "postpone" | "halt" = "postpone") {
  const unitId = await makeUnit(db, city.regionId, `单位${newId()}`);
  await makeSanction(city, { unitId, rung });
  return { unitId, filer: await city.as("filer", unitId), lead: await city.as("unitLead", unitId) };
}
const rowOf = async (id: string) => (await db.select().from(gateExemptions).where(eq(gateExemptions.id, id)))[0];
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);

async function submitted() {
  const unit = await closedUnit();
  const filer = city.ctx(unit.filer);
  const { id } = accepted(await draftExemption(filer, unit.unitId, INPUT, BASIS));
  accepted(await submitExemption(filer, { id, version: 1 }));
  return { ...unit, id };
}
async function open() {
  const made = await submitted();
  accepted(await signExemption(city.ctx(made.lead), { id: made.id, version: 2 }));
  return made;
}

describe("the way of an exemption", () => {
  it("is drafted, submitted, signed and approved by three hands, and then opens the gate until its last day", async () => {
    const { id, unitId, filer, lead } = await open();
    expect((await readGate(db, unitId, TODAY)).open).toBe(false);
    accepted(await decideExemption(city.ctx(bureau), { id, version: 3, event: "approve", opinion: "同意" }));
    expect(await rowOf(id)).toMatchObject({
      state: "approved",
      requestedBy: filer.userId,
      signedBy: lead.userId,
      approvedBy: bureau.userId,
      opinion: "同意",
      version: 4,
    });
    const on = async (day: string) => (await readGate(db, unitId, localDate(day))).open;
    expect([await on("2026-07-20"), await on("2026-12-31"), await on("2027-01-01")]).toEqual([true, true, false]);
    expect((await readGate(db, unitId, TODAY)).blocked.newSystems).toBe(true);
    const trail = await db
      .select({ result: auditEntries.result })
      .from(auditEntries)
      .where(eq(auditEntries.objectId, id))
      .orderBy(asc(auditEntries.at));
    expect(trail.map(({ result }) => result)).toEqual([
      "exemptionDrafted",
      "exemptionSubmitted",
      "exemptionSigned",
      "exemptionApproved",
    ]);
    const sent = await db.select().from(outbox).where(eq(outbox.subjectId, id)).orderBy(asc(outbox.id));
    expect(sent.at(-1)).toMatchObject({ topic: "exemptionApproved", payload: { unitId } });
    const told = await db.select().from(messages).where(eq(messages.userId, filer.userId));
    expect(told.map(({ title }) => title)).toContain("共享闸口豁免已批准");
    const shown = await readExemption(db, filer, id);
    expect(shown.events.map(({ type }) => type)).toContain("exemptionApproved");
    expect((await readExemptionPaper(db, filer, id)).file.name).toBe(BASIS.name);
  });

  it("is revoked with a reason: from that day it holds no more", async () => {
    const { id, unitId } = await open();
    accepted(await decideExemption(city.ctx(bureau), { id, version: 3, event: "approve", opinion: "同意" }));
    const later = city.ctx(bureau, "2026-08-03");
    expect(codes(await revokeExemption(later, { id, version: 4, opinion: " " }))).toEqual(["reasonGiven"]);
    accepted(await revokeExemption(later, { id, version: 4, opinion: "整改未按计划推进" }));
    expect((await readGate(db, unitId, localDate("2026-08-02"))).open).toBe(true);
    expect((await readGate(db, unitId, localDate("2026-08-03"))).open).toBe(false);
  });

  it("is refused with a reason, or taken back, and may be asked for again", async () => {
    const { id, unitId, filer } = await open();
    const decide = (opinion: string) => decideExemption(city.ctx(bureau), { id, version: 3, event: "refuse", opinion });
    expect(codes(await decide(""))).toEqual(["reasonGiven"]);
    accepted(await decide("理由不充分"));
    expect((await readGate(db, unitId, TODAY)).open).toBe(false);
    const again = accepted(await draftExemption(city.ctx(filer), unitId, INPUT));
    expect(await rowOf(again.id)).toMatchObject({ number: 2, state: "draft" });
    accepted(await withdrawExemption(city.ctx(filer), { id: again.id, version: 1 }));
    expect(codes(await withdrawExemption(city.ctx(filer), { id: again.id, version: 2 }))).toEqual(["notInThisState"]);
  });

  it("is given back by the leader and goes on as a draft", async () => {
    const { id, filer, lead } = await submitted();
    expect(codes(await declineExemption(city.ctx(lead), { id, version: 2, opinion: "" }))).toEqual(["reasonGiven"]);
    accepted(await declineExemption(city.ctx(lead), { id, version: 2, opinion: "请补充整改计划" }));
    accepted(await editExemption(city.ctx(filer), { id, version: 3 }, { ...INPUT, reason: "防汛应急，整改计划附后" }));
    expect(await rowOf(id)).toMatchObject({ state: "draft", reason: "防汛应急，整改计划附后", version: 4 });
    accepted(await submitExemption(city.ctx(filer), { id, version: 4 }));
    expect(codes(await editExemption(city.ctx(filer), { id, version: 5 }, INPUT))).toEqual(["notInThisState"]);
  });
});

describe("what keeps an exemption away", () => {
  it("an open gate, a halted project, another request that is not decided", async () => {
    const quiet = await makeUnit(db, city.regionId, `单位${newId()}`);
    const filer = city.ctx(await city.as("filer", quiet));
    expect(codes(await draftExemption(filer, quiet, INPUT))).toEqual(["nothingToExempt"]);
    const halted = await closedUnit("halt");
    expect(codes(await draftExemption(city.ctx(halted.filer), halted.unitId, INPUT))).toEqual(["nothingToExempt"]);
    const closed = await closedUnit();
    const drafts = await Promise.all([1, 2].map(() => draftExemption(city.ctx(closed.filer), closed.unitId, INPUT)));
    expect(drafts.flatMap(codes).sort()).toEqual(["exemptionOpen", "ok"]);
  });

  it("an incomplete request", async () => {
    const { unitId, filer } = await closedUnit();
    const until = localDate("2027-01-20");
    const { id } = accepted(await draftExemption(city.ctx(filer), unitId, { ...INPUT, reason: "", untilOn: until }));
    expect(codes(await submitExemption(city.ctx(filer), { id, version: 1 }))).toEqual([
      "reasonMissing",
      "paperMissing",
      "tooLong",
    ]);
  });

  it("the same person twice", async () => {
    const { unitId } = await closedUnit();
    const both = { ...(await city.as("filer", unitId)), roles: ["filer", "unitLead", "bureauReviewer"] as const };
    const ctx = city.ctx({ ...both, roles: [...both.roles] });
    const { id } = accepted(await draftExemption(ctx, unitId, INPUT, BASIS));
    accepted(await submitExemption(ctx, { id, version: 1 }));
    expect(codes(await signExemption(ctx, { id, version: 2 }))).toEqual(["otherPersonThanBefore"]);
    accepted(await signExemption(city.ctx(await city.as("unitLead", unitId)), { id, version: 2 }));
    const decided = await decideExemption(ctx, { id, version: 3, event: "approve", opinion: "同意" });
    expect(codes(decided)).toEqual(["otherPersonThanBefore"]);
  });

  it("an approval without an opinion, or after its last day; a revocation after it", async () => {
    const { id } = await open();
    const decide = (day: string, opinion: string) =>
      decideExemption(city.ctx(bureau, day), { id, version: 3, event: "approve", opinion });
    expect(codes(await decide("2026-07-21", " "))).toEqual(["opinionGiven"]);
    expect(codes(await decide("2027-01-01", "同意"))).toEqual(["notOver"]);
    accepted(await decide("2026-12-31", "同意"));
    const revoked = await revokeExemption(city.ctx(bureau, "2027-01-01"), { id, version: 4, opinion: "收回" });
    expect(codes(revoked)).toEqual(["notOver"]);
  });
});

describe("who may do what", () => {
  it("another unit gets 404, a role without the permission 403, a stale version a conflict", async () => {
    const { id, unitId, filer, lead } = await submitted();
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    await expect(signExemption(stranger, { id, version: 2 })).rejects.toMatchObject({ kind: "notFound" });
    await expect(
      draftExemption(city.ctx(await city.as("filer", city.otherUnitId)), unitId, INPUT),
    ).rejects.toMatchObject({ kind: "notFound" });
    await expect(readExemption(db, stranger.actor, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readExemptionPaper(db, stranger.actor, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(signExemption(city.ctx(filer), { id, version: 2 })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(draftExemption(city.ctx(lead), unitId, INPUT)).rejects.toMatchObject({ kind: "forbidden" });
    const finance = city.ctx(await city.as("financeReviewer"));
    await expect(decideExemption(finance, { id, version: 2, event: "approve", opinion: "同意" })).rejects.toMatchObject(
      { kind: "forbidden" },
    );
    await expect(signExemption(city.ctx(lead), { id, version: 1 })).rejects.toMatchObject({ kind: "conflict" });
  });

  it("sent twice, a signature counts once", async () => {
    const { id, lead } = await submitted();
    const sign = () => signExemption(city.ctx(lead), { id, version: 2 });
    const results = await Promise.allSettled([sign(), sign()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await rowOf(id))?.version).toBe(3);
  });
});
