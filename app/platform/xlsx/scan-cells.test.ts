import { describe, expect, it } from "vitest";
import * as XLSX from "xlsx";
import { packSheets, READING } from "./pack-sheets";
import { parseXlsx } from "./parse-xlsx";
import { scanCells } from "./scan-cells";
import { CellQuota } from "./unreadable";

const part = (rows: string, after = "") =>
  Buffer.from(`<worksheet><dimension ref="A1"/><sheetData>${rows}</sheetData>${after}</worksheet>`);

describe("a plain table", () => {
  it.each<[string, string, [row: number, column: number, value: number, style?: number][]]>([
    [
      "shared texts",
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="AB1" t="s"><v>7</v></c></row>',
      [
        [0, 0, 0],
        [0, 27, 7],
      ],
    ],
    [
      "numbers with their styles",
      '<row r="2" spans="1:2"><c r="A2"><v>-1.5</v></c><c r="B2" s="3"><v>1E3</v></c></row>',
      [
        [1, 0, -1.5, 0],
        [1, 1, 1000, 3],
      ],
    ],
    ["cells and rows without content", '<row r="1"/><row r="2"><c r="A2" s="1"/><c r="B2" t="s"></c></row>', []],
    ["spaces between tags", '\n <row r="1">\n <c r="A1" s="2" t="s"><v>0</v></c>\n </row>\n', [[0, 0, 0]]],
    ["no rows", "", []],
  ])("%s", (_, rows, expected) => {
    const cells = expected.map(([row, column, value, style]) => ({ row, column, value, style }));
    expect(scanCells(part(rows))?.cells).toEqual(cells);
  });

  it("leaves a mark in the place of its rows, and all else as it was", () => {
    const marked = scanCells(part('<row r="9"><c r="B9"><v>1</v></c></row>', "<mergeCells/>"))?.withMark("甲");
    expect(marked).toEqual(part('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>', "<mergeCells/>"));
  });
});

describe("is left to the library with", () => {
  it.each([
    ["a formula", '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'],
    ["a text of its own", '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'],
    ["the text of a formula", '<row r="1"><c r="A1" t="str"><v>甲</v></c></row>'],
    ["an error", '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'],
    ["a place of a shared text that is none", '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'],
    ["a number that is none", '<row r="1"><c r="A1"><v>1-2</v></c></row>'],
    ["an escaped digit", '<row r="1"><c r="A1"><v>&#49;</v></c></row>'],
    ["an attribute more", '<row r="1"><c r="A1" cm="1"><v>1</v></c></row>'],
    ["cells without a place", '<row r="1"><c><v>1</v></c></row>'],
    ["rows without a number", '<row><c r="A1"><v>1</v></c></row>'],
    ["a cell in another row", '<row r="1"><c r="A2"><v>1</v></c></row>'],
    ["the same row twice", '<row r="1"></row><row r="1"></row>'],
    ["cells from right to left", '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'],
    ["a row that does not end", '<row r="1"><c r="A1"><v>1</v></c>'],
    ["anything between the rows", '<row r="1"></row><!-- --><row r="2"></row>'],
    ["two tables", '<row r="1"></row></sheetData><sheetData>'],
  ])("%s", (_, rows) => expect(scanCells(part(rows))).toBeUndefined());

  it("a prefix on every name", () => {
    expect(scanCells(Buffer.from('<x:sheetData><x:row r="1"/></x:sheetData>'))).toBeUndefined();
  });
});

describe("a workbook is read the same as by the library alone", () => {
  const bookOf = (...sheets: unknown[][][]) => {
    const book = XLSX.utils.book_new();
    for (const rows of sheets) XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows));
    return book;
  };
  const texts = ["名称", "", "一 行\n两行", "  空格 ", "&<>\"'", "=1+1", "'=1", "012", "𠮷", "0", "1e5"];
  const table = Array.from({ length: 1_200 }, (_, row) => [
    row,
    row / 7,
    -row * 1e9,
    texts[row % texts.length],
    null,
    "末",
  ]);
  const dated = bookOf([["日期"], [new Date(Date.UTC(2026, 0, 31))], [0.5]]);
  const percent = bookOf([[0.25, 3]]);
  const cell = percent.Sheets.Sheet1?.A1 as XLSX.CellObject;
  cell.z = "0%";
  const titled = bookOf([
    ["标题", null],
    ["甲", 1],
  ]);
  Object.assign(titled.Sheets.Sheet1 ?? {}, { "!merges": [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }] });

  it.each<[string, XLSX.WorkBook]>([
    ["texts and numbers", bookOf(table)],
    ["several sheets, some left to the library", bookOf([[0, "甲"]], [[true, "乙"]], [[1, "丙"]], [])],
    ["a number in A1 of a sheet that is left to the library", bookOf([["甲"]], [[0, true]])],
    ["dates", dated],
    ["a format", percent],
    ["merged areas", titled],
  ])("%s", async (_, book) => {
    const bytes = XLSX.write(book, { type: "buffer", bookType: "xlsx", bookSST: true }) as Buffer;
    expect(await parseXlsx(bytes, new CellQuota())).toEqual(packSheets(XLSX.read(bytes, READING), new CellQuota()));
  });
});
