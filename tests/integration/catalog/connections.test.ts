import { and, desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { domainEvents, messages, resourceConnections, resources } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  makeDraftResource,
  makePublishedResource,
  makeRegisteredResource,
  resourceRow,
  type CatalogHands,
} from "@tests/support/factories/catalog";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { connectResource } from "~/modules/catalog/connection/connect-resource.server";
import {
  listConnections,
  readConnectionQuery,
  resourceConnectionHistory,
} from "~/modules/catalog/connection/connections.queries.server";
import { disconnectResource } from "~/modules/catalog/connection/disconnect-resource.server";
import { testConnection } from "~/modules/catalog/connection/test-connection.server";
import type { ResourceContent } from "~/modules/catalog/resource.content";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const ADDRESS = "https://share.gov.cn/api/pipes";
let city: TestCity;
let hands: CatalogHands;
let stranger: Ctx;
beforeAll(async () => {
  city = await makeCity(db);
  hands = {
    filer: city.ctx(await city.as("filer")),
    lead: city.ctx(await city.as("unitLead")),
    bureau: city.ctx(await city.as("bureauReviewer")),
  };
  stranger = city.ctx(await city.as("filer", city.otherUnitId));
});

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const ref = async (id: string) => ({ id, version: (await resourceRow(hands.filer, id)).version });
const connect = async (id: string, address = ADDRESS, reason = "", ctx = hands.filer) =>
  connectResource(ctx, await ref(id), { address, reason });
const test = async (id: string, result: "passed" | "failed", remark = "", ctx = hands.bureau) =>
  testConnection(ctx, await ref(id), { result, remark });

async function makeConnected(name: string, more: Partial<ResourceContent> = {}) {
  const id = await makePublishedResource(hands, name, more);
  accepted(await connect(id));
  return id;
}

describe("connecting a resource", () => {
  it("is the unit's, told to the bureau, tested by the bureau, and mirrored on the resource", async () => {
    const id = await makePublishedResource(hands, "挂接信息甲");
    accepted(await connect(id));
    expect(await resourceRow(hands.filer, id)).toMatchObject({
      interfaceAttachedOn: "2026-07-20",
      testSharedOn: null,
      version: 4,
    });
    expect(await db.$count(messages, eq(messages.href, `/catalog/${id}?tab=connection`))).toBeGreaterThan(0);
    accepted(await test(id, "passed"));
    expect((await resourceRow(hands.filer, id)).testSharedOn).toBe("2026-07-20");
    expect(codes(await test(id, "passed"))).toEqual(["testedAlready"]);
    const [connection] = await resourceConnectionHistory(db, id);
    expect(connection).toMatchObject({
      method: "interface",
      address: ADDRESS,
      connectorName: hands.filer.actor.name,
      testResult: "passed",
      testerName: hands.bureau.actor.name,
      removedOn: null,
    });
    const events = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.subjectId, id))
      .orderBy(desc(domainEvents.id));
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual(["resourceConnectionTested", "resourceConnected"]);
  });

  it("works for what is registered, not for drafts, what is suspended or not shared", async () => {
    const registered = await makeRegisteredResource(hands, "已登记信息");
    expect(codes(await connect(registered))).toEqual(["ok"]);
    const draft = await makeDraftResource(hands, "草稿信息");
    expect(codes(await connect(draft))).toEqual(["notInThisState"]);
    const suspended = await makePublishedResource(hands, "暂停信息");
    await db.update(resources).set({ state: "suspended" }).where(eq(resources.id, suspended));
    expect(codes(await connect(suspended))).toEqual(["notInThisState"]);
    const closed = await makePublishedResource(hands, "不予共享信息", {
      sharingType: "none",
      method: null,
      legalBasis: "《中华人民共和国测绘法》第四十七条",
    });
    expect(codes(await connect(closed))).toEqual(["notShared"]);
  });

  it("asks for the address that the catalog entry's method has", async () => {
    const view = await makePublishedResource(hands, "视图信息", { method: "database" });
    expect(codes(await connect(view))).toEqual(["addressNotView"]);
    expect(codes(await connect(view, "zrzy.v_pipe"))).toEqual(["ok"]);
    const file = await makePublishedResource(hands, "文件信息", { formatClass: "spreadsheet", method: "file" });
    expect(codes(await connect(file, "../x"))).toEqual(["addressNotPath"]);
    expect(codes(await connect(file, "/zrzy/x.xlsx"))).toEqual(["ok"]);
    const service = await makePublishedResource(hands, "接口信息");
    expect(codes(await connect(service, "http://share.gov.cn"))).toEqual(["addressNotHttps"]);
  });

  it("is not for the bureau, the leader or another unit", async () => {
    const id = await makePublishedResource(hands, "他人信息");
    for (const ctx of [hands.bureau, hands.lead, stranger])
      await expect(connect(id, ADDRESS, "", ctx)).rejects.toMatchObject({ kind: "forbidden" });
    const hidden = await makeRegisteredResource(hands, "未发布信息");
    await expect(connect(hidden, ADDRESS, "", stranger)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("pressed twice connects once; a stale form is a conflict", async () => {
    const id = await makePublishedResource(hands, "双击信息");
    const shown = await ref(id);
    const twice = await Promise.allSettled(
      [1, 2].map(() => connectResource(hands.filer, shown, { address: ADDRESS, reason: "" })),
    );
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(resourceConnections, eq(resourceConnections.resourceId, id))).toBe(1);
    await expect(testConnection(hands.bureau, shown, { result: "passed", remark: "" })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("the test share", () => {
  it("that failed says why and is repeated", async () => {
    const id = await makeConnected("重测信息");
    expect(codes(await test(id, "failed"))).toEqual(["reasonGiven"]);
    accepted(await test(id, "failed", "返回为空"));
    expect((await resourceRow(hands.filer, id)).testSharedOn).toBeNull();
    expect((await resourceConnectionHistory(db, id))[0]).toMatchObject({
      testResult: "failed",
      testRemark: "返回为空",
    });
    accepted(await test(id, "passed"));
    expect((await resourceRow(hands.filer, id)).testSharedOn).toBe("2026-07-20");
  });

  it("two persons: never by who connected it, also not for them", async () => {
    const id = await makeConnected("两人信息");
    const both = { ...hands.bureau.actor, userId: hands.filer.actor.userId };
    expect(codes(await test(id, "passed", "", city.ctx(both)))).toEqual(["testedByConnector"]);
    const deputy = {
      ...hands.bureau.actor,
      delegations: [{ role: "filer" as const, fromUserId: hands.filer.actor.userId, fromName: "甲" }],
    };
    expect(codes(await test(id, "passed", "", city.ctx(deputy)))).toEqual(["testedByConnector"]);
  });

  it("needs a connection, and is not for the unit", async () => {
    const id = await makePublishedResource(hands, "未挂信息");
    expect(codes(await test(id, "passed"))).toEqual(["notConnected"]);
    await expect(test(id, "passed", "", hands.filer)).rejects.toMatchObject({ kind: "forbidden" });
    const assessor = city.ctx(await city.as("bureauAssessor"));
    accepted(await connect(id));
    expect(codes(await test(id, "passed", "", assessor))).toEqual(["ok"]);
  });
});

describe("replacing and ending a connection", () => {
  it("replaced with a reason it is tested anew; the old one stays to be read", async () => {
    const id = await makeConnected("更换信息");
    accepted(await test(id, "passed"));
    expect(codes(await connect(id, ADDRESS, "再来"))).toEqual(["sameAddress"]);
    expect(codes(await connect(id, "https://new.gov.cn/api"))).toEqual(["reasonGiven"]);
    accepted(await connect(id, "https://new.gov.cn/api", "迁移上云"));
    expect((await resourceRow(hands.filer, id)).testSharedOn).toBeNull();
    const history = await resourceConnectionHistory(db, id);
    expect(history.map(({ address, testResult, removedOn }) => [address, testResult, removedOn])).toEqual([
      ["https://new.gov.cn/api", null, null],
      [ADDRESS, "passed", "2026-07-20"],
    ]);
    const reasons = await db
      .select({ reason: domainEvents.reason })
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "resourceConnected")));
    expect(reasons.map(({ reason }) => reason).sort()).toEqual(["迁移上云", null].sort());
  });

  it("ended with a reason it clears what the resource says", async () => {
    const id = await makeConnected("解除信息");
    accepted(await test(id, "passed"));
    const end = async (reason: string) => disconnectResource(hands.filer, await ref(id), { reason });
    expect(codes(await end("  "))).toEqual(["reasonGiven"]);
    accepted(await end("系统下线"));
    expect(await resourceRow(hands.filer, id)).toMatchObject({ interfaceAttachedOn: null, testSharedOn: null });
    expect(codes(await end("再来"))).toEqual(["notConnected"]);
    expect(await resourceConnectionHistory(db, id)).toHaveLength(1);
    expect(codes(await connect(id))).toEqual(["ok"]);
  });
});

describe("the list", () => {
  it("shows who waits for what, within sight, what is to be tested first", async () => {
    const mine = await makeCity(db);
    const theirs: CatalogHands = {
      filer: mine.ctx(await mine.as("filer")),
      lead: mine.ctx(await mine.as("unitLead")),
      bureau: mine.ctx(await mine.as("bureauReviewer")),
    };
    const made = async (name: string, steps: readonly ("connect" | "failed" | "passed")[]) => {
      const id = await makePublishedResource(theirs, name);
      for (const step of steps) {
        if (step === "connect") accepted(await connect(id, ADDRESS, "", theirs.filer));
        else accepted(await test(id, step, "说明", theirs.bureau));
      }
    };
    await made("甲信息", ["connect", "passed"]);
    await made("乙信息", []);
    await made("丙信息", ["connect", "failed"]);
    await made("丁信息", ["connect"]);
    const ask = (ctx: Ctx, words = "") =>
      listConnections(db, scopeFor(ctx.actor, "delivery:read"), readConnectionQuery(new URLSearchParams(words)));
    const all = await ask(theirs.bureau);
    expect(all.rows.map(({ name, standing }) => [name, standing])).toEqual([
      ["丁信息", "untested"],
      ["丙信息", "failed"],
      ["乙信息", "none"],
      ["甲信息", "passed"],
    ]);
    expect(all.counts).toEqual({ untested: 1, failed: 1, none: 1, passed: 1 });
    expect((await ask(theirs.filer, "standing=none")).rows.map(({ name }) => name)).toEqual(["乙信息"]);
    expect((await ask(theirs.bureau, "q=丙")).total).toBe(1);
    expect((await ask(mine.ctx(await mine.as("filer", mine.otherUnitId)))).total).toBe(0);
  });
});
