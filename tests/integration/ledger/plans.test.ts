import { and, asc, eq } from "drizzle-orm";
import { readFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as XLSX from "xlsx";

import { domainEvents, ledgerPlans, ledgerTasks, ledgerTaskUnits, messages } from "@db/schema";
import { readCsv } from "@seeds/data/read-csv";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeGroup, makeLedgerTask, makePlan } from "@tests/support/factories/ledger";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { tasksToConfirm } from "~/modules/desk/ledger.work.server";
import { exportTasks } from "~/modules/ledger/list/export-tasks.server";
import { readLedgerQuery } from "~/modules/ledger/list/list-query";
import { confirmDoubtlessTasks } from "~/modules/ledger/plan/confirm-tasks.server";
import { discardPlan } from "~/modules/ledger/plan/discard-plan.server";
import { endPlan } from "~/modules/ledger/plan/end-plan.server";
import { importPlan } from "~/modules/ledger/plan/import-plan.server";
import { readPlan } from "~/modules/ledger/plan/plan.queries.server";
import { sayImportRefusal } from "~/modules/ledger/plan/plan.refusals.server";
import { putPlanInForce } from "~/modules/ledger/plan/put-plan-in-force.server";
import { confirmTask } from "~/modules/ledger/task/confirm-task.server";
import { editTask } from "~/modules/ledger/task/edit-task.server";
import type { EditInput } from "~/modules/ledger/task/task.schema";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let bureau: Actor;

const REAL = "seeds/data/zhaoqing-2019-tasks.csv";
const HEADER = ["序号", "所属部分", "工作任务", "牵头单位", "责任单位", "完成时限"];
const ROW = ["1", "（一）", "推进应用。做好对接。", "市自然资源局", "市水利局", "2026年6月底前"];

let titles = 0;
const facts = (title = `测试方案第 ${++titles} 号`) => ({
  title,
  documentNumber: "测府〔2026〕1号",
  issuedOn: localDate("2026-02-10"),
});
function xlsx(rows: unknown[][], merges: string[] = []): Uint8Array {
  const sheet = XLSX.utils.aoa_to_sheet(rows);
  sheet["!merges"] = merges.map((range) => XLSX.utils.decode_range(range));
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "台账");
  return XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
}
const upload = (rows: unknown[][], merges: string[] = [], title?: string) =>
  importPlan(city.ctx(bureau), facts(title), { name: "台账.xlsx", bytes: xlsx(rows, merges) });
async function imported(rows: unknown[][], merges: string[] = []): Promise<string> {
  const result = await upload(rows, merges);
  return result.ok ? result.value.id : expect.fail(JSON.stringify(result.refusals));
}
const planOf = async (id: string) => {
  const [plan] = await db.select().from(ledgerPlans).where(eq(ledgerPlans.id, id));
  return plan ?? expect.fail("no plan");
};
const refOf = async (id: string) => ({ id, version: (await planOf(id)).version });
const tasksOf = (planId: string) =>
  db.select().from(ledgerTasks).where(eq(ledgerTasks.planId, planId)).orderBy(asc(ledgerTasks.number));
const eventsOf = (id: string, type: string) =>
  db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, type)));

beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
});

describe("the real ledger", () => {
  it("is imported whole, row for row: 50 tasks, 11 without lead, one without title", async () => {
    const file = { name: "任务台账.csv", bytes: readFileSync(REAL) };
    const result = await importPlan(city.ctx(bureau), facts(), file);
    const id = result.ok ? result.value.id : expect.fail(JSON.stringify(result.refusals));
    const tasks = await tasksOf(id);
    const rows = readCsv(REAL);
    expect(tasks.map(({ original }) => original)).toEqual(
      rows.map((row) => Object.fromEntries(HEADER.map((title) => [title, row[title]]))),
    );
    expect(tasks.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(tasks.filter(({ title }) => title === null).map(({ number }) => number)).toEqual([17]);
    expect(tasks.filter(({ doubts }) => doubts.some(({ code }) => code === "leadMissing"))).toHaveLength(11);
    expect(tasks.filter(({ confirmed }) => confirmed)).toEqual([]);
    expect((await planOf(id)).state).toBe("confirming");
    expect(await eventsOf(id, "taskPlanImported")).toBe(1);
  });
});

describe("importing", () => {
  it("copes with titles, merged cells, other words for the columns, totals and notes", async () => {
    const id = await imported(
      [
        ["2026年重点任务台账"],
        ["类别", "序 号", "重点任务", "牵头部门", "配合单位", "完成时间"],
        ["数据", "1", "编制目录。各部门编制。", "市水利局", "市自然资源局", "2026年6月底前"],
        ["", "2", "归集证照。全部归集。", "", "市自然资源局、市水利局", "持续推进"],
        ["合计", "2"],
        ["注：本表由市政务服务数据管理局填报"],
      ],
      ["A1:F1", "A3:A4", "D3:D4"],
    );
    const tasks = await tasksOf(id);
    expect(tasks.map(({ number, section, title, deadlineKind }) => [number, section, title, deadlineKind])).toEqual([
      [1, "数据", "编制目录", "byDate"],
      [2, "数据", "归集证照", "ongoing"],
    ]);
    const leads = await db
      .select({ unitId: ledgerTaskUnits.unitId })
      .from(ledgerTaskUnits)
      .innerJoin(ledgerTasks, eq(ledgerTasks.id, ledgerTaskUnits.taskId))
      .where(and(eq(ledgerTasks.planId, id), eq(ledgerTaskUnits.role, "lead")));
    expect(leads).toEqual([{ unitId: city.otherUnitId }, { unitId: city.otherUnitId }]);
  });

  it.each([
    [
      "no such table",
      [
        ["姓名", "年龄"],
        ["张三", "30"],
      ],
      "工作表“台账”中没有找到表头",
    ],
    ["a column that lacks", [HEADER.slice(0, 5), ROW.slice(0, 5)], "第 1 行的表头缺少：完成时限"],
    ["no rows", [HEADER], "第 1 行的表头下面没有数据"],
    ["a task without words", [HEADER, ROW, ["2", "", "", "市水利局", "", "持续推进"]], "第 3 行的“工作任务”是空的"],
    ["a number twice", [HEADER, ROW, ROW], "第 3 行的序号 1 与第 2 行重复"],
  ])("refuses in words: %s", async (_name, rows, sentence) => {
    const result = await upload(rows);
    expect(!result.ok && result.refusals.map(sayImportRefusal).join()).toContain(sentence);
  });

  it("refuses what is no sheet, and a plan of tomorrow", async () => {
    const pdf = { name: "台账.pdf", bytes: Buffer.from("%PDF-1.4\n") };
    const wrong = await importPlan(city.ctx(bureau), facts(), pdf);
    expect(!wrong.ok && wrong.refusals.map(sayImportRefusal).join()).toContain("不是表格");
    const tomorrow = { ...facts(), issuedOn: localDate("2026-07-21") };
    const early = await importPlan(city.ctx(bureau), tomorrow, { name: "台账.xlsx", bytes: xlsx([HEADER, ROW]) });
    expect(early).toMatchObject({ refusals: [{ code: "issuedInFuture" }] });
  });

  it("the same title again is refused and says where the plan is; ten submits make one", async () => {
    const title = "只导入一次的方案";
    const results = await Promise.all(Array.from({ length: 10 }, () => upload([HEADER, ROW], [], title)));
    const made = results.filter(({ ok }) => ok);
    expect(made).toHaveLength(1);
    const [plan] = await db.select().from(ledgerPlans).where(eq(ledgerPlans.title, title));
    for (const result of results.filter(({ ok }) => !ok)) {
      expect(result).toMatchObject({ refusals: [{ code: "titleTaken", facts: { id: plan?.id, tasks: 1 } }] });
    }
  });

  it("a unit may not", async () => {
    const filer = await city.as("filer");
    const file = { name: "台账.xlsx", bytes: xlsx([HEADER, ROW]) };
    await expect(importPlan(city.ctx(filer), facts(), file)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("what was exported is read back as the same tasks", async () => {
    const id = await imported([HEADER, ROW, ["2", "", "。没有标题的任务。", "", "市水利局", "持续推进"]]);
    const before = await tasksOf(id);
    const query = readLedgerQuery(new URLSearchParams({ plan: id }));
    const { bytes } = await exportTasks(city.ctx(bureau), query);
    const again = await importPlan(city.ctx(bureau), facts(), { name: "导出.xlsx", bytes });
    const after = await tasksOf(again.ok ? again.value.id : expect.fail(JSON.stringify(again)));
    const said = (tasks: typeof before) =>
      tasks.map(({ number, section, title, content, deadlines, original }) => ({
        ...{ number, section, title, content, deadlines },
        units: [original?.["牵头单位"], original?.["责任单位"]],
      }));
    expect(said(after)).toEqual(said(before));
  });
});

describe("confirming", () => {
  let id: string;
  const edit = (more: Partial<EditInput> = {}) => ({
    title: "推进应用",
    content: "做好对接。",
    section: "（一）",
    deadlineKind: "byDate" as const,
    lead: [{ mention: "市国土局", means: "市自然资源局" }],
    responsible: [{ mention: "", means: "市水利局" }],
    deadlines: [{ on: localDate("2026-06-30"), what: "", mode: "by" as const }],
    ...more,
  });
  const taskRef = async (number: number) => {
    const task = (await tasksOf(id)).find((each) => each.number === number);
    return { id: task?.id ?? "", version: task?.version ?? 0 };
  };
  beforeEach(async () => {
    id = await imported([HEADER, ROW, ["2", "", "推进共享。", "市国土局", "市水利局", "持续推进"]]);
  });

  it("lists the members of a group on the plan's day", async () => {
    const fresh = await makeCity(db);
    await makeGroup(db, fresh.regionId, "市各部门", [
      { unitId: fresh.unitId, to: "2026-02-10" },
      { unitId: fresh.otherUnitId, from: "2026-02-11" },
    ]);
    const actor = await fresh.as("bureauReviewer");
    const rows = [HEADER, ["1", "", "推进应用。做好对接。", "市水利局", "市各部门", "持续推进"]];
    const made = await importPlan(fresh.ctx(actor), facts(), { name: "台账.xlsx", bytes: xlsx(rows) });
    const plan = await readPlan(db, actor, made.ok ? made.value.id : expect.fail());
    expect(plan.groups).toEqual([{ name: "市各部门", members: ["市自然资源局"] }]);
    expect(plan.tasks[0]?.doubts).toEqual([]);
  });

  it("at once what leaves no doubt; ten clicks confirm once", async () => {
    const ref = await refOf(id);
    const clicks = await Promise.allSettled(
      Array.from({ length: 10 }, () => confirmDoubtlessTasks(city.ctx(bureau), ref)),
    );
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    const [first, second] = await tasksOf(id);
    expect([first?.confirmed, first?.version, second?.confirmed]).toEqual([true, 2, false]);
    expect(await eventsOf(first?.id ?? "", "taskConfirmed")).toBe(1);
    const again = await confirmDoubtlessTasks(city.ctx(bureau), await refOf(id));
    expect(again).toMatchObject({ refusals: [{ code: "nothingToConfirm" }] });
  });

  it("one by one, doubts and all; ten clicks confirm once; a stale page is a conflict", async () => {
    const ref = await taskRef(2);
    await Promise.allSettled(Array.from({ length: 10 }, () => confirmTask(city.ctx(bureau), ref)));
    expect(await taskRef(2)).toEqual({ ...ref, version: 2 });
    expect(await eventsOf(ref.id, "taskConfirmed")).toBe(1);
    const stale = { ...(await taskRef(1)), version: 7 };
    await expect(confirmTask(city.ctx(bureau), stale)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("corrects words, units and dates, keeps the row's own words, and confirms in the same deed", async () => {
    const ref = await taskRef(2);
    const result = await editTask(city.ctx(bureau), ref, edit(), { confirm: true });
    expect(result).toEqual({ ok: true, value: { planId: id } });
    const after = (await tasksOf(id))[1];
    expect(after).toMatchObject({ title: "推进应用", deadlineKind: "byDate", confirmed: true, doubts: [], version: 2 });
    expect(after?.original?.["牵头单位"]).toBe("市国土局");
    const units = await db.select().from(ledgerTaskUnits).where(eq(ledgerTaskUnits.taskId, ref.id));
    expect(units.map(({ role, mention, unitId }) => [role, mention, unitId]).sort()).toEqual([
      ["lead", "市国土局", city.unitId],
      ["responsible", "市水利局", city.otherUnitId],
    ]);
    await expect(editTask(city.ctx(bureau), ref, edit(), { confirm: true })).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  it.each([
    ["a name that means nobody", { lead: [{ mention: "", means: "市外星局" }] }, "nameUnknown"],
    ["a date that lacks", { deadlines: [] }, "dateMissing"],
    ["no words at all", { title: "", content: "" }, "textMissing"],
  ])("refuses a correction: %s", async (_name, more, code) => {
    const result = await editTask(city.ctx(bureau), await taskRef(2), edit(more), { confirm: false });
    expect(result).toMatchObject({ ok: false, refusals: [{ code }] });
    expect((await taskRef(2)).version).toBe(1);
  });

  it("a name that stays unmatched stays in doubt", async () => {
    const named = { lead: [{ mention: "省属某集团", means: "" }] };
    await editTask(city.ctx(bureau), await taskRef(2), edit(named), { confirm: false });
    expect((await tasksOf(id))[1]).toMatchObject({ confirmed: false, doubts: [{ code: "unitUnknown" }] });
  });

  it("another region's bureau gets 404 of plan and tasks, a unit likewise", async () => {
    const elsewhere = await makeCity(db);
    const stranger = elsewhere.ctx(await elsewhere.as("bureauReviewer"));
    const [ref, planRef] = [await taskRef(1), await refOf(id)];
    for (const ctx of [stranger, city.ctx(await city.as("filer"))]) {
      const nothing = { kind: "notFound" };
      await expect(confirmTask(ctx, ref)).rejects.toMatchObject(nothing);
      await expect(editTask(ctx, ref, edit(), { confirm: true })).rejects.toMatchObject(nothing);
      await expect(confirmDoubtlessTasks(ctx, planRef)).rejects.toMatchObject(nothing);
      await expect(putPlanInForce(ctx, planRef)).rejects.toMatchObject(nothing);
      await expect(discardPlan(ctx, planRef)).rejects.toMatchObject(nothing);
      await expect(endPlan(ctx, { ...planRef, reason: "不再执行" })).rejects.toMatchObject(nothing);
      await expect(readPlan(db, ctx.actor, id)).rejects.toMatchObject(nothing);
    }
  });

  it("shows on the bureau's desk until the plan is in force", async () => {
    const scope = scopeFor(bureau, "task:confirm");
    const item = async () => (await tasksToConfirm(db, scope)).find(({ key }) => key === `ledger-plan ${id}`);
    expect(await item()).toMatchObject({ what: "确认任务", href: `/tasks/plans/${id}?show=unconfirmed` });
    await confirmDoubtlessTasks(city.ctx(bureau), await refOf(id));
    await confirmTask(city.ctx(bureau), await taskRef(2));
    expect(await item()).toMatchObject({ what: "下达任务", href: `/tasks/plans/${id}` });
    await putPlanInForce(city.ctx(bureau), await refOf(id));
    expect(await item()).toBeUndefined();
  });
});

describe("the life of a plan", () => {
  it("is put in force only when all is confirmed; every person of the units is told once; ten clicks are one", async () => {
    const regionId = city.regionId;
    const planId = await makePlan(db, regionId, { state: "confirming" });
    const third = await makeUnit(db, regionId, "市教育局");
    await makeGroup(db, regionId, `各局${planId.slice(-4)}`, [{ unitId: city.otherUnitId }]);
    const open = await makeLedgerTask(db, { planId, regionId }, [{ unitId: city.unitId }], { confirmed: false });
    await makeLedgerTask(db, { planId, regionId }, [
      { unitId: city.unitId },
      { role: "responsible", group: `各局${planId.slice(-4)}` },
    ]);
    const people = await Promise.all([
      city.as("filer"),
      city.as("unitLead"),
      city.as("filer", city.otherUnitId),
      city.as("filer", third),
    ]);
    const ctx = city.ctx(bureau);
    expect(await putPlanInForce(ctx, await refOf(planId))).toMatchObject({ refusals: [{ code: "allConfirmed" }] });
    await confirmTask(ctx, { id: open, version: 1 });
    const ref = await refOf(planId);
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, () => putPlanInForce(ctx, ref)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    const told = await Promise.all(
      people.map(({ userId }) =>
        db.$count(messages, and(eq(messages.userId, userId), eq(messages.href, `/tasks?plan=${planId}`))),
      ),
    );
    expect(told).toEqual([1, 1, 1, 0]);
    expect(await editAfter(open)).toMatchObject({ refusals: [{ code: "notInThisState" }] });
    expect(await discardPlan(ctx, await refOf(planId))).toMatchObject({ refusals: [{ code: "notInThisState" }] });

    const active = await refOf(planId);
    await expect(endPlan(ctx, { ...active, version: 99, reason: "年度结束" })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(await endPlan(ctx, { ...active, reason: " " })).toMatchObject({ refusals: [{ code: "reasonGiven" }] });
    expect(await endPlan(ctx, { ...active, reason: "年度结束" })).toEqual({ ok: true, value: null });
    expect(await planOf(planId)).toMatchObject({ state: "ended", version: active.version + 1 });
    expect(await eventsOf(planId, "taskPlanEnded")).toBe(1);
  });

  const editAfter = (id: string) => confirmTask(city.ctx(bureau), { id, version: 2 });

  it("an import is thrown away whole, and its title is free again", async () => {
    const title = "导错了的方案";
    const first = await upload([HEADER, ROW], [], title);
    const id = first.ok ? first.value.id : expect.fail();
    await expect(discardPlan(city.ctx(bureau), { id, version: 9 })).rejects.toMatchObject({ kind: "conflict" });
    const ref = await refOf(id);
    const clicks = await Promise.allSettled(Array.from({ length: 5 }, () => discardPlan(city.ctx(bureau), ref)));
    expect(clicks.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await tasksOf(id)).toEqual([]);
    expect(await eventsOf(id, "taskPlanDiscarded")).toBe(1);
    expect(await upload([HEADER, ROW], [], title)).toMatchObject({ ok: true });
  });
});
