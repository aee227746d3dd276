import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as XLSX from "xlsx";

import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { confirmMapping } from "~/modules/catalog/import/confirm-mapping.server";
import { errorSheet } from "~/modules/catalog/import/error-sheet.server";
import type { ColumnMapping } from "~/modules/catalog/import/import-batch";
import { workOnBatch } from "~/modules/catalog/import/import.jobs.server";
import { readBatch, readPreview } from "~/modules/catalog/import/import.queries.server";
import { sayImportRefusal } from "~/modules/catalog/import/import.refusals.server";
import { uploadSheet } from "~/modules/catalog/import/upload-sheet.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

const db = testDatabase();
let city: TestCity;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  city = await makeCity(db);
});

const FOLDER = "tests/fixtures/sheets";

async function upload(file: string) {
  const ctx = city.ctx(await city.as("filer"));
  const bytes = new Uint8Array(readFileSync(path.join(FOLDER, file)));
  const uploaded = await uploadSheet(ctx, null, { name: path.basename(file), bytes });
  if (!uploaded.ok) return { ctx, refusal: uploaded.refusals.map(sayImportRefusal).join() };
  await workOnBatch(db, uploaded.value.batchId, true);
  const batch = await readBatch(db, ctx.actor, uploaded.value.batchId);
  return batch.state === "failed" ? { ctx, refusal: batch.failure.join() } : { ctx, batch };
}

async function uploadMapped(file: string, mapping: ColumnMapping) {
  const { ctx, batch } = await upload(file);
  expect(batch?.state).toBe("mapping");
  if (!batch) throw new Error("no batch");
  const confirmed = await confirmMapping(ctx, { batchId: batch.id, version: batch.version }, mapping);
  expect(confirmed.ok).toBe(true);
  await workOnBatch(db, batch.id, true);
  return readBatch(db, ctx.actor, batch.id);
}

const CATEGORY = "便民服务";
const SAME_FOR_ALL = {
  category: CATEGORY,
  formatClass: "电子表格",
  sharingType: "无条件共享",
  updateCycle: "每年",
};

describe("real catalogs", () => {
  it("an open data plan: its headers are known, what it lacks is given for all rows", async () => {
    const { batch } = await upload("open-data-catalog.csv");
    expect(batch?.state).toBe("mapping");
    expect(batch?.mapping?.chosen).toMatchObject({
      header: { first: 0, last: 0 },
      columns: { updateCycle: 1, openToPublic: 2, formatClass: 3, name: 5, items: 6, summary: 7 },
    });
    const columns = batch?.mapping?.chosen.columns ?? {};
    const constants = { category: CATEGORY, sharingType: "无条件共享" };
    const done = await uploadMapped("open-data-catalog.csv", {
      sheet: 0,
      header: { first: 0, last: 0 },
      columns,
      constants,
    });
    expect(done).toMatchObject({ state: "previewed", totalRows: 56, goodRows: 55, badRows: 1 });
    const bad = await readPreview(db, done, { filter: "bad", page: 1 });
    expect(bad.map(({ rowNumber, problems }) => [rowNumber, ...problems])).toEqual([
      [13, { place: "信息项（G 列）", message: "信息项“联系电话”重复，请删去一个。" }],
    ]);
    const [first] = await readPreview(db, done, { filter: "all", page: 1 });
    expect(first?.input).toMatchObject({
      formatClass: "spreadsheet",
      formatType: "XLS",
      method: "file",
      openToPublic: true,
      updateCycle: "yearly",
      items: ["站点公司名称", "站点地址"],
    });
  });

  it.each([
    [
      "kaohsiung.csv",
      1495,
      {
        "与本表第 行的名称相同": [170, 171, 172, 205, 1067, 1107, 1473],
        资源摘要至少: [263, 428, 1194, 1275, 1285, 1294, 1296, 1297],
      },
    ],
    ["tainan.csv", 665, { 请填写资源摘要: [110, 220, 527], 资源摘要至少: [138, 147, 148] }],
  ])("%s has no header and is mapped by the letters of its columns", async (file, totalRows, expected) => {
    const constants = { ...SAME_FOR_ALL, items: "名称、内容" };
    const mapping = { sheet: 0, header: null, columns: { name: 0, summary: 1 }, constants };
    const done = await uploadMapped(`real-catalog/${file}`, mapping);
    const bad = await readPreview(db, done, { filter: "bad", page: 1 });
    expect(done).toMatchObject({
      state: "previewed",
      totalRows,
      goodRows: totalRows - bad.length,
      badRows: bad.length,
    });
    const found: Record<string, number[]> = {};
    for (const { rowNumber, problems } of bad) {
      const words = problems
        .map(({ message }) =>
          message
            .replace(/ \d+ (?=行)/, " ")
            .replace(/[（ ]?\d.*|（.*/, "")
            .trim(),
        )
        .join();
      (found[words] ??= []).push(rowNumber);
    }
    expect(found).toEqual(expected);
  });
});

const NOT_FOUND = "没有找到表头，应有这些列：资源名称、资源分类、资源摘要、资源格式、信息项、共享类型、更新周期。";

describe("tables that are no catalog are not taken for one: the person is told what is missing", () => {
  it.each<[string, string]>([
    ["real-catalog/provinces-5.csv", NOT_FOUND],
    ["statistics-gbk.csv", NOT_FOUND],
    ["real-catalog/table-1.xlsx", "第 11 行的表头缺少：资源分类、资源摘要、资源格式、信息项、共享类型、更新周期。"],
    ...["11", "2", "21", "30", "32", "37", "49", "5", "87"].map((number): [string, string] => [
      `real-catalog/table-${number}.xlsx`,
      NOT_FOUND,
    ]),
    ["vouchers.xlsx", "第 2 行的表头缺少：资源名称、资源分类、资源格式、信息项、共享类型、更新周期。"],
    ["expenses.xlsx", NOT_FOUND],
  ])("%s", async (name, words) => {
    const { ctx, batch } = await upload(name);
    expect(batch?.state).toBe("mapping");
    expect(batch?.failure.join()).toContain(words);
    if (!batch?.mapping) throw new Error("nothing was proposed");
    const { chosen } = batch.mapping;
    const confirmed = await confirmMapping(ctx, { batchId: batch.id, version: batch.version }, chosen);
    expect(confirmed.ok ? "taken" : confirmed.refusals[0]?.code).toBe("mappingIncomplete");
  });
});

describe("files that mean harm or that no program reads", () => {
  it.each<[string, string]>([
    ["password.xlsx", "文件设有打开密码"],
    ["repeated-rows.ods", "请在 Excel 或 WPS 中打开并另存为 .xlsx"],
    ["error-message.xls", "不是表格"],
    ["empty-sheet.xlsx", "没有任何内容"],
  ])("%s is refused in words", async (name, words) => {
    expect((await upload(name)).refusal).toContain(words);
  });

  it.each([
    "dates-1904",
    "dates-iso",
    "errors",
    "escaped-line-end",
    "hidden-sheets",
    "inline-cdata",
    "shared-formulas",
  ])("%s.xlsx asks for its columns", async (name) => {
    expect((await upload(`${name}.xlsx`)).batch?.state).toBe("mapping");
  });

  it("strings that break programs are kept or refused row by row, and formulas leave as texts", async () => {
    const strings = (JSON.parse(readFileSync(path.join(FOLDER, "naughty-strings.json"), "utf8")) as string[]).filter(
      (text) => !/[\r\n]/.test(text),
    );
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = [...strings, "=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0"].map((text, index) =>
      [
        quoted(`${text}资料${index}甲`),
        "便民服务",
        quoted(`${text}内容说明`),
        "电子表格",
        "编号",
        "无条件共享",
        "每年",
        "文件",
      ].join(),
    );
    const bytes = new TextEncoder().encode(
      `资源名称,资源分类,资源摘要,资源格式,信息项,共享类型,更新周期,共享方式\n${lines.join("\n")}\n`,
    );
    const ctx = city.ctx(await city.as("filer"));
    const uploaded = await uploadSheet(ctx, null, { name: "strings.csv", bytes });
    if (!uploaded.ok) throw new Error("refused");
    await workOnBatch(db, uploaded.value.batchId, true);
    const batch = await readBatch(db, ctx.actor, uploaded.value.batchId);
    expect(batch.state).toBe("previewed");
    expect(batch.totalRows).toBeGreaterThan(strings.length * 0.95);
    if (batch.badRows === 0) return;
    const sheet = await errorSheet(db, ctx.actor, batch.id);
    const read = XLSX.read(sheet.bytes, { cellFormula: true });
    const cells = Object.values(read.Sheets[read.SheetNames[0] ?? ""] ?? {}) as { f?: string }[];
    expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
  });
});
