import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SheetColumn } from "./header-match";
import { parseWorkbook } from "./parse-workbook";
import { unpackRows } from "./row-chunks";
import { sheetRefusalSentence } from "./sheet.refusals";
import { findLayout, layoutAt } from "./table-layout";
import { TableReader, type DroppedRow, type TableRow } from "./table-reader";
import type { MergedArea, SheetGrid } from "./workbook";

const COLUMNS: readonly SheetColumn[] = [
  { key: "name", title: "项目名称", synonyms: ["项目"], required: true },
  { key: "unit", title: "建设单位", fillMerged: true },
  { key: "budget", title: "预算金额", synonyms: ["资金预算"], required: true },
  { key: "start", title: "开工时间" },
];

const grid = (rows: readonly (readonly string[])[], merges: readonly MergedArea[] = []): SheetGrid => ({
  name: "项目表",
  hidden: false,
  rows: rows.map((row) => row.map((text) => ({ text }))),
  merges,
});

/** Reads a sheet as an import does: finds its header, then its rows one after the other. */
function tableOf(sheet: SheetGrid, columns = COLUMNS) {
  const texts = sheet.rows.map((row) => row.map((cell) => cell.text));
  const found = findLayout({ top: texts, merges: sheet.merges }, columns);
  if (!found?.header) throw new Error("no header");
  const reader = new TableReader(columns, { ...found, merges: sheet.merges });
  const rows: TableRow[] = [];
  const droppedRows: DroppedRow[] = [];
  for (const [index, cells] of texts.entries()) {
    if (index < reader.firstRow) continue;
    const row = reader.read(index, cells);
    if ("values" in row) rows.push(row);
    else droppedRows.push(row);
  }
  const known = new Set(Object.values(found.columns));
  return {
    headerRow: found.header.last + 1,
    headers: found.headers,
    rows,
    droppedRows,
    unmatchedHeaders: found.headers.filter(({ column }) => !known.has(column)).map(({ text }) => text),
    missingColumns: found.missing.map(({ title }) => title),
  };
}

const DATA = ["智慧城管", "100"];

describe("the header is found", () => {
  it.each<[string, string[][], number]>([
    ["in the first row", [["项目名称", "预算金额"], DATA], 1],
    ["below a title and a unit", [["2026年项目表"], ["单位：万元"], ["项目名称", "预算金额"], DATA], 3],
    ["with line breaks, spaces and marks", [["项目\n名称*", " 预 算 金 额："], DATA], 1],
    ["in full width", [["项目名称", "预算金额（万元）"], DATA], 1],
    ["by synonyms", [["项目", "资金预算"], DATA], 1],
    ["over two rows, joined", [["项目名称", "资金"], ["", "预算"], DATA], 2],
    ["by its lowest line under a group", [["基本情况", "资金情况"], ["项目名称", "预算金额"], DATA], 2],
    ["with a remark in brackets", [["项目名称（全称）", "预算金额"], DATA], 1],
  ])("%s", (_, rows, headerRow) => {
    const table = tableOf(grid(rows));
    expect(table.headerRow).toBe(headerRow);
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]).toMatchObject({
      rowNumber: rows.length,
      values: { name: "智慧城管", budget: "100" },
    });
  });

  it("in any order of columns, and says what it does not know and what is missing", () => {
    const table = tableOf(
      grid([
        ["备注说明", "预算金额", "项目名称"],
        ["无", "100", "智慧城管"],
      ]),
    );
    expect(table.rows[0]?.values).toMatchObject({ name: "智慧城管", start: "" });
    expect(table.unmatchedHeaders).toEqual(["备注说明"]);
    expect(table.missingColumns).toEqual(["建设单位", "开工时间"]);
  });

  it("gives the surer header to a column when two are alike", () => {
    const table = tableOf(
      grid([
        ["项目", "项目名称", "预算金额"],
        ["A1", "智慧城管", "100"],
      ]),
    );
    expect(table.rows[0]?.values.name).toBe("智慧城管");
    expect(table.unmatchedHeaders).toEqual(["项目"]);
  });

  it("fills merged headers that stand over several columns", () => {
    const merges = [
      { top: 0, left: 1, bottom: 0, right: 2 },
      { top: 0, left: 0, bottom: 1, right: 0 },
    ];
    const table = tableOf(
      grid(
        [
          ["项目名称", "资金", ""],
          ["", "预算", "支付"],
          [...DATA, "50"],
        ],
        merges,
      ),
    );
    expect(table.headers.map((header) => header.text)).toEqual(["项目名称", "资金/预算", "资金/支付"]);
  });
});

describe("rows", () => {
  it("that are no data are dropped and reported", () => {
    const table = tableOf(
      grid([
        ["项目名称", "预算金额", "建设单位"],
        ["智慧城管", "100", "城管局"],
        ["小 计", "100"],
        [" ", ""],
        ["项目名称", "预算金额", "建设单位"],
        ["合计办公平台", "5", "机关事务局"],
        ["合计（2个）：", "105"],
        ["注：1.金额含税。"],
        ["2.含运维。"],
        ["填表人：", "张三"],
      ]),
    );
    expect(table.rows.map((row) => row.rowNumber)).toEqual([2, 6]);
    expect(table.droppedRows.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
      [3, "total"],
      [4, "blank"],
      [5, "repeatedHeader"],
      [7, "total"],
      [8, "footnote"],
      [9, "footnote"],
      [10, "footnote"],
    ]);
  });

  it("of a merged area share its value only in columns that ask for it", () => {
    const merges = [
      { top: 1, left: 0, bottom: 2, right: 0 },
      { top: 1, left: 2, bottom: 2, right: 2 },
    ];
    const rows = [
      ["建设单位", "项目名称", "预算金额"],
      ["城管局", "甲", "100"],
      ["", "乙", ""],
    ];
    expect(tableOf(grid(rows, merges)).rows[1]?.values).toMatchObject({
      unit: "城管局",
      budget: "",
    });
  });

  it("lose the spaces around their texts", () => {
    const table = tableOf(
      grid([
        ["项目名称", "预算金额"],
        ["\u3000智慧 城管 ", "100"],
      ]),
    );
    expect(table.rows[0]?.values.name).toBe("智慧 城管");
  });
});

describe("a sheet that is not the table", () => {
  const lacking = grid([["标题"], ["项目名称", "总额"], DATA]);
  const topOf = (sheet: SheetGrid) => ({ top: sheet.rows.map((row) => row.map(({ text }) => text)), merges: [] });

  it.each<[string, string[][]]>([
    [
      "without any known header",
      [
        ["姓名", "电话"],
        ["甲", "1"],
      ],
    ],
    ["without anything", []],
  ])("%s has no layout", (_, rows) => {
    expect(findLayout(topOf(grid(rows)), COLUMNS)).toBeUndefined();
  });

  it("without a required column says which, and keeps what it has", () => {
    const found = findLayout(topOf(lacking), COLUMNS);
    expect(found).toMatchObject({ header: { first: 1, last: 1 }, columns: { name: 0 } });
    expect(found?.missing.map(({ title }) => title)).toEqual(["建设单位", "预算金额", "开工时间"]);
  });

  it("is read where a person points, and by its letters without a header", () => {
    expect(layoutAt(topOf(lacking), { first: 1, last: 1 }, COLUMNS).columns).toEqual({ name: 0 });
    expect(layoutAt(topOf(lacking), null, COLUMNS).headers.map(({ text }) => text)).toEqual(["A", "B"]);
  });

  it("without data has no row to read", () => {
    const empty = grid([
      ["项目名称", "预算金额"],
      ["合计", "0"],
    ]);
    expect(tableOf(empty)).toMatchObject({ rows: [], droppedRows: [{ reason: "total", rowNumber: 2 }] });
  });

  it.each<[Parameters<typeof sheetRefusalSentence>[0], string]>([
    [
      { code: "table.headerNotFound", facts: { sheet: "项目表", expected: "项目名称、预算金额" } },
      "工作表“项目表”中没有找到表头，应有这些列：项目名称、预算金额。",
    ],
    [
      {
        code: "table.columnsMissing",
        facts: { sheet: "项目表", row: 2, missing: "预算金额", found: "项目名称、总额" },
      },
      "工作表“项目表”第 2 行的表头缺少：预算金额。现有的列是：项目名称、总额。请补上缺少的列，或改成相同的名称。",
    ],
    [
      { code: "table.noRows", facts: { sheet: "项目表", row: 1 } },
      "工作表“项目表”第 1 行的表头下面没有数据，请填写后再上传。",
    ],
  ])("is told to the person: $code", (refusal, sentence) => {
    expect(sheetRefusalSentence(refusal)).toBe(sentence);
  });
});

describe("real tables", () => {
  async function realSheet(name: string, container: "zip" | "text"): Promise<SheetGrid> {
    const parsed = await parseWorkbook({
      bytes: readFileSync(`tests/fixtures/sheets/${name}`),
      container,
      sheetName: name,
      namedAsText: true,
    });
    const sheet = parsed.ok ? parsed.value.sheets[0] : undefined;
    if (!sheet) throw new Error(name);
    return { ...sheet, rows: await unpackRows(sheet.chunks) };
  }

  it.each<[string, string, "zip" | "text", SheetColumn[], object]>([
    [
      "a header of two rows, merged",
      "vouchers.xlsx",
      "zip",
      [
        { key: "code", title: "记账编号", required: true },
        { key: "kind", title: "凭证类型", required: true },
        { key: "debit", title: "借方金额", required: true },
      ],
      { headerRow: 3, rows: 31, first: { code: "001", kind: "银收", debit: "120000" }, dropped: [] },
    ],
    [
      "title lines and a total",
      "expenses.xlsx",
      "zip",
      [
        { key: "office", title: "部门", required: true },
        { key: "total", title: "合计", required: true },
      ],
      { headerRow: 3, rows: 9, first: { office: "销售1部", total: "93,020.82" }, dropped: [12] },
    ],
    [
      "notes over several rows",
      "statistics-gbk.csv",
      "text",
      [
        { key: "region", title: "地区", required: true },
        { key: "y2024", title: "2024年", required: true },
      ],
      { headerRow: 4, rows: 31, first: { region: "北京市", y2024: "763.6" }, dropped: [36, 37, 38, 39] },
    ],
    [
      "a catalogue with the serial number last",
      "open-data-catalog.csv",
      "text",
      [
        { key: "title", title: "数据集名称", required: true },
        { key: "number", title: "序号", required: true },
      ],
      { headerRow: 1, rows: 56, first: { title: "白云区电动汽车充电站", number: "1" }, dropped: [] },
    ],
  ])("%s", async (_, name, container, columns, expected) => {
    const table = tableOf(await realSheet(name, container), columns);
    const first = table.rows[0]?.values;
    expect({
      headerRow: table.headerRow,
      rows: table.rows.length,
      first,
      dropped: table.droppedRows.map((row) => row.rowNumber),
    }).toEqual(expected);
  });
});
