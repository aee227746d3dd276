import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { domainEvents, ledgerTasks, ledgerTaskUnits, unitCollectionMembers, unitCollections } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makePlan } from "@tests/support/factories/ledger";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { confirmTask } from "~/modules/ledger/confirm-task.server";
import { listTasks, readLedgerQuery } from "~/modules/ledger/ledger.queries.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const today = localDate("2026-07-20");
const everything = readLedgerQuery(new URLSearchParams());
let city: TestCity;
let number = 0;
beforeAll(async () => {
  city = await makeCity(db);
});

async function makeTask(
  mention: { name: string; kind: "unit" | "group"; unitId?: string },
  more: Partial<typeof ledgerTasks.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  await db.insert(ledgerTasks).values({
    id,
    regionId: city.regionId,
    planId: await makePlan(db, city.regionId),
    number: ++number,
    section: "(一)",
    title: "规范政务服务事项",
    content: "",
    deadlineKind: "byDate",
    deadlineText: "2026年7月10日前",
    deadlines: [{ on: "2026-07-10", what: "", mode: "by" }],
    doubts: [{ code: "leadMissing", facts: {} }],
    ...more,
  });
  await db.insert(ledgerTaskUnits).values({
    taskId: id,
    role: "responsible",
    position: 1,
    regionId: city.regionId,
    mention: mention.name,
    kind: mention.kind,
    unitId: mention.unitId ?? null,
  });
  return id;
}

describe("who sees a task", () => {
  const seenBy = async (unitId: string, on = today) => {
    const scope = scopeFor(await city.as("filer", unitId), "task:read");
    return (await listTasks(db, scope, everything, on)).map(({ id }) => id);
  };

  it("the unit it names, not the others; the bureau sees all", async () => {
    const id = await makeTask({ name: "市自然资源局", kind: "unit", unitId: city.unitId });
    expect(await seenBy(city.unitId)).toContain(id);
    expect(await seenBy(city.otherUnitId)).not.toContain(id);
    const scope = scopeFor(await city.as("bureauReviewer"), "task:read");
    expect((await listTasks(db, scope, everything, today)).map((task) => task.id)).toContain(id);
  });

  it("the members of a group it names, for as long as they are members", async () => {
    const collectionId = newId();
    await db.insert(unitCollections).values({ id: collectionId, regionId: city.regionId, name: "市直各部门" });
    await db.insert(unitCollectionMembers).values({
      collectionId,
      unitId: city.otherUnitId,
      fromOn: localDate("2026-01-01"),
      toOn: localDate("2026-07-20"),
    });
    const id = await makeTask({ name: "市直各部门", kind: "group" });
    expect(await seenBy(city.otherUnitId)).toContain(id);
    expect(await seenBy(city.otherUnitId, localDate("2026-07-21"))).not.toContain(id);
    expect(await seenBy(city.unitId)).not.toContain(id);
  });
});

describe("overdue", () => {
  it.each([
    ["a dated task, ten days after", {}, 10],
    ["closed", { closedOn: localDate("2026-07-09") }, 0],
    ["an ongoing one, whatever its dates", { deadlineKind: "startThenOngoing" }, 0],
  ] as const)("%s", async (_name, more, expected) => {
    const id = await makeTask({ name: "市自然资源局", kind: "unit", unitId: city.unitId }, more);
    const scope = scopeFor(await city.as("filer"), "task:read");
    const task = (await listTasks(db, scope, everything, today)).find((each) => each.id === id);
    expect(task?.overdueDays).toBe(expected);
    const late = await listTasks(db, scope, { ...everything, show: "overdue" }, today);
    expect(late.some((each) => each.id === id)).toBe(expected > 0);
  });
});

describe("confirmTask", () => {
  let id: string;
  beforeEach(async () => {
    id = await makeTask({ name: "市自然资源局", kind: "unit", unitId: city.unitId });
  });
  const events = () => db.$count(domainEvents, eq(domainEvents.subjectId, id));

  it("ten clicks confirm once", async () => {
    const ctx = city.ctx(await city.as("bureauReviewer"));
    await Promise.allSettled(Array.from({ length: 10 }, () => confirmTask(ctx, id, 1)));
    const [task] = await db.select().from(ledgerTasks).where(eq(ledgerTasks.id, id));
    expect([task?.confirmed, task?.version, await events()]).toEqual([true, 2, 1]);
  });

  it("a stale page is a conflict", async () => {
    const ctx = city.ctx(await city.as("bureauAssessor"));
    await expect(confirmTask(ctx, id, 7)).rejects.toMatchObject({ kind: "conflict" });
    expect(await events()).toBe(0);
  });

  it("a unit that is named may not confirm; another region's bureau gets 404", async () => {
    await expect(confirmTask(city.ctx(await city.as("filer")), id, 1)).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeCity(db);
    const stranger = elsewhere.ctx(await elsewhere.as("bureauReviewer"));
    await expect(confirmTask(stranger, id, 1)).rejects.toMatchObject({ kind: "notFound" });
  });
});
