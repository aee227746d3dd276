import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { auditEntries, cloudStandings, domainEvents, messages, outbox, scopeDecisions, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { resumeSystem, suspendSystem } from "~/modules/systems/inventory/change-system-state.server";
import { editSystem } from "~/modules/systems/inventory/edit-system.server";
import { missingFields } from "~/modules/systems/inventory/inventory.rules";
import { editSchema, registerSchema, type RegisterInput } from "~/modules/systems/inventory/inventory.schema";
import { registerSystem } from "~/modules/systems/inventory/register-system.server";
import { retireSystem } from "~/modules/systems/inventory/retire-system.server";
import { factsOf } from "~/modules/systems/inventory/system-facts";
import { countDependents, readSystem, readSystemLinks } from "~/modules/systems/inventory/system.queries.server";
import { listSystems, readSystemQuery, sumSystems } from "~/modules/systems/inventory/systems.queries.server";
import { transferSystem } from "~/modules/systems/inventory/transfer-system.server";
import { cloudRates } from "~/modules/systems/index.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let filer: Actor;
let bureau: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  bureau = await city.as("bureauReviewer");
});

const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const filled = (more: Record<string, unknown> = {}): RegisterInput =>
  registerSchema.parse({ name: "不动产登记系统", ownership: "own", secret: "no", hosting: "governmentCloud", ...more });
const edited = async (id: string, more: Record<string, unknown>) => {
  const [row] = await db.select().from(systems).where(eq(systems.id, id));
  if (!row) throw new Error("no system");
  const { name, hosting, mlpsLevel } = factsOf(row);
  return editSchema.parse({
    name,
    hosting,
    backedUp: row.backedUp ? "yes" : "no",
    ...(mlpsLevel !== null && { mlpsLevel: String(mlpsLevel) }),
    version: row.version,
    ...more,
  });
};
const rowOf = async (id: string) => (await db.select().from(systems).where(eq(systems.id, id)))[0];
const written = (id: string) =>
  Promise.all([
    db.$count(auditEntries, eq(auditEntries.objectId, id)),
    db.$count(domainEvents, eq(domainEvents.subjectId, id)),
    db.$count(outbox, eq(outbox.subjectId, id)),
  ]);
const lastEvent = async (id: string, type: string) =>
  (
    await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, type)))
  )[0];
const idOf = (result: Awaited<ReturnType<typeof registerSystem>>): string => {
  if (!result.ok) throw new Error(result.refusals[0]?.code);
  return result.value.id;
};

describe("registerSystem", () => {
  it("gives the next number, a standing from today, and one audit, event and outbox row", async () => {
    await makeSystem(owner(), "旧系统", 0, "2026-05-01", { code: "XT-0041" });
    const id = idOf(await registerSystem(city.ctx(filer), filled()));
    expect(await rowOf(id)).toMatchObject({ code: "XT-0042", unitId: city.unitId, registeredOn: TODAY, version: 1 });
    expect(await db.select().from(cloudStandings).where(eq(cloudStandings.systemId, id))).toMatchObject([
      { unitId: city.unitId, scope: "in", fromOn: TODAY, toOn: null },
    ]);
    expect(await written(id)).toEqual([1, 1, 1]);
    expect(await db.$count(scopeDecisions, eq(scopeDecisions.systemId, id))).toBe(0);
  });

  it("a vertical one is proposed out of scope at once, and counts until somebody confirms", async () => {
    const id = idOf(await registerSystem(city.ctx(filer), filled({ ownership: "national" })));
    expect(await db.select().from(scopeDecisions).where(eq(scopeDecisions.systemId, id))).toMatchObject([
      { state: "proposed", scope: "out", reason: "verticalSystem" },
    ]);
  });

  it("the same name in the unit is refused, however it is punctuated; another unit may have it", async () => {
    await registerSystem(city.ctx(filer), filled());
    const again = await registerSystem(city.ctx(filer), filled({ name: "不动产 登记系统" }));
    expect(again).toMatchObject({ ok: false, refusals: [{ code: "nameTaken", field: "name" }] });
    const other = await city.as("filer", city.otherUnitId);
    expect((await registerSystem(city.ctx(other), filled())).ok).toBe(true);
  });

  it("ten simultaneous submits of one form register one system", async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => registerSystem(city.ctx(filer), filled())));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.$count(systems, eq(systems.unitId, city.unitId))).toBe(1);
  });

  it("the bureau registers for any unit, a filer only for the own one, a leader for none", async () => {
    const forOther = filled({ unitId: city.otherUnitId });
    await expect(registerSystem(city.ctx(filer), forOther)).rejects.toMatchObject({ kind: "notFound" });
    expect((await registerSystem(city.ctx(bureau), forOther)).ok).toBe(true);
    const leader = await city.as("unitLead");
    await expect(registerSystem(city.ctx(leader), filled())).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("only an operator operates", async () => {
    const wrong = await registerSystem(city.ctx(filer), filled({ operatorUnitId: city.otherUnitId }));
    expect(wrong).toMatchObject({ ok: false, refusals: [{ code: "notAnOperator" }] });
    expect((await registerSystem(city.ctx(filer), filled({ operatorUnitId: city.operatorUnitId }))).ok).toBe(true);
  });
});

describe("editSystem", () => {
  it("writes the facts once and keeps each difference in words", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const result = await editSystem(city.ctx(filer), id, await edited(id, { purpose: "管网普查", tags: "民生、管网" }));
    expect(result.ok).toBe(true);
    expect(await rowOf(id)).toMatchObject({ purpose: "管网普查", tags: ["民生", "管网"], version: 2 });
    expect((await lastEvent(id, "systemEdited"))?.payload).toMatchObject({
      unitId: city.unitId,
      changes: [
        { title: "主要用途", before: "", after: "管网普查" },
        { title: "标签", before: "", after: "民生、管网" },
      ],
    });
    expect(await written(id)).toEqual([1, 1, 1]);
  });

  it("another unit gets 404, a stale version is a conflict, the same form twice has one effect", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const input = await edited(id, { purpose: "管网普查" });
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(editSystem(city.ctx(stranger), id, input)).rejects.toMatchObject({ kind: "notFound" });
    expect((await editSystem(city.ctx(filer), id, input)).ok).toBe(true);
    await expect(editSystem(city.ctx(filer), id, input)).rejects.toMatchObject({ kind: "conflict" });
    expect(await written(id)).toEqual([1, 1, 1]);
  });

  it("ownership and secrecy are the bureau's to say; a change of them asks the rule of scope", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const byUnit = await editSystem(city.ctx(filer), id, await edited(id, { ownership: "national" }));
    expect(byUnit).toMatchObject({ ok: false, refusals: [{ code: "fieldNotYours", field: "ownership" }] });
    expect((await editSystem(city.ctx(bureau), id, await edited(id, { secret: "yes" }))).ok).toBe(true);
    expect(await db.select().from(scopeDecisions).where(eq(scopeDecisions.systemId, id))).toMatchObject([
      { state: "proposed", reason: "secretSystem" },
    ]);
  });

  it.each([
    ["nothing changed", {}, "nothingChanged"],
    ["a filing number without a level", { mlpsLevel: undefined, mlpsFilingNumber: "44" }, "filingWithoutLevel"],
    ["launched tomorrow", { launchedOn: "2026-07-21" }, "launchedInFuture"],
  ])("%s is refused and leaves nothing behind", async (_name, more, code) => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const result = await editSystem(city.ctx(filer), id, await edited(id, more));
    expect(result).toMatchObject({ ok: false, refusals: [{ code }] });
    expect(await written(id)).toEqual([0, 0, 0]);
  });
});

describe("transferSystem", () => {
  const to = (version = 1) => ({ unitId: city.otherUnitId, reason: "机构改革", version });

  it("counts for the other unit from today on, and tells it", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 7);
    const receiver = await city.as("filer", city.otherUnitId);
    expect((await transferSystem(city.ctx(bureau), id, to())).ok).toBe(true);
    const scope = scopeFor(bureau, "system:read");
    const unitsOn = async (day: string) => (await cloudRates(db, scope, localDate(day))).map(({ unitId }) => unitId);
    expect(await unitsOn("2026-07-19")).toEqual([city.unitId]);
    expect(await unitsOn("2026-07-20")).toEqual([city.otherUnitId]);
    expect((await lastEvent(id, "systemTransferred"))?.payload).toMatchObject({
      fromUnitId: city.unitId,
      changes: [{ title: "主管单位", before: "市自然资源局", after: "市水利局" }],
    });
    expect(await db.$count(messages, eq(messages.userId, receiver.userId))).toBe(1);
    await expect(readSystem(db, filer, id)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is the bureau's alone, once, under the version that was read", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    await expect(transferSystem(city.ctx(filer), id, to())).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(transferSystem(city.ctx(stranger), id, to())).rejects.toMatchObject({ kind: "notFound" });
    await expect(transferSystem(city.ctx(bureau), id, to(7))).rejects.toMatchObject({ kind: "conflict" });
    expect((await transferSystem(city.ctx(bureau), id, to())).ok).toBe(true);
    await expect(transferSystem(city.ctx(bureau), id, to())).rejects.toMatchObject({ kind: "conflict" });
    expect(await transferSystem(city.ctx(bureau), id, to(2))).toMatchObject({
      ok: false,
      refusals: [{ code: "sameUnit" }],
    });
  });

  it("not to a unit that has one of this name", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    await makeSystem({ ...owner(), unitId: city.otherUnitId }, "地下管网系统", 0);
    expect(await transferSystem(city.ctx(bureau), id, to())).toMatchObject({
      ok: false,
      refusals: [{ code: "nameTaken", field: "unitId" }],
    });
  });
});

describe("retireSystem", () => {
  const step = (on = "2026-07-01", version = 1) => ({ retiredOn: localDate(on), reason: "由新系统替代", version });

  it("leaves the rate from that day on, and stays in the inventory", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 7);
    expect((await retireSystem(city.ctx(filer), id, step())).ok).toBe(true);
    const counted = async (day: string) =>
      (await cloudRates(db, scopeFor(filer, "system:read"), localDate(day)))[0]?.denominator ?? 0;
    expect([await counted("2026-06-30"), await counted("2026-07-01")]).toEqual([1, 0]);
    expect(await rowOf(id)).toMatchObject({ state: "retired", retireReason: "由新系统替代" });
    expect(await written(id)).toEqual([1, 1, 1]);
    expect(await editSystem(city.ctx(filer), id, await edited(id, { purpose: "x" }))).toMatchObject({
      ok: false,
      refusals: [{ code: "isRetired" }],
    });
  });

  it("404 for others, conflict for a stale page, once", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(retireSystem(city.ctx(stranger), id, step())).rejects.toMatchObject({ kind: "notFound" });
    await expect(retireSystem(city.ctx(filer), id, step("2026-07-01", 9))).rejects.toMatchObject({ kind: "conflict" });
    expect((await retireSystem(city.ctx(bureau), id, step())).ok).toBe(true);
    await expect(retireSystem(city.ctx(bureau), id, step())).rejects.toMatchObject({ kind: "conflict" });
    expect(await retireSystem(city.ctx(bureau), id, step("2026-07-01", 2))).toMatchObject({
      ok: false,
      refusals: [{ code: "alreadyRetired" }],
    });
  });
});

describe("suspend and resume", () => {
  it("two steps, each recorded once, in this order only", async () => {
    const id = await makeSystem(owner(), "地下管网系统", 0);
    const ctx = city.ctx(filer);
    const step = (version: number) => ({ version, reason: "机房改造" });
    expect(await resumeSystem(ctx, id, step(1))).toMatchObject({ ok: false, refusals: [{ code: "notSuspended" }] });
    expect((await suspendSystem(ctx, id, step(1))).ok).toBe(true);
    await expect(suspendSystem(ctx, id, step(1))).rejects.toMatchObject({ kind: "conflict" });
    expect((await resumeSystem(ctx, id, step(2))).ok).toBe(true);
    expect((await rowOf(id))?.state).toBe("inUse");
    expect(await written(id)).toEqual([2, 2, 2]);
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(suspendSystem(city.ctx(stranger), id, step(3))).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("the list", () => {
  const ask = (query = "") => readSystemQuery(new URLSearchParams(query));
  const found = async (actor: Actor, query = "") => {
    const { rows } = await listSystems(db, scopeFor(actor, "system:read"), ask(query), TODAY);
    return rows.map(({ name }) => name).sort();
  };

  it("shows a unit its own, an operator what it operates, the bureau all", async () => {
    await makeSystem(owner(), "甲系统", 0, "2026-05-01", { operatorUnitId: city.operatorUnitId });
    await makeSystem({ ...owner(), unitId: city.otherUnitId }, "乙系统", 0);
    expect(await found(filer)).toEqual(["甲系统"]);
    expect(await found(await city.as("operator"))).toEqual(["甲系统"]);
    expect(await found(bureau)).toEqual(["乙系统", "甲系统"]);
  });

  it.each([
    ["q=甲", ["甲系统"]],
    ["ownership=provincial", ["省垂系统"]],
    ["cloud=outside", ["省垂系统"]],
    ["cloud=migrated", ["甲系统"]],
    ["cloud=moving", ["乙系统"]],
    ["cloud=untouched", ["停用系统"]],
    ["level=3", ["乙系统"]],
    ["level=none", ["停用系统"]],
    ["hosting=ownRoom", ["乙系统"]],
    ["state=suspended", ["停用系统"]],
    ["state=retired", ["旧系统"]],
    ["", ["乙系统", "停用系统", "甲系统", "省垂系统"]],
    ["state=all&q=旧", ["旧系统"]],
    ["incomplete=yes&q=甲", ["甲系统"]],
    ["ownership=nonsense&sort=nonsense&page=-1&level=9", ["乙系统", "停用系统", "甲系统", "省垂系统"]],
  ])("asked %s", async (query, expected) => {
    await makeSystem(owner(), "甲系统", 7);
    await makeSystem(owner(), "乙系统", 3, "2026-05-01", { mlpsLevel: 3, hosting: "ownRoom" });
    await makeSystem(owner(), "停用系统", 0, "2026-05-01", { state: "suspended", mlpsLevel: null });
    const vertical = { ownership: "provincial", hosting: "superiorCloud" } as const;
    await makeSystem(owner(), "省垂系统", 0, "2026-05-01", vertical, { scope: "out", reason: "verticalSystem" });
    await makeSystem(owner(), "旧系统", 0, "2026-05-01", { state: "retired", retiredOn: localDate("2026-07-01") });
    expect(await found(filer, query)).toEqual([...expected].sort());
    const sums = await sumSystems(db, scopeFor(filer, "system:read"), ask(query), TODAY);
    expect([sums.total, sums.national + sums.provincial + sums.own]).toEqual([expected.length, expected.length]);
  });

  it("hides a secret name from who only operates it, in list, search and detail", async () => {
    const more = { secret: true, operatorUnitId: city.operatorUnitId, code: "XT-0009", purpose: "内情" };
    const id = await makeSystem(owner(), "机要系统", 0, "2026-05-01", more);
    const operator = await city.as("operator");
    expect(await found(operator)).toEqual(["涉密系统（XT-0009）"]);
    expect(await found(operator, "q=机要")).toEqual([]);
    expect(await found(filer, "q=机要")).toEqual(["机要系统"]);
    expect((await readSystem(db, operator, id)).system).toMatchObject({ name: "涉密系统（XT-0009）", purpose: "" });
    expect((await readSystem(db, bureau, id)).system).toMatchObject({ name: "机要系统", purpose: "内情" });
  });

  it("finds incomplete exactly what the rule finds incomplete", async () => {
    const full = {
      purpose: "用途",
      builder: "公司",
      contactName: "李工",
      contactPhone: "8888",
      launchedOn: localDate("2024-01-01"),
      mlpsFilingNumber: "44",
    };
    const variants: Partial<typeof systems.$inferInsert>[] = [
      {},
      { purpose: "" },
      { builder: "" },
      { builder: "", ownership: "national" },
      { contactName: "" },
      { contactPhone: "" },
      { launchedOn: null },
      { mlpsLevel: null },
      { mlpsLevel: null, secret: true },
      { mlpsLevel: 1, mlpsFilingNumber: "" },
      { mlpsLevel: 2, mlpsFilingNumber: "" },
      { mlpsLevel: 2, mlpsFilingNumber: "", ownership: "provincial" },
      { hosting: "ownRoom" },
      { hosting: "otherCloud" },
      { hosting: "otherCloud", location: "甲机房" },
      { hosting: "superiorCloud" },
      { purpose: "", state: "retired", retiredOn: localDate("2026-07-01") },
    ];
    for (const [index, more] of variants.entries())
      await makeSystem(owner(), `系统${index}`, 0, "2026-05-01", { ...full, ...more });
    const rows = await db.select().from(systems).where(eq(systems.unitId, city.unitId));
    const expected = rows.filter((row) => missingFields(row).length > 0).map(({ name }) => name);
    expect(await found(filer, "incomplete=yes&state=all")).toEqual(expected.sort());
    expect(expected.length).toBe(9);
  });
});

describe("what hangs on a system", () => {
  it("nothing, and none of another unit's", async () => {
    const id = await makeSystem(owner(), "甲系统", 0);
    expect(await countDependents(db, id)).toEqual({ projects: 0, resources: 0, matters: 0 });
    expect(await readSystemLinks(db, filer, id)).toEqual({ origin: null, maintained: [], resources: [], matters: [] });
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(readSystemLinks(db, stranger, id)).rejects.toMatchObject({ kind: "notFound" });
  });
});
