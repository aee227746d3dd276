import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  arrivals,
  contracts,
  domainEvents,
  files,
  gateExemptions,
  messages,
  payments,
  reviews,
  sanctions,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { linesOf, makeDesks, makeUnderFundingReview, type Desks } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { concludeFunding } from "~/modules/funding/conclude-funding.server";
import { approvedInYear } from "~/modules/funding/execution/execution.queries.server";
import { underFundingReview } from "~/modules/funding/funding.queries.server";
import { returnFromFunding } from "~/modules/funding/return-from-funding.server";
import { reviewLines } from "~/modules/funding/review-lines.server";
import { approveProject } from "~/modules/projects/approve-project.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
});
beforeEach(async () => {
  await db.delete(sanctions);
  await db.delete(gateExemptions);
});

const finance = () => city.ctx(desks.finance);

/** On finance's desk with every line reviewed, one of them cut. */
async function reviewedProject() {
  const { id, version } = await makeUnderFundingReview(city, desks);
  const lines = (await linesOf({ db }, id)).map((line, index) => ({
    id: line.id,
    reviewedFen: index === 0 ? fen(line.declaredFen - 1) : line.declaredFen,
    reason: index === 0 ? "核减一分" : "",
  }));
  accepted(await reviewLines(finance(), { projectId: id, version, rest: "open", lines }));
  return { projectId: id, version: version + 1 };
}

const sanction = () =>
  db.insert(sanctions).values({
    id: newId(),
    regionId: city.regionId,
    unitId: city.unitId,
    number: Math.floor(Math.random() * 2 ** 31),
    rung: "postpone",
    state: "standing",
    reason: "未按要求共享数据",
    fromOn: localDate("2026-07-01"),
    proposedBy: desks.bureau.userId,
    proposedAt: finance().now,
    imposedBy: desks.finance.userId,
  });

const turnOf = async (projectId: string) =>
  (
    await db
      .select()
      .from(reviews)
      .where(and(eq(reviews.projectId, projectId), eq(reviews.kind, "funding")))
  ).at(-1);

describe("concludeFunding", () => {
  it("closes finance's turn, keeps the stage, stops its clock and tells the bureau", async () => {
    const project = await reviewedProject();
    accepted(await concludeFunding(finance(), { ...project, opinion: "同意核定金额" }));
    expect(await projectRow({ db }, project.projectId)).toMatchObject({
      stage: "underFundingReview",
      dueOn: null,
      reviewedFen: 299_999_999,
      approvedFen: null,
    });
    expect(await turnOf(project.projectId)).toMatchObject({
      outcome: "approved",
      opinion: "同意核定金额",
      reviewerId: desks.finance.userId,
    });
    const told = and(
      eq(messages.userId, desks.bureau.userId),
      eq(messages.href, `/projects/${project.projectId}/review`),
    );
    expect(await db.$count(messages, and(told, eq(messages.regionId, city.regionId)))).toBeGreaterThan(0);
  });

  it("is refused while a line is open", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const result = await concludeFunding(finance(), { projectId: id, version });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "linesNotReviewed", facts: { count: 2 } }] });
    expect((await turnOf(id))?.closedAt).toBeNull();
  });

  it("is refused while the sharing gate is closed, and passes by itself when the cause is gone", async () => {
    const project = await reviewedProject();
    await sanction();
    expect(await concludeFunding(finance(), project)).toMatchObject({ ok: false, refusals: [{ code: "gateOpen" }] });
    expect((await turnOf(project.projectId))?.closedAt).toBeNull();
    await db.update(sanctions).set({ liftedOn: localDate("2026-07-20") });
    expect((await concludeFunding(finance(), project)).ok).toBe(true);
  });

  it("passes a closed gate with an exemption that a second person approved", async () => {
    const project = await reviewedProject();
    await sanction();
    const fileId = newId();
    const own = { regionId: city.regionId, unitId: city.unitId };
    await db.insert(files).values({
      ...own,
      id: fileId,
      name: "豁免申请.pdf",
      mediaType: "application/pdf",
      sizeBytes: 1,
      sha256: fileId,
      storageKey: fileId,
      uploadedBy: desks.filer.userId,
      uploadedAt: finance().now,
    });
    await db.insert(gateExemptions).values({
      ...own,
      id: newId(),
      number: Math.floor(Math.random() * 2 ** 31),
      state: "approved",
      reason: "防汛应急",
      fileId,
      requestedBy: desks.filer.userId,
      requestedAt: finance().now,
      signedBy: desks.lead.userId,
      approvedBy: desks.bureau.userId,
      fromOn: localDate("2026-07-01"),
      untilOn: localDate("2026-12-31"),
    });
    accepted(await concludeFunding(finance(), project));
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, project.projectId), eq(domainEvents.type, "projectFundingConcluded")));
    expect(event?.payload).toMatchObject({ gateReasons: 1, exempted: true, cutFen: 1 });
  });

  it("sent twice, one wins and one conflicts; sent again on the new version it is refused", async () => {
    const project = await reviewedProject();
    const results = await Promise.allSettled([
      concludeFunding(finance(), project),
      concludeFunding(finance(), project),
    ]);
    expect(results.filter((r) => r.status === "fulfilled" && r.value.ok)).toHaveLength(1);
    expect(results.find((r) => r.status === "rejected")?.reason).toMatchObject({ kind: "conflict" });
    const again = await concludeFunding(finance(), { ...project, version: project.version + 1 });
    expect(again).toMatchObject({ ok: false, refusals: [{ code: "alreadyConcluded" }] });
  });

  it("another region's finance gets 404, the bureau 403", async () => {
    const project = await reviewedProject();
    const elsewhere = await makeCity(db);
    const stranger = city.ctx(await elsewhere.as("financeReviewer"));
    await expect(concludeFunding(stranger, project)).rejects.toMatchObject({ kind: "notFound" });
    await expect(concludeFunding(city.ctx(desks.bureau), project)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("returnFromFunding", () => {
  it("gives the project back with its reason and a limit for the supplement", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    accepted(await returnFromFunding(finance(), { projectId: id, version, reason: "概算缺少测算依据" }));
    // five working days after Monday 20 July
    expect(await projectRow({ db }, id)).toMatchObject({ stage: "returned", dueOn: "2026-07-27" });
    expect(await turnOf(id)).toMatchObject({ outcome: "returned", opinion: "概算缺少测算依据" });
  });

  it("is refused without a reason, and after the conclusion", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const blank = await returnFromFunding(finance(), { projectId: id, version, reason: " " });
    expect(blank).toMatchObject({ ok: false, refusals: [{ code: "reasonGiven" }] });
    const project = await reviewedProject();
    accepted(await concludeFunding(finance(), project));
    const late = await returnFromFunding(finance(), { ...project, version: project.version + 1, reason: "迟了" });
    expect(late).toMatchObject({ ok: false, refusals: [{ code: "alreadyConcluded" }] });
  });

  it("a stale version is a conflict, another unit's filer gets 404", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const stale = returnFromFunding(finance(), { projectId: id, version: version - 1, reason: "x" });
    await expect(stale).rejects.toMatchObject({ kind: "conflict" });
    const other = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(returnFromFunding(other, { projectId: id, version, reason: "x" })).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});

describe("the funding lists", () => {
  it("show what is declared, reviewed, cut and open, and nothing of other units or regions", async () => {
    const fresh = await makeCity(db);
    city = fresh;
    desks = await makeDesks(fresh);
    const open = await makeUnderFundingReview(fresh, desks);
    const done = await reviewedProject();
    accepted(await concludeFunding(finance(), done));
    const rows = await underFundingReview(db, scopeFor(desks.finance, "funding:read"), localDate("2026-07-20"));
    const shown = rows.map(({ id, declaredFen, reviewedFen, cutFen, openLines, concluded, dueOn }) => [
      id,
      { declaredFen, reviewedFen, cutFen, openLines, concluded, dueOn },
    ]);
    expect(shown).toEqual([
      [
        open.id,
        { declaredFen: 300_000_000, reviewedFen: 0, cutFen: 0, openLines: 2, concluded: false, dueOn: "2026-08-03" },
      ],
      [
        done.projectId,
        { declaredFen: 300_000_000, reviewedFen: 299_999_999, cutFen: 1, openLines: 0, concluded: true, dueOn: null },
      ],
    ]);
    const other = await fresh.as("filer", fresh.otherUnitId);
    expect(await underFundingReview(db, scopeFor(other, "funding:read"), localDate("2026-07-20"))).toEqual([]);
  });

  it("count of an approved project what arrived, was contracted and was paid and confirmed by the day", async () => {
    const project = await reviewedProject();
    accepted(await concludeFunding(finance(), project));
    accepted(await approveProject(city.ctx(desks.bureau), { ...project, version: project.version + 1 }));
    const own = { projectId: project.projectId, regionId: city.regionId };
    const on = (day: string) => localDate(`2026-07-${day}`);
    const entered = { state: "entered" as const, enteredBy: "a", enteredAt: finance().now };
    const confirmed = { ...entered, state: "confirmed" as const, confirmedBy: "b", confirmedAt: finance().now };
    await db.insert(arrivals).values([
      { ...own, ...confirmed, id: newId(), amountFen: fen(100), arrivedOn: on("20") },
      { ...own, ...confirmed, id: newId(), amountFen: fen(900), arrivedOn: on("21") },
      { ...own, ...entered, id: newId(), amountFen: fen(9), arrivedOn: on("20") },
    ]);
    const contract = { ...own, name: "合同", supplier: "某公司", amountFen: fen(80), signedOn: on("20") };
    const bought = { ...contract, procurementMethod: "openTender" as const };
    await db.insert(contracts).values([
      { ...bought, ...confirmed, id: newId(), number: newId() },
      { ...bought, ...entered, id: newId(), number: newId() },
    ]);
    const payment = { ...own, paidOn: on("20") };
    await db.insert(payments).values([
      { ...payment, ...confirmed, id: newId(), voucher: newId(), amountFen: fen(30) },
      { ...payment, ...entered, id: newId(), voucher: newId(), amountFen: fen(7) },
    ]);
    const scope = scopeFor(desks.finance, "funding:read");
    const [row] = await approvedInYear(db, scope, 2026, on("20"));
    expect(row).toMatchObject({
      id: project.projectId,
      approvedFen: 299_999_999,
      arrivedFen: 100,
      contractedFen: 80,
      paidFen: 30,
    });
    expect(await approvedInYear(db, scope, 2025, on("20"))).toEqual([]);
  });
});
