import { readFileSync } from "node:fs";
import { constants, deflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it, vi } from "vitest";
import { localDate } from "../../kernel/local-date";
import { stopWorkers } from "../workers/worker-task.server";
import { clipMerges } from "./clip-merges";
import { readWorkbook } from "./read-workbook.server";
import { sheetRefusalSentence } from "./sheet.refusals";
import type { Cell, MergedArea, SheetRefusalCode } from "./workbook";
import { inZip64, part, workbookOf, workbookParts, zipArchive, type PackedPart } from "./xlsx.fixture";

// The first test waits for the worker to start, which a busy machine does slowly.
vi.setConfig({ testTimeout: 30_000 });
afterAll(stopWorkers);

const fixture = (name: string): Uint8Array => readFileSync(`tests/fixtures/sheets/${name}`);

async function sheetsOf(bytes: Uint8Array, fileName: string) {
  const result = await readWorkbook(bytes, fileName);
  if (!result.ok) throw new Error(result.refusals.map(sheetRefusalSentence).join());
  return result.value.sheets;
}

async function refusalOf(bytes: Uint8Array, fileName: string) {
  const result = await readWorkbook(bytes, fileName);
  if (result.ok) throw new Error(`${fileName} was read`);
  return result.refusals[0];
}

const cellAt = (sheets: Awaited<ReturnType<typeof sheetsOf>>, sheet: number, row: number, column: number) =>
  sheets[sheet]?.rows[row]?.[column];

describe("real files that are read", () => {
  it.each<[string, string, [sheet: number, row: number, column: number], Cell]>([
    ["hidden-sheets.xlsx", "the visible sheet", [0, 2, 1], { text: "6", number: 6 }],
    [
      "dates-1904.xlsx",
      "days counted from 1904",
      [0, 0, 0],
      { text: "2021-01-01", number: 42735, date: localDate("2021-01-01") },
    ],
    [
      "dates-iso.xlsx",
      "a date stored as text",
      [0, 1, 0],
      { text: "2021-01-01 10:10", number: 44197.423726851855, date: localDate("2021-01-01") },
    ],
    ["errors.xlsx", "a formula's error", [0, 0, 0], { text: "#DIV/0!", error: "#DIV/0!" }],
    ["escaped-line-end.xlsx", "an escaped carriage return", [0, 0, 0], { text: "ABC\r\nDEF" }],
    ["inline-cdata.xlsx", "inline text in CDATA", [0, 0, 0], { text: "Hello CDATA" }],
    ["shared-formulas.xlsx", "the stored result of a formula", [0, 5, 2], { text: "18", number: 18 }],
    ["product-template.xls", "the old binary format", [0, 1, 0], { text: "材质*" }],
    ["vouchers.xlsx", "a code kept with its leading zeros", [0, 3, 0], { text: "001", number: 1 }],
    ["expenses.xlsx", "an accounting format", [0, 3, 1], { text: "5,302.02", number: 5302.02 }],
    ["statistics-gbk.csv", "GBK", [0, 4, 0], { text: "北京市" }],
    ["open-data-catalog.csv", "UTF-8 without a mark", [0, 1, 0], { text: "白云区科技工业商务和信息化局" }],
  ])("%s: %s", async (name, _, [sheet, row, column], cell) => {
    expect(cellAt(await sheetsOf(fixture(name), name), sheet, row, column)).toEqual(cell);
  });

  it("tells hidden sheets and merged areas", async () => {
    const hidden = await sheetsOf(fixture("hidden-sheets.xlsx"), "a.xlsx");
    expect(hidden.map((sheet) => [sheet.name, sheet.hidden])).toEqual([
      ["Visible", false],
      ["Hidden", true],
      ["VeryHidden", true],
    ]);
    const [vouchers] = await sheetsOf(fixture("vouchers.xlsx"), "a.xlsx");
    expect(vouchers?.merges).toContainEqual({ top: 1, left: 1, bottom: 1, right: 2 });
  });
});

const utf8 = (text: string) => new TextEncoder().encode(text);
/** The signature of the old binary format, its version, and whatever follows. */
const ole2 = (version: number, content: Uint8Array) => {
  const bytes = new Uint8Array(512 + content.length);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes[26] = version;
  bytes.set(content, 512);
  return bytes;
};
const half = (name: string) => fixture(name).slice(0, fixture(name).length / 2);
const flipped = (name: string) => {
  const bytes = Uint8Array.from(fixture(name));
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return bytes;
};

/** Zeros that unpack to `megabytes` MB, made of one packed megabyte repeated. */
function zeros(megabytes: number): Uint8Array {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...new Array<Buffer>(megabytes).fill(block), deflateRawSync("")]);
}
const sheetPart = (claims: Partial<PackedPart>): PackedPart => part("xl/worksheets/sheet1.xml", "", claims);
const withSheet = (sheet: PackedPart) => zipArchive([...workbookParts("").slice(0, 4), sheet]);
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);

describe("files that are refused", () => {
  it.each<[string, SheetRefusalCode, string, () => Uint8Array]>([
    ["an empty file", "sheet.emptyFile", "a.xlsx", () => new Uint8Array()],
    ["a file over the limit", "sheet.fileTooLarge", "a.csv", () => new Uint8Array(20 * 1024 * 1024 + 1).fill(65)],
    [
      "a picture named .xlsx",
      "sheet.notASheet",
      "a.xlsx",
      () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    ],
    ["a PDF named .xls", "sheet.notASheet", "a.xls", () => utf8("%PDF-1.7\n")],
    ["an error message named .xls", "sheet.notASheet", "a.xls", () => fixture("error-message.xls")],
    ["a Word file named .xlsx", "sheet.notASheet", "a.xlsx", () => zipArchive([part("word/document.xml", "<x/>")])],
    ["an archive of tables", "sheet.notASheet", "a.xlsx", () => zipArchive([part("a.csv", "a,b")])],
    ["random bytes", "sheet.notASheet", "a.csv", () => new Uint8Array([1, 2, 3, 0, 5])],
    ["a web page named .xls", "sheet.formatUnsupported", "a.xls", () => utf8("\n <html><table></table></html>")],
    ["an XML table of 2003", "sheet.formatUnsupported", "a.xls", () => utf8('<?xml version="1.0"?><Workbook/>')],
    ["an OpenDocument file", "sheet.formatUnsupported", "a.xlsx", () => fixture("repeated-rows.ods")],
    ["a binary workbook", "sheet.formatUnsupported", "a.xlsx", () => zipArchive([part("xl/workbook.bin", "x")])],
    ["a workbook with a password", "sheet.passwordProtected", "a.xlsx", () => fixture("password.xlsx")],
    ["an .xlsx cut off", "sheet.damaged", "a.xlsx", () => half("vouchers.xlsx")],
    ["an .xls cut off", "sheet.damaged", "a.xls", () => half("product-template.xls")],
    ["an .xlsx with one byte changed", "sheet.damaged", "a.xlsx", () => flipped("vouchers.xlsx")],
    ["an .xls of nothing", "sheet.damaged", "a.xls", () => ole2(3, new Uint8Array(600))],
    [
      "an archive behind the signature of an .xls",
      "sheet.damaged",
      "a.xls",
      () => ole2(0, workbookOf("<row><c><v>1</v></c></row>")),
    ],
    [
      "a sheet never closed",
      "sheet.nothingInside",
      "a.xlsx",
      () => zipArchive(workbookParts("<worksheet><sheetData><row>")),
    ],
    [
      "a workbook with a string it does not have",
      "sheet.damaged",
      "a.xlsx",
      () => workbookOf('<row><c t="s"><v>7</v></c></row>'),
    ],
    ["a number that is none", "sheet.damaged", "a.xlsx", () => workbookOf("<row><c><v>x</v></c></row>")],
    [
      "a workbook without the part it names",
      "sheet.damaged",
      "a.xlsx",
      () => zipArchive(workbookParts("").slice(0, 4)),
    ],
    ["a workbook without content", "sheet.nothingInside", "a.xlsx", () => fixture("empty-sheet.xlsx")],
    ["text of blank lines", "sheet.nothingInside", "a.csv", () => utf8("\n,,\n \n")],
    [
      "text in no known encoding",
      "sheet.encodingUnknown",
      "a.csv",
      () => new Uint8Array([0x61, 0x2c, 0xff, 0xff, 0x0a]),
    ],
    ["text with an open quote", "sheet.quoteUnclosed", "a.csv", () => utf8('a,b\n"c,d\n')],
    ["one row too many", "sheet.tooManyRows", "a.xlsx", () => workbookOf('<row r="100051"><c><v>1</v></c></row>')],
    ["a row far out", "sheet.tooManyRows", "a.xlsx", () => workbookOf('<row r="4000000000"><c><v>1</v></c></row>')],
    [
      "a row beyond counting",
      "sheet.tooManyRows",
      "a.xlsx",
      () => workbookOf('<row r="9e9"><c r="A9000000000"><v>1</v></c></row>'),
    ],
    ["a row that is none", "sheet.damaged", "a.xlsx", () => workbookOf('<row r="x"><c><v>1</v></c></row>')],
    ["a column far out", "sheet.tooManyColumns", "a.xlsx", () => workbookOf('<row><c r="ZZZZZZ1"><v>1</v></c></row>')],
    ["text with one row too many", "sheet.tooManyRows", "a.csv", () => utf8("1\n".repeat(100_051))],
    ["one column too many", "sheet.tooManyColumns", "a.xlsx", () => workbookOf('<row><c r="IW1"><v>1</v></c></row>')],
    ["text with one column too many", "sheet.tooManyColumns", "a.csv", () => utf8(numbers(257).join())],
    [
      "an honest bomb of 1 GB",
      "sheet.unsafeArchive",
      "a.xlsx",
      () => withSheet(sheetPart({ packed: zeros(1024), unpackedSize: 2 ** 30 })),
    ],
    [
      "a bomb that claims to be small",
      "sheet.damaged",
      "a.xlsx",
      () => withSheet(sheetPart({ packed: zeros(1024), unpackedSize: 1000 })),
    ],
    [
      "far more than it could hold, by ratio",
      "sheet.unsafeArchive",
      "a.xlsx",
      () => withSheet(sheetPart({ unpackedSize: 11 * 2 ** 20 })),
    ],
    [
      "more parts than a workbook has",
      "sheet.unsafeArchive",
      "a.xlsx",
      () => zipArchive(new Array<PackedPart>(5001).fill(sheetPart({}))),
    ],
  ])("%s → %s", async (_, code, fileName, bytes) => {
    expect((await refusalOf(bytes(), fileName))?.code).toBe(code);
  });

  it("names the sheet, row and column in the sentence", async () => {
    const refusal = await refusalOf(workbookOf('<row r="7"><c r="IW7"><v>1</v></c></row>'), "a.xlsx");
    expect(refusal && sheetRefusalSentence(refusal)).toBe(
      "工作表“表”第 7 行的内容到 IW 列，超过 256 列的上限，请删去多余的列。",
    );
  });

  it("goes on reading after a bomb", async () => {
    await refusalOf(withSheet(sheetPart({ packed: zeros(64), unpackedSize: 1000 })), "a.xlsx");
    expect(await sheetsOf(utf8("a,b"), "a.csv")).toHaveLength(1);
  });
});

describe("cells", () => {
  const stylesXml = (formatId: number) => `<styleSheet><cellXfs><xf numFmtId="${formatId}"/></cellXfs></styleSheet>`;
  it.each<[string, string, number, Partial<Cell>]>([
    ["a plain number", "<c><v>1234.5</v></c>", 0, { text: "1234.5", number: 1234.5 }],
    ["binary noise", "<c><v>0.30000000000000004</v></c>", 0, { text: "0.3" }],
    ["a code of fifteen digits kept as a number", "<c><v>123456789012345</v></c>", 0, { text: "123456789012345" }],
    ["a percentage", '<c s="0"><v>0.125</v></c>', 10, { text: "12.50%", number: 0.125 }],
    ["a date", '<c s="0"><v>45047</v></c>', 14, { text: "2023-05-01", date: localDate("2023-05-01") }],
    [
      "a month in a Chinese built-in format",
      '<c s="0"><v>45047</v></c>',
      57,
      { text: "2023-05-01", date: localDate("2023-05-01") },
    ],
    ["a date with a time", '<c s="0"><v>45047.5</v></c>', 22, { text: "2023-05-01 12:00" }],
    ["a time of day is no date", '<c s="0"><v>0.5</v></c>', 20, { text: "12:00", number: 0.5 }],
    ["the 29 February 1900 that never was", '<c s="0"><v>60</v></c>', 14, { text: "2/29/00", number: 60 }],
    ["a truth value", '<c t="b"><v>1</v></c>', 0, { text: "TRUE" }],
    ["a formula's text", '<c t="str"><f>A1&amp;B1</f><v>甲 &amp; 乙</v></c>', 0, { text: "甲 & 乙" }],
    [
      "rich text without its phonetic guide",
      '<c t="inlineStr"><is><r><t>东</t></r><rPh><t>ひがし</t></rPh><r><t>京</t></r></is></c>',
      0,
      { text: "东京" },
    ],
    ["a numeric entity", '<c t="inlineStr"><is><t>&#x4E2D;&#25991;</t></is></c>', 0, { text: "中文" }],
  ])("%s", async (_, xml, formatId, cell) => {
    const sheets = await sheetsOf(workbookOf(`<row>${xml}</row>`, stylesXml(formatId)), "a.xlsx");
    expect(cellAt(sheets, 0, 0, 0)).toMatchObject(cell);
  });

  it("are found in an archive with 64-bit sizes, as streaming writers make it", async () => {
    const bytes = inZip64(workbookOf("<row><c><v>1</v></c></row>"));
    expect(cellAt(await sheetsOf(bytes, "a.xlsx"), 0, 0, 0)).toEqual({ text: "1", number: 1 });
  });

  it("in a Chinese built-in format are dates on every cell, and times are none", async () => {
    const dates = '<c s="0"><v>45047</v></c><c s="0"><v>45048</v></c>';
    const sheets = await sheetsOf(workbookOf(`<row>${dates}</row>`, stylesXml(31)), "a.xlsx");
    expect(sheets[0]?.rows[0]?.map((cell) => cell.date)).toEqual(["2023-05-01", "2023-05-02"]);
    const time = await sheetsOf(workbookOf('<row><c s="0"><v>0.5</v></c></row>', stylesXml(32)), "a.xlsx");
    expect(cellAt(time, 0, 0, 0)).toEqual({ text: "12:00:00", number: 0.5 });
  });

  it("in rows out of order are put in order", async () => {
    const rows = '<row r="2000"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>';
    const sheets = await sheetsOf(workbookOf(rows), "a.xlsx");
    expect([cellAt(sheets, 0, 0, 0)?.text, cellAt(sheets, 0, 1999, 0)?.text]).toEqual(["2", "1"]);
  });

  it("are found in elements with a namespace prefix, and rows and cells without references", async () => {
    const xml = "<x:worksheet><x:sheetData><x:row><x:c/><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    expect(cellAt(await sheetsOf(zipArchive(workbookParts(xml)), "a.xlsx"), 0, 0, 1)).toEqual({ text: "1", number: 1 });
  });
});

describe("merged areas", () => {
  const merged = (...references: string[]) =>
    zipArchive(
      workbookParts(
        "<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>" +
          `<mergeCells>${references.map((reference) => `<mergeCell ref="${reference}"/>`).join("")}</mergeCells></worksheet>`,
      ),
    );
  it.each<[string, string[], object[]]>([
    ["within the content", ["A1:B1"], [{ top: 0, left: 0, bottom: 0, right: 1 }]],
    ["reaching far beyond it", ["A1:XFD1048576"], [{ top: 0, left: 0, bottom: 1, right: 1 }]],
    ["outside it", ["D1:E9", "A3:B3"], []],
    ["that are no areas", ["", "??"], []],
  ])("%s", async (_, references, areas) => {
    const [sheet] = await sheetsOf(merged(...references), "a.xlsx");
    expect(sheet?.merges).toEqual(areas);
  });

  it("laid over each other without end are dropped", () => {
    const everywhere = { top: 0, left: 0, bottom: 99, right: 99 };
    expect(clipMerges(new Array<MergedArea>(1000).fill(everywhere), 100, 100)).toHaveLength(200);
  });
});

describe("delimited text", () => {
  it.each<[string, string | Uint8Array, string[][]]>([
    [
      "a byte order mark",
      "\ufeff名称,金额\n甲,1",
      [
        ["名称", "金额"],
        ["甲", "1"],
      ],
    ],
    [
      "UTF-16 with tabs, as Excel saves Unicode text",
      Buffer.from("\ufeff名称\t金额\r\n", "utf16le"),
      [["名称", "金额"]],
    ],
    ["line breaks, separators and quotes inside quotes", '"a\nb","c,d","e""f"\n', [["a\nb", "c,d", 'e"f']]],
    ["a quote inside an unquoted cell", 'DDE ("cmd"),1', [['DDE ("cmd")', "1"]]],
    [
      "old line ends",
      "a,b\rc,d\r",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "semicolons",
      "a;b\nc;d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["numbers that are codes", "007,1e5,2023-05", [["007", "1e5", "2023-05"]]],
  ])("%s", async (_, text, rows) => {
    const [sheet] = await sheetsOf(typeof text === "string" ? utf8(text) : text, "上报 表.csv");
    expect(sheet?.name).toBe("上报 表");
    expect(sheet?.rows.map((row) => row.map((cell) => cell.text))).toEqual(rows);
  });
});
