import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { domainEvents, messages, resourceItems, resourceRevisions, resources, resourceUpdates } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  aResource,
  makeDraftResource,
  makePublishedResource,
  makeRegisteredResource,
  resourceRow,
  type CatalogHands,
} from "@tests/support/factories/catalog";
import { accepted, makeDraft } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { readCatalogQuery } from "~/modules/catalog/catalog-query";
import { listResources } from "~/modules/catalog/catalog.queries.server";
import { abandonResource } from "~/modules/catalog/abandon-resource.server";
import { addResource } from "~/modules/catalog/add-resource.server";
import { createResource } from "~/modules/catalog/create-resource.server";
import { declineRequest } from "~/modules/catalog/decline-request.server";
import { declineResource } from "~/modules/catalog/decline-resource.server";
import { editResource } from "~/modules/catalog/edit-resource.server";
import { exportCatalog } from "~/modules/catalog/export-catalog.server";
import { publishMany } from "~/modules/catalog/publish-many.server";
import { publishResource } from "~/modules/catalog/publish-resource.server";
import { recordUpdate } from "~/modules/catalog/record-update.server";
import { registerResource } from "~/modules/catalog/register-resource.server";
import { requestStep } from "~/modules/catalog/request-step.server";
import { readResource } from "~/modules/catalog/resource-detail.queries.server";
import { resumeResource } from "~/modules/catalog/resume-resource.server";
import { sendBackResource } from "~/modules/catalog/send-back-resource.server";
import { suspendResource } from "~/modules/catalog/suspend-resource.server";
import { resourceWarnings } from "~/modules/catalog/warnings.queries.server";
import { withdrawResource } from "~/modules/catalog/withdraw-resource.server";
import { writeDraftResources } from "~/modules/catalog/write-resources.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let hands: CatalogHands;
let stranger: Ctx;
const CLOCK = { today: localDate("2026-07-20"), warningDays: 5 };

beforeAll(async () => {
  city = await makeCity(db);
  hands = {
    filer: city.ctx(await city.as("filer")),
    lead: city.ctx(await city.as("unitLead")),
    bureau: city.ctx(await city.as("bureauReviewer")),
  };
  stranger = city.ctx(await city.as("filer", city.otherUnitId));
});

const codesOf = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? [] : result.refusals.map(({ code }) => code);

describe("an entry outside projects", () => {
  it("goes from draft over the leader to the bureau and gets its code, edition and clock", async () => {
    const id = await makeDraftResource(hands, "古树名木信息");
    expect((await resourceRow(hands.filer, id)).state).toBe("draft");
    expect(await db.$count(resourceItems, eq(resourceItems.resourceId, id))).toBe(2);
    expect(await db.$count(messages, eq(messages.userId, hands.lead.actor.userId))).toBeGreaterThan(0);
    accepted(await registerResource(hands.lead, { id, version: 1 }));
    const published = accepted(await publishResource(hands.bureau, { id, version: 2 }));
    expect(published).toMatchObject({ state: "published", edition: 1, publishedOn: "2026-07-20" });
    expect(published.code).toMatch(/^101001\/\d{6}$/);
    expect(published.nextUpdateDueOn).toBe("2026-08-20");
    expect(published.searchGrams).toContain("10");
    const [edition] = await db.select().from(resourceRevisions).where(eq(resourceRevisions.resourceId, id));
    expect(edition).toMatchObject({ state: "published", edition: 1, content: aResource("古树名木信息") });
  });

  it("two persons: who drafted does not register, who registered does not publish", async () => {
    const both = await city.as("filer");
    const twoHats = { ...both, roles: ["filer", "unitLead", "bureauReviewer"] as const };
    const alone = city.ctx({ ...both, roles: [...twoHats.roles] });
    const id = accepted(await createResource(alone, aResource("一人两岗信息"))).id;
    expect(codesOf(await registerResource(alone, { id, version: 1 }))).toEqual(["otherPerson"]);
    accepted(await registerResource(hands.lead, { id, version: 1 }));
    await db.update(resources).set({ registeredBy: hands.bureau.actor.userId }).where(eq(resources.id, id));
    expect(codesOf(await publishResource(hands.bureau, { id, version: 2 }))).toEqual(["otherPerson"]);
  });

  it("is refused by the rules as a whole, with nothing written", async () => {
    await makeDraftResource(hands, "水准点信息");
    const refused = await createResource(hands.filer, aResource("水准点（信息）", { items: [], method: null }));
    expect(codesOf(refused)).toEqual(["nameTaken", "methodMissing", "itemsMissing"]);
    expect(await db.$count(resources, eq(resources.name, "水准点（信息）"))).toBe(0);
  });

  it("ten submissions of one form make one entry", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => createResource(hands.filer, aResource("测量标志信息"))),
    );
    expect(tries.filter((each) => each.status === "fulfilled" && each.value.ok)).toHaveLength(1);
  });

  it("is sent back with a reason, changed, and waits for the leader again", async () => {
    const id = await makeDraftResource(hands, "湿地信息");
    expect(codesOf(await sendBackResource(hands.lead, { id, version: 1, reason: " " }))).toEqual(["reasonGiven"]);
    accepted(await sendBackResource(hands.lead, { id, version: 1, reason: "摘要不清" }));
    expect(await resourceRow(hands.filer, id)).toMatchObject({ state: "draft", stateReason: "摘要不清" });
    accepted(
      await editResource(
        hands.filer,
        { id, version: 2 },
        aResource("湿地资源信息", { items: aResource("湿地").items.slice(0, 1) }),
      ),
    );
    expect(await resourceRow(hands.filer, id)).toMatchObject({ name: "湿地资源信息", stateReason: null, version: 3 });
    expect(await db.$count(resourceItems, eq(resourceItems.resourceId, id))).toBe(1);
    await expect(editResource(hands.filer, { id, version: 2 }, aResource("湿地"))).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  it("is declined by the bureau, and abandoned it leaves its name free", async () => {
    const id = await makeRegisteredResource(hands, "矿业权信息");
    accepted(await declineResource(hands.bureau, { id, version: 2, reason: "与省级目录重复" }));
    expect(await resourceRow(hands.filer, id)).toMatchObject({ state: "draft", stateReason: "与省级目录重复" });
    accepted(await abandonResource(hands.filer, { id, version: 3, reason: "改由省级提供" }));
    expect((await resourceRow(hands.filer, id)).state).toBe("withdrawn");
    await makeDraftResource(hands, "矿业权信息");
  });

  it("other units get 404 until it is published, and then cannot touch it", async () => {
    const id = await makeRegisteredResource(hands, "海域使用权信息");
    await expect(readResource(db, stranger.actor, id, CLOCK)).rejects.toMatchObject({ kind: "notFound" });
    await expect(registerResource(stranger, { id, version: 2 })).rejects.toMatchObject({ kind: "notFound" });
    accepted(await publishResource(hands.bureau, { id, version: 2 }));
    expect((await readResource(db, stranger.actor, id, CLOCK)).resource.name).toBe("海域使用权信息");
    await expect(editResource(stranger, { id, version: 3 }, aResource("甲乙"))).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(suspendResource(hands.filer, { id, version: 3, reason: "x" })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("a draft of an open filing is registered by the filing's signature only", async () => {
    const filing = await makeDraft(hands.filer);
    const { id } = accepted(await addResource(hands.filer, filing, aResource("随项目建设信息")));
    expect(codesOf(await registerResource(hands.lead, { id, version: 1 }))).toEqual(["outsideFiling"]);
    expect(codesOf(await editResource(hands.filer, { id, version: 1 }, aResource("改名信息")))).toEqual([
      "outsideFiling",
    ]);
  });
});

describe("publishing", () => {
  it("gives consecutive codes under simultaneous publishing", async () => {
    const ids: string[] = [];
    for (const name of ["泵站信息", "水厂信息", "水表信息", "管廊信息"])
      ids.push(await makeRegisteredResource(hands, name, { categoryCode: "103002" }));
    const results = await Promise.all(ids.map((id) => publishResource(hands.bureau, { id, version: 2 })));
    expect(results.map((result) => accepted(result).code).sort()).toEqual(
      [1, 2, 3, 4].map((number) => `103002/00000${number}`),
    );
  });

  it("pressed twice publishes once", async () => {
    const id = await makeRegisteredResource(hands, "窨井盖信息");
    const twice = await Promise.allSettled([
      publishResource(hands.bureau, { id, version: 2 }),
      publishResource(hands.bureau, { id, version: 2 }),
    ]);
    expect(twice.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(resourceRevisions, eq(resourceRevisions.resourceId, id))).toBe(1);
  });

  it("many at once: each by itself, with the reason of each that was refused", async () => {
    const [good, draft, stale] = [
      await makeRegisteredResource(hands, "路灯信息"),
      await makeDraftResource(hands, "护栏信息"),
      await makeRegisteredResource(hands, "公园信息"),
    ];
    const outcome = await publishMany(hands.bureau, [
      { id: good, version: 2 },
      { id: draft, version: 1 },
      { id: stale, version: 1 },
    ]);
    expect(outcome.published).toBe(1);
    expect(outcome.refused.map(({ name }) => name)).toEqual(["护栏信息", "公园信息"]);
    expect(outcome.refused[1]?.reason).toContain("修改过");
    await expect(publishMany(hands.filer, [{ id: stale, version: 2 }])).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("suspending, resuming, withdrawing", () => {
  it("follows a unit's request, which any step answers", async () => {
    const id = await makePublishedResource(hands, "停车场信息");
    accepted(await requestStep(hands.filer, { id, version: 3, step: "suspend", reason: "系统升级" }));
    expect(codesOf(await requestStep(hands.filer, { id, version: 4, step: "withdraw", reason: "再想想" }))).toEqual([
      "alreadyRequested",
    ]);
    const suspended = accepted(await suspendResource(hands.bureau, { id, version: 4, reason: "同意" }));
    expect(suspended).toMatchObject({ state: "suspended", requestedStep: null, nextUpdateDueOn: null });
    expect(codesOf(await requestStep(hands.filer, { id, version: 5, step: "suspend", reason: "又来" }))).toEqual([
      "notInThisState",
    ]);
    const resumed = accepted(await resumeResource(hands.bureau, { id, version: 5, reason: "已升级" }));
    expect(resumed).toMatchObject({ state: "published", nextUpdateDueOn: "2026-08-20" });
    accepted(await withdrawResource(hands.bureau, { id, version: 6, reason: "并入新资源" }));
    expect(codesOf(await resumeResource(hands.bureau, { id, version: 7, reason: "后悔" }))).toEqual(["notInThisState"]);
    await expect(readResource(db, stranger.actor, id, CLOCK)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("a declined request leaves the resource in force", async () => {
    const id = await makePublishedResource(hands, "充电桩信息");
    expect(codesOf(await declineRequest(hands.bureau, { id, version: 3, reason: "x" }))).toEqual(["nothingRequested"]);
    accepted(await requestStep(hands.filer, { id, version: 3, step: "withdraw", reason: "不再采集" }));
    accepted(await declineRequest(hands.bureau, { id, version: 4, reason: "三个单位在用" }));
    expect(await resourceRow(hands.filer, id)).toMatchObject({ state: "published", requestedStep: null });
  });
});

describe("the update clock", () => {
  it("an update restarts it; the future, the past before the last one and a second sending are refused", async () => {
    const id = await makePublishedResource(hands, "空气质量信息", { updateCycle: "weekly" });
    const update = { rows: 12, note: "" };
    const on = (day: string) => ({ ...update, updatedOn: localDate(day) });
    expect(codesOf(await recordUpdate(hands.filer, { id, version: 3 }, on("2026-07-21")))).toEqual(["updateInFuture"]);
    expect(codesOf(await recordUpdate(hands.filer, { id, version: 3 }, on("2026-07-19")))).toEqual([
      "updateBeforeLast",
    ]);
    accepted(await recordUpdate(hands.filer, { id, version: 3 }, on("2026-07-20")));
    await expect(recordUpdate(hands.filer, { id, version: 3 }, on("2026-07-20"))).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await resourceRow(hands.filer, id)).toMatchObject({
      lastUpdatedOn: "2026-07-20",
      nextUpdateDueOn: "2026-07-27",
    });
    const rows = await db.select().from(resourceUpdates).where(eq(resourceUpdates.resourceId, id));
    expect(rows.map(({ dueOn, updatedOn }) => [dueOn, updatedOn])).toEqual([["2026-07-27", "2026-07-20"]]);
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "resourceUpdated")));
    expect(event?.payload).toMatchObject({ resourceId: id, unitId: city.unitId });
    const sight = {
      actor: hands.filer.actor,
      reading: scopeFor(hands.filer.actor, "catalog:read"),
      publishing: scopeFor(hands.filer.actor, "catalog:publish"),
    };
    const found = async (freshness: string, today: string) => {
      const query = readCatalogQuery(new URLSearchParams({ freshness, q: "空气质量" }));
      return (await listResources(db, sight, query, { ...CLOCK, today: localDate(today) })).rows.map(
        (row) => row.freshness,
      );
    };
    expect(await found("fresh", "2026-07-25")).toEqual(["fresh"]);
    expect(await found("dueSoon", "2026-07-26")).toEqual(["dueSoon"]);
    expect(await found("dueSoon", "2026-07-28")).toEqual([]);
    expect(await found("overdue", "2026-07-28")).toEqual(["overdue"]);
  });
});

describe("finding and exporting", () => {
  const search = async (ctx: Ctx, params: Record<string, string>) => {
    const sight = {
      actor: ctx.actor,
      reading: scopeFor(ctx.actor, "catalog:read"),
      publishing: scopeFor(ctx.actor, "catalog:publish"),
    };
    const { rows, total } = await listResources(db, sight, readCatalogQuery(new URLSearchParams(params)), CLOCK);
    expect(total).toBe(rows.length);
    return rows.map(({ name }) => name);
  };

  it("by pairs of characters, initials, code, category, database; drafts for their own unit only", async () => {
    const id = await makePublishedResource(hands, "桥梁隧道检测信息", {
      categoryCode: "206003",
      basicDatabaseCode: "naturalResources",
    });
    await makeDraftResource(hands, "桥梁养护计划信息", { categoryCode: "206003" });
    const { code } = await resourceRow(hands.filer, id);
    expect(await search(stranger, { q: "桥梁" })).toEqual(["桥梁隧道检测信息"]);
    expect((await search(hands.filer, { q: "桥梁" })).sort()).toEqual(["桥梁养护计划信息", "桥梁隧道检测信息"].sort());
    expect(await search(stranger, { q: "隧道检测" })).toEqual(["桥梁隧道检测信息"]);
    expect(await search(stranger, { q: "qlsd" })).toEqual(["桥梁隧道检测信息"]);
    expect(await search(stranger, { q: code ?? "" })).toEqual(["桥梁隧道检测信息"]);
    expect(await search(stranger, { category: "206" })).toEqual(["桥梁隧道检测信息"]);
    expect(await search(stranger, { database: "naturalResources" })).toEqual(["桥梁隧道检测信息"]);
    expect(await search(stranger, { q: "隧桥" })).toEqual([]);
  });

  it("exports what is seen, all rows with their items", async () => {
    const file = await exportCatalog(stranger, readCatalogQuery(new URLSearchParams({ q: "桥梁" })));
    const workbook = accepted(await readWorkbook(file.bytes, file.name));
    const text = JSON.stringify(workbook);
    expect(text).toContain("桥梁隧道检测信息");
    expect(text).toContain("编号:字符型(64)*、名称:字符型(200)");
    expect(text).not.toContain("桥梁养护计划信息");
  });
});

describe("warnings", () => {
  it("name what is much alike and the source of an item, and spare keys", async () => {
    const source = city.ctx(await city.as("filer", city.otherUnitId));
    const id = await makePublishedResource(
      { ...hands, filer: source, lead: city.ctx(await city.as("unitLead", city.otherUnitId)) },
      "常住人口基础信息",
      { basicDatabaseCode: "population" },
    );
    const mine = aResource("常住人口基本信息", { basicDatabaseCode: "population" });
    const owner = { id: null, unitId: city.unitId, regionId: city.regionId };
    const { alike, sourced } = await resourceWarnings(db, owner, mine, 0.4);
    expect(alike.map((row) => row.id)).toContain(id);
    expect(sourced.map(({ item, id: of }) => [item, of])).toEqual([["名称", id]]);
    expect((await resourceWarnings(db, owner, { ...mine, basicDatabaseCode: null }, 1)).sourced).toEqual([]);
  });
});

describe("many entries at once", () => {
  it("are written in their order, or none with the row that is wrong", async () => {
    const owner = { unitId: city.otherUnitId, regionId: city.regionId, projectId: null };
    const many = Array.from({ length: 1_500 }, (_each, index) => aResource(`第${index}号台账甲`));
    const ids = accepted(await db.transaction((tx) => writeDraftResources(tx, stranger, owner, many)));
    expect((await resourceRow(stranger, ids[1_499] ?? "")).name).toBe("第1499号台账甲");
    expect(await db.$count(resourceItems, eq(resourceItems.resourceId, ids[1_200] ?? ""))).toBe(2);
    const again = await db.transaction((tx) =>
      writeDraftResources(tx, stranger, owner, [aResource("全新台账乙"), aResource("第7号台账甲")]),
    );
    expect(again).toMatchObject({ ok: false, refusals: [{ code: "nameTaken", facts: { row: 2 } }] });
    expect(await db.$count(resources, eq(resources.name, "全新台账乙"))).toBe(0);
  });
});
