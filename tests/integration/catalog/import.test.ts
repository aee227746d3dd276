import { and, eq } from "drizzle-orm";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  auditEntries,
  catalogCategories,
  files,
  importBatches,
  importRows,
  projects,
  resourceItems,
  resources,
} from "@db/schema";
import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { ZERO_FEN } from "~/kernel/fen";
import { searchGrams } from "~/kernel/names";
import type { ProjectStage } from "~/kernel/vocabulary";
import { confirmImport } from "~/modules/catalog/import/confirm-import.server";
import { confirmMapping } from "~/modules/catalog/import/confirm-mapping.server";
import { discardImport } from "~/modules/catalog/import/discard-import.server";
import { errorSheet } from "~/modules/catalog/import/error-sheet.server";
import { holdBatch } from "~/modules/catalog/import/import-batches.server";
import { importScheduledJobs, workOnBatch } from "~/modules/catalog/import/import.jobs.server";
import { readBatch, readPreview } from "~/modules/catalog/import/import.queries.server";
import { uploadSheet } from "~/modules/catalog/import/upload-sheet.server";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import type { Ctx } from "~/platform/transaction.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

const db = testDatabase();
let city: TestCity;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  city = await makeCity(db);
  const found = await db.$count(catalogCategories, eq(catalogCategories.name, "地下空间与管网"));
  expect(found).toBe(1);
});

async function makeFiling(stage: ProjectStage = "draft"): Promise<string> {
  const id = newId();
  await db.insert(projects).values({
    id,
    regionId: city.regionId,
    unitId: city.unitId,
    code: id,
    name: `智慧管网系统${id.slice(-6)}`,
    normalizedName: id,
    comparedName: id,
    initials: "",
    searchGrams: [],
    year: 2026,
    stage,
    declaredFen: ZERO_FEN,
    lightReasons: [],
    createdBy: "u",
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  return id;
}

const HEADERS = [
  "序号",
  "更新频率",
  "资源名称",
  "资源分类",
  "摘要",
  "格式",
  "数据项",
  "共享类型",
  "共享方式",
  "共享条件",
];
type Row = (string | number | null)[];
const good = (name: string): Row => [
  1,
  "每月",
  name,
  "地下空间与管网",
  "全市管网情况",
  "数据库",
  "编号、位置",
  "无条件共享",
  "接口",
  "",
];
const lacking = (name: string): Row => [
  2,
  "每月",
  name,
  "地下空间与管网",
  "燃气管网情况",
  "数据库",
  "编号",
  "有条件共享",
  "接口",
  "",
];

async function sheet(rows: Row[], headers = HEADERS): Promise<{ name: string; bytes: Uint8Array }> {
  const columns = headers.map((title) => ({ title, kind: "text" as const }));
  const bytes = await writeWorkbook({
    sheets: [{ name: "目录", columns, rows, note: "XX局资源目录清单" }],
    properties: { title: "目录", author: "测试" },
  });
  return { name: "目录.xlsx", bytes };
}

const csv = (text: string) => ({ name: "目录.csv", bytes: new TextEncoder().encode(text) });
const filer = async () => city.ctx(await city.as("filer"));
let counter = 0;
/** Names of one unit meet in one catalog: every test has its own. */
const unique = (name: string) => `${name}${"甲乙丙丁戊己庚辛壬癸"[counter++ % 10]}${newId().slice(-6)}区`;

/** Uploads and works off what an upload starts. */
async function upload(ctx: Ctx, projectId: string | null, file: { name: string; bytes: Uint8Array }) {
  const uploaded = await uploadSheet(ctx, projectId, file);
  if (!uploaded.ok) throw new Error(uploaded.refusals.map(({ code }) => code).join());
  await workOnBatch(db, uploaded.value.batchId, true);
  return readBatch(db, ctx.actor, uploaded.value.batchId);
}
const refOf = (batch: { id: string; version: number }) => ({ batchId: batch.id, version: batch.version });
const allRows = (batch: Awaited<ReturnType<typeof readBatch>>) => readPreview(db, batch, { filter: "all", page: 1 });

describe("a catalog sheet", () => {
  it("is judged row by row, and only its good rows are imported, once", async () => {
    const [filing, ctx] = [await makeFiling(), await filer()];
    const [first, second] = [unique("排水管网信息"), unique("热力管网信息")];
    const file = await sheet([
      good(first),
      lacking(unique("燃气管网信息")),
      [
        3,
        "每月",
        ` ${first.slice(0, 4)} ${first.slice(4)}。`,
        "地下空间与管网",
        "重复的名称",
        "数据库",
        "编号",
        "无条件共享",
        "接口",
        "",
      ],
      [4, "偶尔", unique("通信管线信息"), "没有的分类", "通信管线情况", "数据库", "编号", "无条件", "接口", ""],
      good(second),
    ]);
    const batch = await upload(ctx, filing, file);
    expect(batch).toMatchObject({ state: "previewed", totalRows: 5, goodRows: 2, badRows: 3 });
    expect(await db.$count(resources, eq(resources.projectId, filing))).toBe(0);
    const rows = await allRows(batch);
    expect(rows.map((row) => [row.rowNumber, row.problems.map(({ place }) => place)])).toEqual([
      [3, []],
      [4, ["共享条件（J 列）"]],
      [5, ["资源名称（C 列）"]],
      [6, ["资源分类（D 列）", "更新周期（B 列）"]],
      [7, []],
    ]);
    expect(rows[2]?.problems[0]?.message).toContain("与本表第 3 行的名称相同");

    const confirmations = await Promise.allSettled(
      Array.from({ length: 5 }, () => confirmImport(ctx, refOf(batch), "goodRows")),
    );
    expect(confirmations.filter((each) => each.status === "fulfilled" && each.value.ok)).toHaveLength(1);
    await Promise.all([workOnBatch(db, batch.id, true), workOnBatch(db, batch.id, true), workOnBatch(db, batch.id)]);
    const written = await db.select().from(resources).where(eq(resources.projectId, filing));
    expect(written.map((row) => row.name).sort()).toEqual([first, second].sort());
    expect(written.every((row) => row.state === "draft" && row.code === null)).toBe(true);
    const items = await db
      .select()
      .from(resourceItems)
      .where(eq(resourceItems.resourceId, written[0]?.id ?? ""));
    expect(items.map(({ position, name, isKey }) => [position, name, isKey])).toEqual([
      [1, "编号", true],
      [2, "位置", false],
    ]);
    const after = await readBatch(db, ctx.actor, batch.id);
    expect(after).toMatchObject({ state: "imported", goodRows: 2, badRows: 3, doneRows: 2 });
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.actorId, ctx.actor.userId));
    expect(trail.map(({ result }) => result).sort()).toEqual([
      "catalogImportConfirmed",
      "catalogSheetImported",
      "catalogSheetJudged",
      "catalogSheetUploaded",
    ]);
  });

  it("goes into the unit's own catalog when it is for no filing, and the file is kept", async () => {
    const ctx = await filer();
    const name = unique("路面病害信息");
    const batch = await upload(ctx, null, await sheet([good(name)]));
    await confirmImport(ctx, refOf(batch), "allOrNothing");
    await workOnBatch(db, batch.id);
    expect(await db.select().from(resources).where(eq(resources.name, name))).toMatchObject([
      {
        ...{ projectId: null, unitId: city.unitId, state: "draft", draftedBy: ctx.actor.userId },
        searchGrams: searchGrams(name, initialsOf(name)),
      },
    ]);
    expect(await db.select().from(files).where(eq(files.id, batch.fileId))).toMatchObject([{ name: "目录.xlsx" }]);
  });

  it("keeps everything back when all was asked for and a row is bad", async () => {
    const ctx = await filer();
    const batch = await upload(ctx, null, await sheet([good(unique("水表信息")), lacking(unique("水价信息"))]));
    expect(await confirmImport(ctx, refOf(batch), "allOrNothing")).toEqual({
      ok: false,
      refusals: [{ code: "badRowsLeft", facts: { rows: 1 } }],
    });
    expect((await readBatch(db, ctx.actor, batch.id)).state).toBe("previewed");
  });

  it.each<[string, () => Promise<{ name: string; bytes: Uint8Array }> | { name: string; bytes: Uint8Array }, string]>([
    [
      "a picture named xlsx",
      () => ({ name: "a.xlsx", bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) }),
      "sheet.notASheet",
    ],
    ["an empty file", () => ({ name: "a.csv", bytes: new Uint8Array() }), "sheet.emptyFile"],
  ])("is refused at once: %s", async (_name, file, code) => {
    const filing = await makeFiling();
    const result = await uploadSheet(await filer(), filing, await file());
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(code);
    expect(await db.$count(importBatches, eq(importBatches.subjectId, filing))).toBe(0);
  });

  it.each<[string, () => Promise<{ name: string; bytes: Uint8Array }> | { name: string; bytes: Uint8Array }, string]>([
    ["headers only", () => sheet([]), "下面没有数据"],
    ["an open quote", () => csv('资源名称,资源分类\n"a,b\n'), "双引号没有成对"],
    [
      "a damaged workbook",
      () => ({ name: "a.xlsx", bytes: readFileSync("tests/fixtures/sheets/vouchers.xlsx").subarray(0, 4000) }),
      "已损坏",
    ],
  ])("fails with words: %s", async (_name, file, words) => {
    const batch = await upload(await filer(), null, await file());
    expect(batch.state).toBe("failed");
    expect(batch.failure.join()).toContain(words);
  });

  it("says so to the person who waits, also while another process looks at the same batch", async () => {
    const ctx = await filer();
    const uploaded = await uploadSheet(ctx, null, csv('资源名称,资源分类\n"a,b\n'));
    if (!uploaded.ok) throw new Error("the upload was refused");
    const { batchId } = uploaded.value;
    const holdAWhile = () =>
      db.transaction(async (tx) => {
        await holdBatch(tx, batchId, true);
        await delay(300);
      });
    // The lock is given in the order of asking: it passes to the reader, then to the one who looks, then to the reader.
    const first = holdAWhile();
    await delay(100);
    const reading = workOnBatch(db, batchId, true);
    await delay(100);
    const second = holdAWhile();
    await reading;
    const { state } = await readBatch(db, ctx.actor, batchId);
    await Promise.all([first, second]);
    expect(state).toBe("failed");
  });

  it("is read in GBK, with a title and a note", async () => {
    const bytes = new Uint8Array(readFileSync("tests/fixtures/sheets/catalog-gbk.csv"));
    const batch = await upload(await filer(), null, { name: "目录.csv", bytes });
    expect((await allRows(batch)).map((row) => [row.name, row.good])).toEqual([
      ["路灯设施信息", true],
      ["井盖设施信息", true],
    ]);
  });

  it("is another person's secret, and a submitted filing takes none", async () => {
    const filing = await makeFiling();
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const file = await sheet([good(unique("中水管网信息"))]);
    await expect(uploadSheet(stranger, filing, file)).rejects.toMatchObject({ kind: "notFound" });
    await expect(uploadSheet(city.ctx(await city.as("leader")), null, file)).rejects.toMatchObject({
      kind: "forbidden",
    });
    const own = await upload(await filer(), filing, file);
    for (const other of [stranger, await filer()]) {
      await expect(readBatch(db, other.actor, own.id)).rejects.toMatchObject({ kind: "notFound" });
      await expect(confirmImport(other, refOf(own), "goodRows")).rejects.toMatchObject({ kind: "notFound" });
      await expect(discardImport(other, refOf(own))).rejects.toMatchObject({ kind: "notFound" });
      await expect(errorSheet(db, other.actor, own.id)).rejects.toMatchObject({ kind: "notFound" });
    }
    expect(await uploadSheet(await filer(), await makeFiling("underReview"), file)).toEqual({
      ok: false,
      refusals: [{ code: "filingClosed" }],
    });
  });

  it("is given up, and a stale page cannot confirm it", async () => {
    const ctx = await filer();
    const batch = await upload(ctx, null, await sheet([good(unique("水尺信息"))]));
    const stale = { batchId: batch.id, version: batch.version - 1 };
    await expect(confirmImport(ctx, stale, "goodRows")).rejects.toMatchObject({ kind: "conflict" });
    expect((await discardImport(ctx, refOf(batch))).ok).toBe(true);
    expect(await db.$count(importRows, eq(importRows.batchId, batch.id))).toBe(0);
    const again = await readBatch(db, ctx.actor, batch.id);
    expect(await confirmImport(ctx, refOf(again), "goodRows")).toMatchObject({
      refusals: [{ code: "notInThisState" }],
    });
  });
});

describe("what happens between preview and import", () => {
  it("a name taken meanwhile is left out, or puts the whole back", async () => {
    for (const policy of ["goodRows", "allOrNothing"] as const) {
      const ctx = await filer();
      const [taken, free] = [unique("泵站信息"), unique("闸门信息")];
      const [mine, theirs] = [
        await upload(ctx, null, await sheet([good(taken), good(free)])),
        await upload(ctx, null, await sheet([good(taken)])),
      ];
      await confirmImport(ctx, refOf(theirs), "goodRows");
      await confirmImport(ctx, refOf(mine), policy);
      await workOnBatch(db, theirs.id);
      await workOnBatch(db, mine.id);
      const after = await readBatch(db, ctx.actor, mine.id);
      expect(after).toMatchObject({ goodRows: 1, badRows: 1 });
      expect(after.state).toBe(policy === "goodRows" ? "imported" : "previewed");
      expect(after.failure.length).toBe(policy === "goodRows" ? 0 : 1);
      expect(await db.$count(resources, eq(resources.name, free))).toBe(policy === "goodRows" ? 1 : 0);
    }
  });

  it("a name that was withdrawn is free again", async () => {
    const ctx = await filer();
    const name = unique("路灯信息");
    for (const rows of [1, 2]) {
      const batch = await upload(ctx, null, await sheet([good(name)]));
      await confirmImport(ctx, refOf(batch), "goodRows");
      await workOnBatch(db, batch.id);
      expect((await readBatch(db, ctx.actor, batch.id)).state).toBe("imported");
      expect(await db.$count(resources, eq(resources.name, name))).toBe(rows);
      await db.update(resources).set({ state: "withdrawn" }).where(eq(resources.name, name));
    }
  });

  it("a filing handed in meanwhile takes nothing and the person is asked again", async () => {
    const [filing, ctx] = [await makeFiling(), await filer()];
    const batch = await upload(ctx, filing, await sheet([good(unique("标志桩信息"))]));
    await confirmImport(ctx, refOf(batch), "goodRows");
    await db.update(projects).set({ stage: "submitted" }).where(eq(projects.id, filing));
    await workOnBatch(db, batch.id);
    const after = await readBatch(db, ctx.actor, batch.id);
    expect(after.state).toBe("previewed");
    expect(after.failure.join()).toContain("项目已提交");
    expect(await db.$count(resources, eq(resources.projectId, filing))).toBe(0);
  });

  it.each(["uploaded", "reading", "importing"] as const)(
    "a batch whose process died while %s is taken up again",
    async (state) => {
      const ctx = await filer();
      const name = unique("液位信息");
      let batchId: string;
      if (state === "importing") {
        const batch = await upload(ctx, null, await sheet([good(name)]));
        await confirmImport(ctx, refOf(batch), "goodRows");
        batchId = batch.id;
      } else {
        const uploaded = await uploadSheet(ctx, null, await sheet([good(name)]));
        if (!uploaded.ok) throw new Error("refused");
        batchId = uploaded.value.batchId;
        await db.update(importBatches).set({ state, doneRows: 7 }).where(eq(importBatches.id, batchId));
      }
      const aWhileAgo = new Date(Date.now() - 60_000);
      const confirmedAt = state === "importing" ? aWhileAgo : null;
      await db.update(importBatches).set({ createdAt: aWhileAgo, confirmedAt }).where(eq(importBatches.id, batchId));
      await importScheduledJobs[0]?.run(db);
      await importScheduledJobs[0]?.run(db);
      const after = await readBatch(db, ctx.actor, batchId);
      expect(after).toMatchObject({ state: state === "importing" ? "imported" : "previewed", goodRows: 1, badRows: 0 });
      expect(await db.$count(resources, eq(resources.name, name))).toBe(state === "importing" ? 1 : 0);
    },
  );

  it("an import that no process came to the end of goes back to the person, unless one is still at it", async () => {
    const ctx = await filer();
    const name = unique("井盖信息");
    const batch = await upload(ctx, null, await sheet([good(name)]));
    await confirmImport(ctx, refOf(batch), "goodRows");
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await db.update(importBatches).set({ confirmedAt: longAgo }).where(eq(importBatches.id, batch.id));
    await db.transaction(async (tx) => {
      await holdBatch(tx, batch.id, true);
      await importScheduledJobs[0]?.run(db);
    });
    expect((await readBatch(db, ctx.actor, batch.id)).state).toBe("importing");

    await importScheduledJobs[0]?.run(db);
    const after = await readBatch(db, ctx.actor, batch.id);
    expect(after).toMatchObject({ state: "previewed", goodRows: 1, confirmedAt: null });
    expect(after.failure.join()).toContain("请重新确认导入");
    expect(await db.$count(resources, eq(resources.name, name))).toBe(0);

    await confirmImport(ctx, refOf(after), "goodRows");
    await workOnBatch(db, batch.id);
    expect(await db.$count(resources, eq(resources.name, name))).toBe(1);
  });
});

describe("columns", () => {
  const strange = (name: string) => csv(`台账标题\n名目,类目,内容,载体\n${name},地下空间与管网,全市管网情况,xls\n`);
  const columns = { name: 0, category: 1, summary: 2, formatClass: 3 };
  const constants = { items: "编号、位置", sharingType: "无条件共享", updateCycle: "每年" };

  it("that are not known are asked for, with all that is missing; the answer serves the next file alike", async () => {
    const ctx = await filer();
    const name = unique("消火栓信息");
    const batch = await upload(ctx, null, strange(name));
    expect(batch.state).toBe("mapping");
    const chosen = { sheet: 0, header: { first: 1, last: 1 }, columns, constants };
    const without = await confirmMapping(ctx, refOf(batch), { ...chosen, constants: { items: "编号" } });
    expect(without.ok ? [] : without.refusals.map(({ facts }) => facts?.field)).toEqual(["共享类型", "更新周期"]);
    expect(await confirmMapping(ctx, refOf(batch), { ...chosen, columns: { ...columns, name: 9 } })).toMatchObject({
      refusals: [{ code: "mappingUnknown" }],
    });
    expect((await confirmMapping(ctx, refOf(batch), chosen)).ok).toBe(true);
    await expect(confirmMapping(ctx, refOf(batch), chosen)).rejects.toMatchObject({ kind: "conflict" });
    await workOnBatch(db, batch.id);
    const after = await readBatch(db, ctx.actor, batch.id);
    expect(after).toMatchObject({ state: "previewed", goodRows: 1, badRows: 0 });
    await confirmImport(ctx, refOf(after), "goodRows");
    await workOnBatch(db, batch.id);
    expect(await db.select().from(resources).where(eq(resources.name, name))).toMatchObject([
      { formatClass: "spreadsheet", formatType: "XLS", method: "file", updateCycle: "yearly" },
    ]);

    const colleague = city.ctx(await city.as("filer"));
    const next = await upload(colleague, null, strange(unique("消防车信息")));
    expect(next.state).toBe("mapping");
    expect(next.mapping?.chosen).toMatchObject({ columns, constants });
  });

  it("can be looked at again after the preview", async () => {
    const ctx = await filer();
    const batch = await upload(ctx, null, await sheet([good(unique("雨量信息"))]));
    const chosen = {
      ...(batch.mapping?.chosen ?? { sheet: 0, header: null, columns: {} }),
      constants: { matter: "排水许可" },
    };
    expect((await confirmMapping(ctx, refOf(batch), chosen)).ok).toBe(true);
    await workOnBatch(db, batch.id);
    const [row] = await db.select().from(importRows).where(eq(importRows.batchId, batch.id));
    expect(row?.input).toMatchObject({ matter: "排水许可" });
  });
});

describe("the sheet of errors", () => {
  it("holds the bad rows with what is wrong, and is imported after correction as it is", async () => {
    const ctx = await filer();
    const name = unique("地下管廊信息");
    const batch = await upload(ctx, null, await sheet([good(unique("水厂信息")), lacking(name)]));
    await confirmImport(ctx, refOf(batch), "goodRows");
    await workOnBatch(db, batch.id);
    const download = await errorSheet(db, ctx.actor, batch.id);
    expect(download.name).toBe("目录-待改正.xlsx");
    const read = await readWorkbook(download.bytes, "x.xlsx");
    const [errors] = read.ok ? read.value.sheets : [];
    const texts = errors?.rows.map((row) => row.map((cell) => cell.text)) ?? [];
    expect(texts[0]).toEqual([...HEADERS, "问题"]);
    expect(texts).toHaveLength(2);
    expect(texts[1]?.slice(2, 4)).toEqual([name, "地下空间与管网"]);
    expect(texts[1]?.at(-1)).toContain("共享条件（J 列）：有条件共享须写明共享条件");

    const corrected = texts.slice(1).map((row) => row.map((text, index) => (index === 9 ? "限应急指挥使用" : text)));
    const again = await upload(ctx, null, await sheet(corrected, texts[0]));
    expect(again).toMatchObject({ state: "previewed", goodRows: 1, badRows: 0 });
    const left = await db.$count(resources, and(eq(resources.name, name), eq(resources.unitId, city.unitId)));
    expect(left).toBe(0);
  });
});
