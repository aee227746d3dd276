import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it, vi } from "vitest";
import * as XLSX from "xlsx";
import { stopWorkers } from "../workers/worker-task.server";
import { readWorkbook } from "./read-workbook.server";
import type { SheetToWrite } from "./sheet-to-write";
import { unpackXlsx } from "./unpack-xlsx";
import type { SheetGrid } from "./workbook";
import { writeWorkbook } from "./write-workbook.server";

// The first test waits for the worker to start, which a busy machine does slowly.
vi.setConfig({ testTimeout: 30_000 });
afterAll(stopWorkers);

const properties = { title: "导出", author: "明镜" };
const sheetOf = (changes: Partial<SheetToWrite>): SheetToWrite => ({
  name: "表",
  columns: [{ title: "内容", kind: "text" }],
  rows: [],
  ...changes,
});

const write = (...sheets: SheetToWrite[]) => writeWorkbook({ sheets, properties });

async function readBack(bytes: Uint8Array): Promise<readonly SheetGrid[]> {
  const result = await readWorkbook(bytes, "a.xlsx");
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.value.sheets;
}

/** What another program sees in the file. */
function asOthersSee(bytes: Uint8Array): { book: XLSX.WorkBook; cells: XLSX.CellObject[] } {
  const book = XLSX.read(bytes, { dense: true, cellFormula: true });
  const sheets = book.SheetNames.map((name) => book.Sheets[name]?.["!data"] ?? []);
  return { book, cells: sheets.flat(2).filter((cell): cell is XLSX.CellObject => Boolean(cell)) };
}

const NAUGHTY = JSON.parse(readFileSync("tests/fixtures/sheets/naughty-strings.json", "utf8")) as string[];

describe("texts", () => {
  it("come back exactly as they were, however naughty", async () => {
    const texts = [...NAUGHTY, "'=1+1", "''-", "_x0041_", "a\nb", "\u0001\u001f", "＝1", "-"].filter(Boolean);
    const [sheet] = await readBack(await write(sheetOf({ rows: texts.map((text) => [text]) })));
    expect(sheet?.rows.slice(1).map((row) => row[0]?.text)).toEqual(texts);
  });

  it.each([
    "=cmd|' /C notepad'!'A1'",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
  ])("that could be run are guarded: %j", async (text) => {
    const { cells } = asOthersSee(await write(sheetOf({ rows: [[text]], columns: [{ title: text, kind: "text" }] })));
    expect(cells.map((cell) => cell.v)).toEqual([`'${text}`, `'${text}`]);
    expect(cells.some((cell) => cell.f !== undefined)).toBe(false);
  });

  it("of an uploaded .csv with injected formulas are guarded when written back", async () => {
    const injected = 'DDE ("cmd";"/C calc";"!A0")A0\n@SUM(1+9)*cmd|\' /C calc\'!A0\n=10+20+cmd|\' /C calc\'!A0\n';
    const uploaded = await readWorkbook(new TextEncoder().encode(injected), "a.csv");
    const rows = uploaded.ok ? (uploaded.value.sheets[0]?.rows ?? []).map((row) => row.map((cell) => cell.text)) : [];
    const columns = ["甲", "乙", "丙"].map((title) => ({ title, kind: "text" as const }));
    const { cells } = asOthersSee(await write(sheetOf({ columns, rows })));
    const written = cells.slice(3).map((cell) => String(cell.v));
    expect(written.some((text) => text.startsWith("'@SUM"))).toBe(true);
    expect(written.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
  });

  it("with the line ends of Windows come back with those of a cell", async () => {
    const [sheet] = await readBack(await write(sheetOf({ rows: [["a\r\nb"]] })));
    expect(sheet?.rows[1]?.[0]?.text).toBe("a\nb");
  });

  it("longer than a cell takes are cut with a mark", async () => {
    const [sheet] = await readBack(await write(sheetOf({ rows: [["长".repeat(40_000)]] })));
    expect(sheet?.rows[1]?.[0]?.text).toBe(`${"长".repeat(32_766)}…`);
  });
});

describe("values", () => {
  it.each<[string, "text" | "number" | "date", string | number | null, object | undefined]>([
    ["a number", "number", -1234.5, { text: "-1234.5", number: -1234.5 }],
    ["a number in a text column", "text", 7, { text: "7", number: 7 }],
    ["zero", "number", 0, { text: "0", number: 0 }],
    ["a date", "date", "2024-02-29", { text: "2024-02-29", number: 45351, date: "2024-02-29" }],
    ["a date before the programs can count", "date", "1900-01-01", { text: "1900-01-01" }],
    ["a date that is none", "date", "待定", { text: "待定" }],
    ["a code in digits", "text", "007", { text: "007" }],
    ["a number no sheet can hold", "number", Number.NaN, undefined],
    ["nothing", "number", null, undefined],
  ])("%s", async (_, kind, value, cell) => {
    const columns = [
      { title: "值", kind },
      { title: "末", kind: "text" as const },
    ];
    const [sheet] = await readBack(await write(sheetOf({ columns, rows: [[value, "末"]] })));
    expect(sheet?.rows[1]?.[0]).toEqual(cell ?? { text: "" });
  });
});

describe("the workbook", () => {
  it("has names that every program accepts", async () => {
    const long = "一个非常长的工作表名称".repeat(4);
    const names = ["甲/乙:丙", "'引号'", "", "同名", "同名", "History", long, long].map((name) =>
      sheetOf({ name, rows: [["x"]] }),
    );
    expect((await readBack(await write(...names))).map((sheet) => sheet.name)).toEqual([
      "甲 乙 丙",
      "引号",
      "Sheet3",
      "同名",
      "同名 (2)",
      "History (2)",
      long.slice(0, 31),
      `${long.slice(0, 26)} (2)`,
    ]);
  });

  it("is read by another program with its note, title and author", async () => {
    const { book } = asOthersSee(await write(sheetOf({ note: "单位：万元", rows: [["甲"]] })));
    expect(XLSX.utils.sheet_to_json(book.Sheets["表"] ?? {}, { header: 1 })).toEqual([
      ["单位：万元"],
      ["内容"],
      ["甲"],
    ]);
    expect(book.Props).toMatchObject({ Title: "导出", Author: "明镜" });
  });

  it("is the same file for the same content", async () => {
    const sheet = sheetOf({ rows: [["甲"], ["乙"]] });
    expect(await write(sheet)).toEqual(await write(sheet));
  });

  it("keeps many rows in order", async () => {
    const rows = Array.from({ length: 1203 }, (_, index) => [index]);
    const [sheet] = await readBack(await write(sheetOf({ columns: [{ title: "n", kind: "number" }], rows })));
    expect(sheet?.rows.slice(1).map((row) => [row[0]?.number])).toEqual(rows);
  });
});

describe("problems", () => {
  it("stand out: a red column, remarks at their cells, below a header that stays in sight", async () => {
    const columns = [
      { title: "名称", kind: "text" as const },
      { title: "问题", kind: "text" as const, bad: true },
    ];
    const remarks = [{ row: 1, column: 0, text: "名称重复 <甲>" }];
    const bytes = await write(
      sheetOf({
        columns,
        rows: [
          ["甲", null],
          [null, "名称重复"],
        ],
        note: "待改正",
        remarks,
      }),
    );
    const parts = await unpackXlsx(bytes);
    const xml = parts.get("xl/worksheets/sheet1.xml")?.toString("utf8") ?? "";
    expect(xml).toContain('<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>');
    expect([...xml.matchAll(/conditionalFormatting sqref="([^"]+)"/g)].map(([, cells]) => cells)).toEqual([
      "A2:B2",
      "B3:B1048576",
      "A4",
    ]);
    expect(parts.get("xl/styles.xml")?.toString("utf8")).toContain('<dxfs count="2">');
    const sheet = XLSX.read(bytes).Sheets["表"] ?? {};
    expect((sheet["A4"] as XLSX.CellObject).c?.map(({ t }) => t)).toEqual(["名称重复 <甲>"]);
    const [read] = await readBack(bytes);
    expect(read?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ["待改正"],
      ["名称", "问题"],
      ["甲"],
      ["", "名称重复"],
    ]);
  });
});
