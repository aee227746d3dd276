import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { domainEvents, inventoryConfirmations, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { listsOverdue, listsToComplete, listsToConfirm } from "~/modules/desk/inventory.work.server";
import { confirmInventory } from "~/modules/systems/inventory/confirm-inventory.server";
import {
  listConfirmations,
  readConfirmation,
  sumConfirmations,
} from "~/modules/systems/inventory/confirmations.queries.server";
import { scopeFor, type Action } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
const MARCH = localDate("2026-03-31");
const FULL = {
  purpose: "用途",
  builder: "公司",
  contactName: "李工",
  contactPhone: "8888",
  launchedOn: localDate("2024-01-01"),
  mlpsFilingNumber: "44",
};
let city: TestCity;
let leader: Actor;
let bureau: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  leader = await city.as("unitLead");
  bureau = await city.as("bureauReviewer");
});

const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const add = (name: string, more: object = {}) => makeSystem(owner(), name, 0, "2026-05-01", { ...FULL, ...more });
const shown = async (actor = leader) => (await readConfirmation(db, actor, city.unitId, TODAY)).seen;
const confirm = async (seen?: string, actor = leader) =>
  confirmInventory(city.ctx(actor), city.unitId, { seen: seen ?? (await shown()), statement: "" });
const work = async (
  read: (
    database: typeof db,
    scope: ReturnType<typeof scopeFor>,
    today: typeof TODAY,
  ) => Promise<{ title: string; dueOn: string | null }[]>,
  actor: Actor,
  action: Action,
  today = TODAY,
) => (await read(db, scopeFor(actor, action), today)).map(({ title, dueOn }) => [title, dueOn]);

describe("confirmInventory", () => {
  it("keeps the list as it was signed, once a year", async () => {
    await add("甲系统", { code: "XT-0001" });
    await add("乙系统", { code: "XT-0002" });
    await add("旧系统", { state: "retired", retiredOn: localDate("2026-01-01"), purpose: "" });
    expect((await confirm()).ok).toBe(true);
    const rows = await db.select().from(inventoryConfirmations).where(eq(inventoryConfirmations.unitId, city.unitId));
    expect(rows).toMatchObject([
      {
        year: 2026,
        systemCount: 2,
        signedList: [{ code: "XT-0001" }, { code: "XT-0002" }],
        confirmedBy: leader.userId,
      },
    ]);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, rows[0]?.id ?? ""))).toBe(1);
    expect(await confirm()).toMatchObject({ ok: false, refusals: [{ code: "alreadyConfirmed" }] });
  });

  it("ten simultaneous submits sign once", async () => {
    await add("甲系统");
    const seen = await shown();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => confirm(seen)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.$count(inventoryConfirmations, eq(inventoryConfirmations.unitId, city.unitId))).toBe(1);
  });

  it("refuses while something is missing, and names it", async () => {
    await add("甲系统", { code: "XT-0001" });
    await add("乙系统", { code: "XT-0002", purpose: "" });
    expect(await confirm()).toMatchObject({
      ok: false,
      refusals: [{ code: "incompleteSystems", facts: { count: 1, names: "XT-0002 乙系统" } }],
    });
  });

  it("refuses an empty list", async () => {
    expect(await confirm()).toMatchObject({ ok: false, refusals: [{ code: "noSystems" }] });
  });

  it("a list that changed since it was shown is a conflict", async () => {
    await add("甲系统");
    const seen = await shown();
    await add("乙系统");
    await expect(confirm(seen)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is the unit's leader's: the filer and the bureau may not, another unit's leader gets 404", async () => {
    await add("甲系统");
    const seen = await shown();
    await expect(confirm(seen, await city.as("filer"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(confirm(seen, bureau)).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await city.as("unitLead", city.otherUnitId);
    await expect(confirm(seen, stranger)).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("after the confirmation", () => {
  it("shows what changed since; steps to the cloud are no change", async () => {
    const changed = await add("甲系统", { code: "XT-0001" });
    const stepped = await add("乙系统", { code: "XT-0002" });
    const gone = await add("丙系统", { code: "XT-0003" });
    await confirm();
    await db.update(systems).set({ contactName: "王工" }).where(eq(systems.id, changed));
    await db.update(systems).set({ version: 9, updatedAt: new Date() }).where(eq(systems.id, stepped));
    await db.update(systems).set({ state: "retired", retiredOn: TODAY }).where(eq(systems.id, gone));
    await add("丁系统", { code: "XT-0004" });
    const page = await readConfirmation(db, leader, city.unitId, TODAY);
    expect(page.changes.map(({ code, how }) => `${code} ${how}`)).toEqual([
      "XT-0001 changed",
      "XT-0004 added",
      "XT-0003 gone",
    ]);
    const { rows } = await listConfirmations(db, scopeFor(bureau, "system:read"), {
      today: TODAY,
      page: 1,
      open: false,
    });
    expect(rows).toMatchObject([{ total: 3, incomplete: 0, confirmedOn: "2026-07-20", changed: 3 }]);
  });

  it("the bureau sees which units are missing", async () => {
    await add("甲系统");
    await makeSystem({ ...owner(), unitId: city.otherUnitId }, "水利系统", 0);
    await confirm();
    const scope = scopeFor(bureau, "system:read");
    expect(await sumConfirmations(db, scope, TODAY)).toEqual({ units: 2, confirmed: 1 });
    const { rows, total } = await listConfirmations(db, scope, { today: TODAY, page: 1, open: true });
    expect([total, rows.map(({ id, incomplete }) => [id, incomplete])]).toEqual([1, [[city.otherUnitId, 1]]]);
  });
});

describe("the desk", () => {
  it("asks the leader once the list is complete, the filer before, the bureau after the last day", async () => {
    const filer = await city.as("filer");
    const id = await add("甲系统", { purpose: "" });
    expect(await work(listsToConfirm, leader, "inventory:confirm")).toEqual([]);
    expect(await work(listsToComplete, filer, "system:edit")).toEqual([
      ["1 个系统信息不完整，补全后由负责人确认清单", "2026-03-31"],
    ]);
    await db.update(systems).set({ purpose: "用途" }).where(eq(systems.id, id));
    expect(await work(listsToConfirm, leader, "inventory:confirm")).toEqual([["2026 年度，1 个系统", "2026-03-31"]]);
    expect(await work(listsToComplete, filer, "system:edit")).toEqual([]);
    expect(await work(listsOverdue, bureau, "system:govern", MARCH)).toEqual([]);
    expect(await work(listsOverdue, bureau, "system:govern")).toEqual([["1 个单位逾期未确认", "2026-03-31"]]);
    await confirm();
    expect(await work(listsToConfirm, leader, "inventory:confirm")).toEqual([]);
    expect(await work(listsOverdue, bureau, "system:govern")).toEqual([]);
    expect(await work(listsToConfirm, leader, "inventory:confirm", localDate("2027-01-01"))).toEqual([
      ["2027 年度，1 个系统", "2027-03-31"],
    ]);
  });
});
