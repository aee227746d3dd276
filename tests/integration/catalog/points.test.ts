import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  corrections,
  demands,
  domainEvents,
  resources,
  resourceUpdates,
  resourceUses,
  sharingPoints,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { at, makeDemand, makeResource, type Owner } from "@tests/support/factories/assessment";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import { recordUse } from "~/modules/catalog/demand/record-use.server";
import { readResourceUses } from "~/modules/catalog/demand/uses.queries.server";
import { pointsListeners, settlePoints } from "~/modules/catalog/index.server";
import {
  accountOwner,
  listEntries,
  listFigureRows,
  readAccountQuery,
  readSharingRates,
  readStandings,
} from "~/modules/catalog/points/points.queries.server";
import { setDemonstrationToday } from "~/platform/installation.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const on = localDate;
const today = on("2026-07-20");
const time = { today, now: at("2026-07-20") };
const codesOf = (result: Result<unknown, string>) => (result.ok ? [] : result.refusals.map(({ code }) => code));

async function entriesOf(city: TestCity, unitId: string) {
  const rows = await db
    .select()
    .from(sharingPoints)
    .where(and(eq(sharingPoints.regionId, city.regionId), eq(sharingPoints.unitId, unitId)))
    .orderBy(asc(sharingPoints.on), asc(sharingPoints.key));
  return rows.map(({ kind, points, on: day }) => [kind, points, day]);
}

async function recordUpdate(owner: Owner, resourceId: string, updatedOn: string, dueOn: string): Promise<void> {
  await db.insert(resourceUpdates).values({
    id: newId(),
    regionId: owner.regionId,
    resourceId,
    updatedOn: on(updatedOn),
    dueOn: on(dueOn),
    recordedBy: "filer",
    recordedAt: at(updatedOn),
  });
}

async function used(owner: Owner, resourceId: string, by: string, usedOn: string, times: number): Promise<void> {
  await db.insert(resourceUses).values({
    id: newId(),
    regionId: owner.regionId,
    resourceId,
    userUnitId: by,
    basis: "依据",
    usedOn: on(usedOn),
    times,
    recordedBy: "filer",
    recordedAt: at(usedOn),
  });
}

describe("settling the accounts", () => {
  let city: TestCity;
  let owner: Owner;

  beforeAll(async () => {
    city = await makeCity(db);
    owner = { db, regionId: city.regionId, unitId: city.otherUnitId };
    const own = { db, regionId: city.regionId, unitId: city.unitId };
    const levels = await makeResource(owner, "水位", { publishedOn: on("2026-03-02"), updateCycle: "monthly" });
    await recordUpdate(owner, levels, "2026-05-31", "2026-05-31");
    await recordUpdate(owner, levels, "2026-05-02", "2026-05-31");
    const rain = await makeResource(owner, "雨量", {
      publishedOn: on("2026-03-03"),
      updateCycle: "monthly",
      nextUpdateDueOn: on("2026-06-15"),
    });
    await makeResource(owner, "未发布");
    await used(owner, levels, city.unitId, "2026-06-05", 200);
    await used(owner, levels, city.financeUnitId, "2026-06-30", 100);
    await used(owner, levels, city.otherUnitId, "2026-06-30", 9_000);
    await used(owner, levels, city.unitId, "2026-07-01", 900);
    await makeDemand(own, city.otherUnitId, "按期", {
      state: "delivered",
      dueOn: on("2026-06-10"),
      deliveredAt: at("2026-06-10"),
    });
    await makeDemand(own, city.otherUnitId, "逾期", {
      state: "delivered",
      dueOn: on("2026-06-10"),
      deliveredAt: at("2026-06-11"),
    });
    const overruled = await makeDemand(own, city.otherUnitId, "责令", {
      state: "checked",
      overruledAt: at("2026-06-18"),
    });
    await db.insert(domainEvents).values({
      id: newId(),
      regionId: city.regionId,
      type: "demandRefusalOverruled",
      subjectType: "demand",
      subjectId: overruled,
      at: at("2026-06-18"),
      actorId: "bureau",
      actorName: "测试",
      actorRole: "bureauReviewer",
      unitName: "数据局",
      payload: {},
    });
    for (const [state, confirmedAt] of [
      ["confirmed", at("2026-06-22")],
      ["rejected", null],
    ] as const) {
      await db.insert(corrections).values({
        id: newId(),
        regionId: city.regionId,
        resourceId: rain,
        reporterUnitId: city.unitId,
        description: "站名有误",
        state,
        reportedBy: "filer",
        reportedAt: at("2026-06-20"),
        confirmedAt,
        dueOn: on("2026-07-03"),
      });
    }
  });

  const EXPECTED = [
    ["published", 5, "2026-03-02"],
    ["published", 5, "2026-03-03"],
    ["updatedOnTime", 1, "2026-05-31"],
    ["demandMetInTime", 3, "2026-06-10"],
    ["stale", -2, "2026-06-16"],
    ["refusedWithoutBasis", -5, "2026-06-18"],
    ["errorConfirmed", -1, "2026-06-22"],
    ["used", 2, "2026-06-30"],
    ["stale", -2, "2026-07-01"],
  ];

  it("each fact is counted once, however often and by how many at once; a month only when it is closed", async () => {
    await Promise.all([settlePoints(db, time), settlePoints(db, time), settlePoints(db, time)]);
    await settlePoints(db, time);
    expect(await entriesOf(city, city.otherUnitId)).toEqual(EXPECTED);
    expect(await entriesOf(city, city.unitId)).toEqual([]);
  });

  it("the account adds up, shows the rule of each entry, and is opened by its unit and the bureau only", async () => {
    const bureau = await city.as("bureauReviewer");
    const { units } = await readStandings(db, bureau, today);
    const account = units.find(({ unitId }) => unitId === city.otherUnitId);
    expect(account).toMatchObject({ points: 6, gained: 16, lost: -10, place: 1 });
    expect(units.find(({ unitId }) => unitId === city.unitId)).toMatchObject({ points: 0, place: 2 });

    const query = readAccountQuery(new URLSearchParams("kind=published"), today);
    const { rows, total, kinds } = await listEntries(db, city.otherUnitId, query);
    expect([rows.map(({ subject }) => subject), total]).toEqual([["雨量", "水位"], 2]);
    expect(rows[0]).toMatchObject({ ruleValue: "5", ruleFrom: "2020-01-01" });
    expect(kinds.reduce((sum, { points }) => sum + points, 0)).toBe(6);

    const [ownLead, stranger] = await Promise.all([city.as("unitLead", city.otherUnitId), city.as("filer")]);
    expect((await accountOwner(db, ownLead, city.otherUnitId)).name).toBe("市水利局");
    await expect(accountOwner(db, stranger, city.otherUnitId)).rejects.toMatchObject({ kind: "notFound" });
    const seen = await readStandings(db, stranger, today);
    expect(seen.units.filter(({ mayOpen }) => mayOpen).map(({ unitId }) => unitId)).toEqual([city.unitId]);
  });

  it("as of an earlier day nothing later is known", async () => {
    const { units } = await readStandings(db, await city.as("bureauReviewer"), on("2026-06-10"));
    expect(units.find(({ unitId }) => unitId === city.otherUnitId)).toMatchObject({ points: 14, lost: 0 });
  });

  it("the rates are those that assessment freezes, and their rows add up to them", async () => {
    const input = { regionIds: [city.regionId], from: on("2026-01-01"), asOf: today };
    const rates = await readSharingRates(db, input);
    expect(rates.cataloguingRate.get(city.otherUnitId)).toEqual({ numerator: 2, denominator: 3 });
    expect(rates.demandMetRate.get(city.otherUnitId)).toEqual({ numerator: 2, denominator: 2 });
    const query = readAccountQuery(new URLSearchParams("view=cataloguingRate"), today);
    const unit = { unitId: city.otherUnitId, regionId: city.regionId };
    const { rows, share, total } = await listFigureRows(db, unit, "cataloguingRate", query);
    expect(share).toEqual({ numerator: 2, denominator: 3 });
    expect([total, rows[0]?.label, rows[0]?.note]).toEqual([3, "未发布", "尚未发布"]);
  });

  it("a refusal that stands and a withdrawn demand are no valid ones; a refusal that was overruled is", async () => {
    const input = { regionIds: [city.regionId], from: on("2026-01-01"), asOf: today };
    const own = { db, regionId: city.regionId, unitId: city.unitId };
    const due = { answerDueOn: on("2026-06-01") };
    const before = (await readSharingRates(db, input)).demandMetRate.get(city.financeUnitId);
    expect(before).toBeUndefined();
    await makeDemand(own, city.financeUnitId, "认可", {
      ...due,
      state: "ended",
      refusalReason: "依法不予共享",
      answeredAt: at("2026-05-20"),
      endedAt: at("2026-05-25"),
    });
    await makeDemand(own, city.financeUnitId, "撤回", { ...due, state: "withdrawn", endedAt: at("2026-05-25") });
    await makeDemand(own, city.financeUnitId, "责令后未答复", {
      ...due,
      state: "checked",
      overruledAt: at("2026-05-25"),
      answeredAt: at("2026-05-20"),
    });
    const after = (await readSharingRates(db, input)).demandMetRate.get(city.financeUnitId);
    expect(after).toEqual({ numerator: 0, denominator: 1 });
  });
});

describe("listeners", () => {
  it("settle what an event was about at once, and bear being told twice", async () => {
    const city = await makeCity(db);
    await setDemonstrationToday(db, today);
    const owner = { db, regionId: city.regionId, unitId: city.otherUnitId };
    const [first, second] = await Promise.all(
      ["潮位", "墒情"].map((name) => makeResource(owner, name, { publishedOn: on("2026-07-20") })),
    );
    const event = { topic: "resourcePublished", subjectId: first ?? "", regionId: city.regionId, payload: {} };
    for (const listen of pointsListeners.resourcePublished ?? []) {
      await listen(event, db);
      await listen(event, db);
    }
    const rows = await db.select().from(sharingPoints).where(eq(sharingPoints.regionId, city.regionId));
    expect(rows.map(({ subjectId }) => subjectId)).toEqual([first]);
    expect(rows.some(({ subjectId }) => subjectId === second)).toBe(false);
  });
});

describe("recording a use", () => {
  let city: TestCity;
  let filer: Actor;
  let provider: Actor;
  let resourceId: string;
  let demandId: string;

  beforeAll(async () => {
    city = await makeCity(db);
    [filer, provider] = await Promise.all([city.as("filer"), city.as("filer", city.otherUnitId)]);
    const owner = { db, regionId: city.regionId, unitId: city.otherUnitId };
    resourceId = await makeResource(owner, "水质", { publishedOn: on("2026-01-05"), sharingType: "conditional" });
    demandId = await makeDemand({ db, regionId: city.regionId, unitId: city.unitId }, city.otherUnitId, "水质", {
      resourceId,
      state: "delivered",
      deliveredAt: at("2026-07-02"),
      usedFromOn: on("2026-07-01"),
      usedUntilOn: on("2026-12-31"),
    });
  });

  const use = (more: object = {}) => ({
    id: newId(),
    resourceId,
    demandId,
    basis: "河长制巡查",
    usedOn: on("2026-07-10"),
    times: 40,
    ...more,
  });

  it("the same form sent twice at once is one use, and one event", async () => {
    const input = use();
    const outcomes = await Promise.all([recordUse(city.ctx(filer), input), recordUse(city.ctx(filer), input)]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await db.$count(resourceUses, eq(resourceUses.id, input.id))).toBe(1);
    expect(
      await db.$count(
        domainEvents,
        and(eq(domainEvents.subjectId, resourceId), eq(domainEvents.type, "resourceUseRecorded")),
      ),
    ).toBe(1);
  });

  it("rests on a right: none without a delivered demand of one's own, none before the delivery, none of one's own data", async () => {
    expect(codesOf(await recordUse(city.ctx(filer), use({ demandId: undefined })))).toEqual(["noRightToUse"]);
    expect(codesOf(await recordUse(city.ctx(filer), use({ usedOn: on("2026-07-01") })))).toEqual(["usedOutsidePeriod"]);
    expect(codesOf(await recordUse(city.ctx(provider), use({ demandId: undefined })))).toEqual(["ownData"]);
    const finance = await city.as("filer", city.financeUnitId);
    await expect(recordUse(city.ctx(finance), use())).rejects.toMatchObject({ kind: "notFound" });
    await db.update(demands).set({ state: "agreed" }).where(eq(demands.id, demandId));
    await expect(recordUse(city.ctx(filer), use())).rejects.toMatchObject({ kind: "notFound" });
    await db.update(demands).set({ state: "delivered" }).where(eq(demands.id, demandId));
  });

  it("is the filer's; a resource out of sight does not exist", async () => {
    await expect(recordUse(city.ctx(await city.as("unitLead")), use())).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeCity(db);
    await expect(recordUse(elsewhere.ctx(await elsewhere.as("filer")), use())).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("the provider sees every use, a user its own, others none", async () => {
    const [resource = expect.fail("no resource")] = await db
      .select()
      .from(resources)
      .where(eq(resources.id, resourceId));
    const seenBy = async (actor: Actor) => (await readResourceUses(db, actor, resource)).uses.length;
    const finance = await city.as("filer", city.financeUnitId);
    expect([await seenBy(provider), await seenBy(filer), await seenBy(finance)]).toEqual([1, 1, 0]);
    const { months, mayRecord } = await readResourceUses(db, filer, resource);
    expect([months, mayRecord]).toEqual([[{ month: "2026-07", unitName: "市自然资源局", days: 1, times: 40 }], true]);
  });
});
