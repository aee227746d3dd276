import { and, desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { calendarDays, domainEvents, ledgerTasks, ledgerUpdates, messages, supervisionItems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeGroup, makeLedgerTask, makePlan, type Named } from "@tests/support/factories/ledger";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { tasksToClose, updatesToWrite } from "~/modules/desk/ledger.work.server";
import { readLedgerQuery } from "~/modules/ledger/list/list-query";
import { isShown, judgedTasks, taskRows } from "~/modules/ledger/list/tasks.queries.server";
import { closeTask } from "~/modules/ledger/task/close-task.server";
import { meetMoment } from "~/modules/ledger/task/meet-moment.server";
import { reopenTask } from "~/modules/ledger/task/reopen-task.server";
import { requestClosing } from "~/modules/ledger/task/request-closing.server";
import { returnClosing } from "~/modules/ledger/task/return-closing.server";
import { superviseTask } from "~/modules/ledger/task/supervise-task.server";
import { openTaskFile, readTask } from "~/modules/ledger/task/task.queries.server";
import { updateTask } from "~/modules/ledger/task/update-task.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const today = localDate("2026-07-20");
let city: TestCity;
let bureau: Actor;
let filer: Actor;
let planId: string;
let id: string;

const makeTask = (named: readonly Named[], more: Parameters<typeof makeLedgerTask>[3] = {}, plan = planId) =>
  makeLedgerTask(db, { planId: plan, regionId: city.regionId }, named, more);
const load = async (taskId = id) => {
  const [row] = await db.select().from(ledgerTasks).where(eq(ledgerTasks.id, taskId));
  return row ?? expect.fail("no task");
};
const ref = async () => ({ id, version: (await load()).version });
const events = (type: string) =>
  db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, type)));
const JULY = period("2026-07");
const update = (more: Partial<Parameters<typeof updateTask>[2]> = {}) => ({
  version: 0,
  period: JULY,
  progress: "完成接口联调",
  difficulty: "",
  ...more,
});
const moment = async (more: { position?: number; metOn?: string } = {}) => ({
  ...(await ref()),
  position: more.position ?? 0,
  metOn: localDate(more.metOn ?? "2026-07-18"),
  evidence: "验收意见已出具",
});
const meet = async () => expect(await meetMoment(city.ctx(filer), await moment())).toEqual({ ok: true, value: null });
const ask = async () =>
  expect(await requestClosing(city.ctx(filer), { ...(await ref()), statement: "已全部完成" })).toEqual({
    ok: true,
    value: null,
  });
const listed = async (actor: Actor, search: Record<string, string> = {}, on = today) => {
  const query = readLedgerQuery(new URLSearchParams(search));
  const judged = await judgedTasks(db, actor, query, on);
  return judged.filter((task) => isShown(task, query.show));
};
const ids = async (...args: Parameters<typeof listed>) => (await listed(...args)).map((task) => task.id);

beforeAll(async () => {
  city = await makeCity(db);
  [bureau, filer] = [await city.as("bureauReviewer"), await city.as("filer")];
  planId = await makePlan(db, city.regionId);
});
beforeEach(async () => {
  id = await makeTask([{ unitId: city.unitId }, { role: "responsible", unitId: city.otherUnitId }]);
});

describe("who sees a task", () => {
  it("the units it names, in their roles, and the bureau; not another region's", async () => {
    const lone = await makeTask([{ unitId: city.unitId }]);
    const other = await city.as("filer", city.otherUnitId);
    expect(await ids(filer)).toEqual(expect.arrayContaining([id, lone]));
    expect(await ids(other)).toContain(id);
    expect(await ids(other)).not.toContain(lone);
    expect(await ids(other, { role: "responsible" })).toContain(id);
    expect(await ids(other, { role: "lead" })).not.toContain(id);
    expect(await ids(bureau, { unit: city.otherUnitId, role: "lead" })).not.toContain(id);
    expect(await ids(bureau)).toContain(lone);
    const elsewhere = await makeCity(db);
    expect(await ids(await elsewhere.as("bureauReviewer"))).toEqual([]);
  });

  it("the members of a group as it was on the plan's day, whatever it is today", async () => {
    await makeGroup(db, city.regionId, "市直各部门", [
      { unitId: city.otherUnitId, to: "2026-01-05" },
      { unitId: city.financeUnitId, from: "2026-01-06" },
    ]);
    const grouped = await makeTask([{ group: "市直各部门" }]);
    const member = await city.as("filer", city.otherUnitId);
    const rows = await taskRows(db, member, await listed(member));
    expect(rows.find((row) => row.id === grouped)?.own).toEqual([{ role: "lead", via: "市直各部门" }]);
    expect(await ids(await city.as("filer", city.financeUnitId))).not.toContain(grouped);
  });

  it("of a plan that is being confirmed only who confirms it", async () => {
    const draft = await makePlan(db, city.regionId, { state: "confirming" });
    const hidden = await makeTask([{ unitId: city.unitId }], { confirmed: false }, draft);
    expect(await ids(bureau, { show: "unconfirmed" })).toContain(hidden);
    for (const actor of [filer, await city.as("financeReviewer")]) {
      expect(await ids(actor)).not.toContain(hidden);
      await expect(readTask(db, actor, hidden, today)).rejects.toMatchObject({ kind: "notFound" });
    }
    const late = await listed(bureau, { show: "overdue" });
    expect(late.some((task) => task.id === hidden)).toBe(false);
  });
});

describe("overdue", () => {
  it.each([
    ["ten days after its date", {}, 10],
    ["closed", { state: "closed", closedOn: localDate("2026-07-09") }, 0],
    ["of no date, whatever it says", { deadlineKind: "startThenOngoing" }, 0],
  ] as const)("%s", async (_name, more, days) => {
    const taskId = await makeTask([{ unitId: city.unitId }], more);
    expect((await listed(filer)).find((task) => task.id === taskId)?.overdueDays).toBe(days);
    expect((await ids(filer, { show: "overdue" })).includes(taskId)).toBe(days > 0);
  });

  it("not from the day on which its part was met", async () => {
    await meet();
    expect((await listed(filer)).find((task) => task.id === id)?.overdueDays).toBe(0);
    expect((await listed(filer, {}, localDate("2026-07-17"))).find((task) => task.id === id)?.overdueDays).toBe(7);
  });
});

describe("a month's update", () => {
  it("is written and rewritten within the month, each writing an event; a stale text is a conflict", async () => {
    expect(await updateTask(city.ctx(filer), id, update())).toEqual({ ok: true, value: null });
    await expect(updateTask(city.ctx(filer), id, update())).rejects.toMatchObject({ kind: "conflict" });
    await updateTask(city.ctx(filer), id, update({ version: 1, progress: "已上线运行", difficulty: "缺接口" }));
    const rows = await db.select().from(ledgerUpdates).where(eq(ledgerUpdates.taskId, id));
    expect(rows).toMatchObject([{ progress: "已上线运行", difficulty: "缺接口", version: 2, unitId: city.unitId }]);
    expect(await events("taskUpdated")).toBe(2);
    expect(await ids(filer, { show: "noUpdate" })).not.toContain(id);
    expect(await ids(bureau, { show: "difficulty" })).toContain(id);
    const other = await city.as("filer", city.otherUnitId);
    expect(await ids(other, { show: "noUpdate" })).toContain(id);
  });

  it("ten submits write one", async () => {
    await Promise.allSettled(Array.from({ length: 10 }, () => updateTask(city.ctx(filer), id, update())));
    expect([await db.$count(ledgerUpdates, eq(ledgerUpdates.taskId, id)), await events("taskUpdated")]).toEqual([1, 1]);
  });

  it("brings files that the task's units can open, and no other unit", async () => {
    const file = { name: "联调记录.pdf", mediaType: "application/pdf", bytes: Buffer.from("%PDF-1.4") };
    await updateTask(city.ctx(filer), id, update(), [file]);
    const { papers } = await readTask(db, filer, id, today);
    const other = await city.as("filer", city.otherUnitId);
    expect((await openTaskFile(db, other, id, papers[0]?.id ?? "")).file.name).toBe("联调记录.pdf");
    const stranger = await city.as("filer", city.financeUnitId);
    await expect(openTaskFile(db, stranger, id, papers[0]?.id ?? "")).rejects.toMatchObject({ kind: "notFound" });
    await expect(openTaskFile(db, filer, id, newId())).rejects.toMatchObject({ kind: "notFound" });
  });

  it("of last month is made up until its day and not afterwards; nothing once the plan has ended", async () => {
    const june = update({ period: period("2026-06") });
    expect(await updateTask(city.ctx(filer, "2026-07-16"), id, june)).toMatchObject({
      refusals: [{ code: "monthClosed" }],
    });
    expect(await updateTask(city.ctx(filer, "2026-07-15"), id, june)).toEqual({ ok: true, value: null });
    const ended = await makePlan(db, city.regionId, { state: "ended" });
    const over = await makeTask([{ unitId: city.unitId }], {}, ended);
    expect(await updateTask(city.ctx(filer), over, update())).toMatchObject({ refusals: [{ code: "planInForce" }] });
  });

  it("a unit that is not named gets 404, the bureau may not", async () => {
    const stranger = await city.as("filer", city.financeUnitId);
    await expect(updateTask(city.ctx(stranger), id, update())).rejects.toMatchObject({ kind: "notFound" });
    await expect(updateTask(city.ctx(bureau), id, update())).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("that lacks stands on the desk as one item, due on the region's reporting day of the next month", async () => {
    const fresh = await makeCity(db);
    const plan = await makePlan(db, fresh.regionId);
    const at = { planId: plan, regionId: fresh.regionId };
    const first = await makeLedgerTask(db, at, [{ unitId: fresh.unitId }]);
    await makeLedgerTask(db, at, [{ role: "responsible", unitId: fresh.unitId }]);
    await makeLedgerTask(db, at, [{ unitId: fresh.unitId }], { state: "closed", closedOn: localDate("2026-07-01") });
    const actor = await fresh.as("filer");
    const scope = scopeFor(actor, "task:update");
    const items = async (on: string) =>
      (await updatesToWrite(db, scope, localDate(on))).map(({ title, dueOn }) => [title, dueOn]);
    // the 15th of August is a Saturday, and the region has ordered the Monday off
    await db.insert(calendarDays).values({
      id: newId(),
      regionId: fresh.regionId,
      day: localDate("2026-08-17"),
      off: true,
      name: "本地节日",
      source: "测试县人民政府通知",
    });
    expect(await items("2026-07-20")).toEqual([["本月任务进展 2 项待填", "2026-08-18"]]);
    await updateTask(fresh.ctx(actor), first, update());
    expect(await items("2026-07-20")).toEqual([["本月任务进展 1 项待填", "2026-08-18"]]);
    expect(await items("2026-08-18")).toEqual([
      ["本月任务进展 2 项待填", "2026-09-15"],
      ["2026年7月任务进展 1 项待填", "2026-08-18"],
    ]);
    expect(await items("2026-08-19")).toEqual([["本月任务进展 2 项待填", "2026-09-15"]]);
    expect(
      await updatesToWrite(db, scopeFor(await fresh.as("filer", fresh.otherUnitId), "task:update"), today),
    ).toEqual([]);
  });
});

describe("a dated part", () => {
  it("is proven by the unit that leads; ten submits are one; a stale page is a conflict", async () => {
    const typed = await moment();
    await Promise.allSettled(Array.from({ length: 10 }, () => meetMoment(city.ctx(filer), typed)));
    expect(await events("taskMomentMet")).toBe(1);
    await expect(meetMoment(city.ctx(filer), typed)).rejects.toMatchObject({ kind: "conflict" });
    const { moments } = await readTask(db, filer, id, today);
    expect(moments).toMatchObject([
      { standing: { state: "met", metOn: "2026-07-18", lateDays: 8 }, met: { evidence: "验收意见已出具" } },
    ]);
  });

  it.each([
    ["a day to come", { metOn: "2026-07-21" }, "metInFuture"],
    ["a part it does not have", { position: 5 }, "momentUnknown"],
  ])("is refused: %s", async (_name, more, code) => {
    expect(await meetMoment(city.ctx(filer), await moment(more))).toMatchObject({ refusals: [{ code }] });
  });

  it("is met once, and not by a unit that is only responsible", async () => {
    await meet();
    expect(await meetMoment(city.ctx(filer), await moment())).toMatchObject({
      refusals: [{ code: "momentMetAlready" }],
    });
    const other = city.ctx(await city.as("filer", city.otherUnitId));
    expect(await meetMoment(other, await moment())).toMatchObject({ refusals: [{ code: "leadUnit" }] });
    const stranger = city.ctx(await city.as("filer", city.financeUnitId));
    await expect(meetMoment(stranger, await moment())).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("closing", () => {
  it("is asked for once all parts are proven, judged by another person, returned, asked again, closed, reopened", async () => {
    const statement = { ...(await ref()), statement: "已全部完成" };
    expect(await requestClosing(city.ctx(filer), statement)).toMatchObject({ refusals: [{ code: "momentsMet" }] });
    await meet();
    await ask();
    expect(await load()).toMatchObject({ state: "closing", closingStatement: "已全部完成", closingBy: filer.userId });
    const scope = scopeFor(bureau, "task:close");
    expect((await tasksToClose(db, scope, bureau)).map(({ href }) => href)).toContain(`/tasks/${id}`);

    expect(await returnClosing(city.ctx(bureau), { ...(await ref()), reason: " " })).toMatchObject({
      refusals: [{ code: "reasonGiven" }],
    });
    await returnClosing(city.ctx(bureau), { ...(await ref()), reason: "请补充验收单" });
    expect(await load()).toMatchObject({ state: "open", closingBy: null });
    await ask();
    expect(await closeTask(city.ctx(bureau), await ref())).toEqual({ ok: true, value: null });
    expect(await load()).toMatchObject({ state: "closed", closedBy: bureau.userId, closedOn: "2026-07-20" });
    await reopenTask(city.ctx(bureau), { ...(await ref()), reason: "复查发现未上线" });
    expect(await load()).toMatchObject({ state: "open", closedBy: null, closedOn: null });
    const told = await db
      .select({ title: messages.title })
      .from(messages)
      .where(and(eq(messages.userId, filer.userId), eq(messages.href, `/tasks/${id}`)))
      .orderBy(desc(messages.createdAt));
    expect(told).toHaveLength(3);
    const { events: trail } = await readTask(db, bureau, id, today);
    expect(trail.map(({ reason }) => reason)).toEqual(expect.arrayContaining(["请补充验收单", "复查发现未上线"]));
  });

  it("who asked does not close, whatever else he is", async () => {
    const both: Actor = { ...filer, roles: ["filer", "bureauReviewer"] };
    await meet();
    await ask();
    expect(await closeTask(city.ctx(both), await ref())).toMatchObject({ refusals: [{ code: "otherPerson" }] });
  });

  it("ten clicks have one effect; stale pages are conflicts", async () => {
    await meet();
    const typed = { ...(await ref()), statement: "已全部完成" };
    await Promise.allSettled(Array.from({ length: 10 }, () => requestClosing(city.ctx(filer), typed)));
    const closing = await ref();
    await Promise.allSettled(Array.from({ length: 10 }, () => closeTask(city.ctx(bureau), closing)));
    expect([await events("taskClosingRequested"), await events("taskClosed")]).toEqual([1, 1]);
    const stale = { ...closing, reason: "复查发现未上线" };
    await expect(reopenTask(city.ctx(bureau), stale)).rejects.toMatchObject({ kind: "conflict" });
    await expect(returnClosing(city.ctx(bureau), stale)).rejects.toMatchObject({ kind: "conflict" });
    await expect(closeTask(city.ctx(bureau), closing)).rejects.toMatchObject({ kind: "conflict" });
    await expect(requestClosing(city.ctx(filer), typed)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("a unit that is not named gets 404, a unit may not close", async () => {
    const stranger = city.ctx(await city.as("filer", city.financeUnitId));
    const elsewhere = await makeCity(db);
    const far = elsewhere.ctx(await elsewhere.as("bureauReviewer"));
    const [typed, nothing] = [await ref(), { kind: "notFound" }];
    await expect(requestClosing(stranger, { ...typed, statement: "已全部完成" })).rejects.toMatchObject(nothing);
    await expect(closeTask(far, typed)).rejects.toMatchObject(nothing);
    await expect(returnClosing(far, { ...typed, reason: "原因" })).rejects.toMatchObject(nothing);
    await expect(reopenTask(far, { ...typed, reason: "原因" })).rejects.toMatchObject(nothing);
    for (const verb of [closeTask, returnClosing, reopenTask] as const) {
      await expect(verb(city.ctx(filer), { ...typed, reason: "原因" })).rejects.toMatchObject({ kind: "forbidden" });
    }
  });
});

describe("to supervision", () => {
  const supervise = async (more: { unitId?: string; dueOn?: string } = {}) => ({
    ...(await ref()),
    unitId: more.unitId ?? city.unitId,
    requirement: "请在一个月内完成",
    ...(more.dueOn !== undefined && { dueOn: localDate(more.dueOn) }),
  });
  const items = () =>
    db
      .select()
      .from(supervisionItems)
      .where(and(eq(supervisionItems.origin, "ledger"), eq(supervisionItems.originId, id)));

  it("an overdue task becomes an item of one of its units, once while the item is open", async () => {
    const typed = await supervise();
    await Promise.allSettled(Array.from({ length: 10 }, () => superviseTask(city.ctx(bureau), typed)));
    const [item] = await items();
    expect(await items()).toHaveLength(1);
    expect(item).toMatchObject({ unitId: city.unitId, regionId: city.regionId, requirement: "请在一个月内完成" });
    expect(await superviseTask(city.ctx(bureau), await supervise())).toMatchObject({
      refusals: [{ code: "notSupervised" }],
    });
    expect((await readTask(db, filer, id, today)).items).toMatchObject([{ id: item?.id, number: item?.number }]);
    await expect(superviseTask(city.ctx(bureau), typed)).rejects.toMatchObject({ kind: "conflict" });
    await db
      .update(supervisionItems)
      .set({ state: "closed", closedAt: new Date() })
      .where(eq(supervisionItems.originId, id));
    expect(await superviseTask(city.ctx(bureau), await supervise())).toEqual({ ok: true, value: null });
    expect(await items()).toHaveLength(2);
  });

  it.each([
    ["a unit that the task does not name", { unitId: "00000000-0000-7000-8000-000000000009" }, "unitNotNamed"],
    ["a limit that has passed", { dueOn: "2026-07-19" }, "dueInPast"],
  ])("is refused: %s", async (_name, more, code) => {
    expect(await superviseTask(city.ctx(bureau), await supervise(more))).toMatchObject({ refusals: [{ code }] });
  });

  it("not a task that is in time, and not by a unit", async () => {
    const early = city.ctx(bureau, "2026-07-10");
    expect(await superviseTask(early, await supervise())).toMatchObject({ refusals: [{ code: "overdue" }] });
    await expect(superviseTask(city.ctx(filer), await supervise())).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeCity(db);
    const far = elsewhere.ctx(await elsewhere.as("bureauReviewer"));
    await expect(superviseTask(far, await supervise())).rejects.toMatchObject({ kind: "notFound" });
  });
});
