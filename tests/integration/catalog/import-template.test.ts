import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as XLSX from "xlsx";

import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { CATALOG_FIELDS } from "~/modules/catalog/import/import-columns.server";
import { importTemplate } from "~/modules/catalog/import/import-template.server";
import { workOnBatch } from "~/modules/catalog/import/import.jobs.server";
import { readBatch } from "~/modules/catalog/import/import.queries.server";
import { uploadSheet } from "~/modules/catalog/import/upload-sheet.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { unpackXlsx } from "~/platform/xlsx/unpack-xlsx";
import { columnLetters } from "~/platform/xlsx/workbook";

const db = testDatabase();
let city: TestCity;
let bytes: Uint8Array;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  city = await makeCity(db);
  bytes = (await importTemplate(db, city.unitId)).bytes;
});

describe("the template", () => {
  it("offers the words of the dictionaries in drop-downs, from a sheet that is hidden", async () => {
    const parts = await unpackXlsx(bytes);
    const xml = parts.get("xl/worksheets/sheet1.xml")?.toString("utf8") ?? "";
    const lists = [
      ...xml.matchAll(
        /<dataValidation type="list"[^>]*sqref="([A-Z]+)2:[A-Z]+2001"><formula1>'可选内容'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)<\/formula1>/g,
      ),
    ];
    const read = await readWorkbook(bytes, "x.xlsx");
    const sheets = read.ok ? read.value.sheets : [];
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ["资源目录", false],
      ["填写说明", false],
      ["可选内容", true],
    ]);
    const titles = sheets[2]?.rows[0]?.map((cell) => cell.text) ?? [];
    const offered = lists.map(([, column = "", list = "", last = "0"]) => {
      const field = CATALOG_FIELDS.find((_, index) => columnLetters(index) === column);
      const at = titles.findIndex((_, index) => columnLetters(index) === list);
      const values = sheets[2]?.rows.slice(1, Number(last)).map((row) => row[at]?.text ?? "") ?? [];
      expect(titles[at]).toBe(field?.title);
      return [field?.key ?? "", values] as const;
    });
    const words: Partial<Record<string, readonly string[]>> = Object.fromEntries(offered);
    expect(words.sharingType).toEqual(["无条件共享", "有条件共享", "不予共享"]);
    expect(words.method).toEqual(["数据库", "文件", "接口"]);
    expect(words.category).toContain("自然资源和空间地理 / 地下空间与管网");
    expect(words.category?.every((value) => value !== "")).toBe(true);
    expect(Object.keys(words)).toEqual(expect.arrayContaining(["formatClass", "updateCycle", "openToPublic"]));
  });

  it("keeps its header in sight and is well-formed for other programs", async () => {
    const parts = await unpackXlsx(bytes);
    expect(parts.get("xl/worksheets/sheet1.xml")?.toString("utf8")).toContain('<pane ySplit="1" topLeftCell="A2"');
    expect(parts.get("xl/worksheets/sheet2.xml")?.toString("utf8")).toContain('<pane ySplit="2" topLeftCell="A3"');
    const book = XLSX.read(bytes);
    expect(book.SheetNames).toEqual(["资源目录", "填写说明", "可选内容"]);
    expect(book.Workbook?.Sheets?.[2]?.Hidden).toBe(1);
  });

  it("comes back untouched as a table without rows: its example is left out, all its columns are known", async () => {
    const ctx = city.ctx(await city.as("filer"));
    const uploaded = await uploadSheet(ctx, null, { name: "模板.xlsx", bytes });
    if (!uploaded.ok) throw new Error("refused");
    await workOnBatch(db, uploaded.value.batchId, true);
    const batch = await readBatch(db, ctx.actor, uploaded.value.batchId);
    expect([batch.state, ...batch.failure]).toEqual([
      "failed",
      "工作表“资源目录”第 1 行的表头下面没有数据，请填写后再上传。",
    ]);
  });
});
