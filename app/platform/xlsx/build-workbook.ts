import * as XLSX from "xlsx";
import { daysBetween, isLocalDate, localDate } from "../../kernel/local-date";
import { finishWorkbook, type SheetFinish } from "./finish-workbook";
import { guardFormula } from "./formula-guard";
import { unpackValueRows, type ValueRow } from "./row-chunks";
import { sheetNames } from "./sheet-names";
import type { ColumnToWrite, SheetToWrite, WorkbookToWrite } from "./sheet-to-write";

/** A sheet to write on its way between threads. */
export type PackedSheetToWrite = Omit<SheetToWrite, "rows"> & { readonly chunks: readonly string[] };

export type PackedWorkbookToWrite = Omit<WorkbookToWrite, "sheets"> & {
  readonly sheets: readonly PackedSheetToWrite[];
};

/** Rows a sheet of the format can have. */
const MAX_ROWS = 1_048_576;

/** Programs open a sheet with more remarks only slowly; the rest is told by the column of problems. */
const MOST_REMARKS = 2_000;

const REMARK_AUTHOR = "检查";

/** The longest text a cell takes. */
const MAX_TEXT = 32_767;

/** Builds the file in the worker, with the library. */
export function buildWorkbook({ sheets, properties }: PackedWorkbookToWrite): Uint8Array {
  const { title, author, description } = properties;
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  const workbook = XLSX.utils.book_new();
  workbook.Props = { Title: title, Author: author, ...(description === undefined ? {} : { Comments: description }) };
  for (const [index, sheet] of sheets.entries()) XLSX.utils.book_append_sheet(workbook, sheetOf(sheet), names[index]);
  workbook.Workbook = { Sheets: sheets.map(({ hidden }) => ({ Hidden: hidden === true ? 1 : 0 })) };
  // Shared strings, as Excel writes them: texts in cells are meant for formulas, and the library unescapes those twice.
  const plain = XLSX.write(workbook, { type: "buffer", bookType: "xlsx", bookSST: true }) as Uint8Array;
  const named = new Map(sheets.map((sheet, index) => [sheet.name, names[index] ?? sheet.name]));
  return finishWorkbook(
    plain,
    sheets.map((sheet) => finishOf(sheet, named)),
  );
}

const headRows = ({ note }: PackedSheetToWrite): number => (note === undefined ? 1 : 2);

function finishOf(sheet: PackedSheetToWrite, named: ReadonlyMap<string, string>): SheetFinish {
  return {
    headRows: headRows(sheet),
    columns: sheet.columns.length,
    badColumns: sheet.columns.flatMap((column, index) => (column.bad === true ? [index] : [])),
    dropDowns: (sheet.dropDowns ?? []).map((list) => ({
      ...list,
      from: { ...list.from, sheet: named.get(list.from.sheet) ?? list.from.sheet },
    })),
    remarks: sheet.remarks ?? [],
  };
}

/** An optional note across the whole width, the headers, the data. */
function sheetOf({ columns, note, chunks, remarks = [] }: PackedSheetToWrite): XLSX.WorkSheet {
  const head = [...(note === undefined ? [] : [[textCell(note)]]), columns.map(({ title }) => textCell(title))];
  const rows: (XLSX.CellObject | undefined)[][] = [...head];
  for (const chunk of chunks) {
    for (const values of unpackValueRows(chunk)) {
      rows.push(columns.map(({ kind }, index) => cellOf(values[index] ?? null, kind)));
    }
  }
  for (const { row, column, text } of remarks.slice(0, MOST_REMARKS)) {
    const line = (rows[head.length + row] ??= []);
    const cell: XLSX.CellObject = (line[column] ??= { t: "s", v: "", z: "@" });
    cell.c = Object.assign([{ a: REMARK_AUTHOR, t: text }], { hidden: true });
  }
  if (rows.length > MAX_ROWS) throw new RangeError(`more than ${MAX_ROWS} rows in a sheet`);
  const sheet = XLSX.utils.aoa_to_sheet(rows, { dense: true });
  const sample = chunks[0] === undefined ? [] : unpackValueRows(chunks[0]);
  sheet["!cols"] = columns.map((column, index) => ({ wch: widthOf(column, index, sample) }));
  const lastColumn = Math.max(0, columns.length - 1);
  const headers = { s: { r: head.length - 1, c: 0 }, e: { r: rows.length - 1, c: lastColumn } };
  sheet["!autofilter"] = { ref: XLSX.utils.encode_range(headers) };
  if (note !== undefined && lastColumn > 0) sheet["!merges"] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: lastColumn } }];
  return sheet;
}

function cellOf(value: string | number | null, kind: ColumnToWrite["kind"]): XLSX.CellObject | undefined {
  if (value === null || value === "") return undefined;
  if (typeof value === "number") return { t: "n", v: value };
  const serial = kind === "date" ? serialOf(value) : undefined;
  return serial === undefined ? textCell(value) : { t: "n", v: serial, z: "yyyy-mm-dd" };
}

/** In the format of text: what a person types over it stays as typed, a code keeps its zeros. */
function textCell(text: string): XLSX.CellObject {
  // The format writes a control character as _x001F_, and the library would take a text of that look for one.
  const escaped = guardFormula(text).replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
  return { t: "s", v: escaped.length > MAX_TEXT ? `${escaped.slice(0, MAX_TEXT - 1)}…` : escaped, z: "@" };
}

const DAY_ZERO = localDate("1899-12-30");
/** Before it, the programs count a 29 February 1900 that never was. */
const FIRST_SAFE_DAY = "1900-03-01";

/** The number a spreadsheet stores for a day, or undefined for a text that is none. */
const serialOf = (date: string): number | undefined =>
  isLocalDate(date) && date >= FIRST_SAFE_DAY ? daysBetween(DAY_ZERO, date) : undefined;

/** Width as shown: Chinese characters take two places. Only the longest line of a text counts. */
const shownWidth = (text: string): number =>
  Math.max(...text.split("\n").map((line) => [...line].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0)));

const NARROWEST = 8;
const WIDEST = 50;

function widthOf(column: ColumnToWrite, index: number, sample: readonly ValueRow[]): number {
  if (column.width !== undefined) return column.width;
  const texts = [column.title, ...sample.map((row) => String(row[index] ?? ""))];
  return Math.min(WIDEST, Math.max(NARROWEST, ...texts.map(shownWidth)) + 2);
}
