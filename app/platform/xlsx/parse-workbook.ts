import { crc32, inflateRawSync } from "node:zlib";
import * as XLSX from "xlsx";
import { isLocalDate } from "../../kernel/local-date";
import { accept, refuse, type Result } from "../../kernel/result";
import { decodeText, parseDelimited } from "./delimited-text";
import { withoutGuard } from "./formula-guard";
import { packRows } from "./row-chunks";
import {
  columnLetters,
  EMPTY_CELL,
  SHEET_LIMITS,
  type Cell,
  type MergedArea,
  type SheetGrid,
  type SheetRefusalCode,
} from "./workbook";
import { packedBytesOf, readZipDirectory, zipArchive, type PackedPart } from "./zip-archive";

/** A sheet on its way between threads. */
export type PackedSheet = Omit<SheetGrid, "rows"> & { readonly chunks: readonly string[] };

export type ParsedWorkbook = Result<{ readonly sheets: readonly PackedSheet[] }, SheetRefusalCode>;

/** Reads a file of a known container; runs in the worker, because the library holds the thread for seconds. */
export function parseWorkbook(
  bytes: Uint8Array,
  container: "zip" | "ole2" | "text",
  sheetName: string,
): ParsedWorkbook {
  if (container === "text") return parseText(bytes, sheetName);
  const readable = container === "zip" ? unpackWorkbook(bytes) : bytes;
  if (!readable) return refuse({ code: "sheet.damaged" });
  try {
    const workbook = XLSX.read(readable, {
      type: "buffer",
      dense: true,
      cellNF: true,
      cellText: false,
      cellFormula: false,
      cellHTML: false,
      bookVBA: false,
    });
    return packSheets(workbook);
  } catch (error) {
    return refuse(refusalOf(error));
  }
}

function refusalOf(error: unknown) {
  const reason = error instanceof Error ? error.message : "";
  if (/password|encrypt/i.test(reason)) return { code: "sheet.passwordProtected" } as const;
  if (/cannot find workbook stream/i.test(reason))
    return { code: "sheet.notASheet", facts: { kind: "office" } } as const;
  return { code: "sheet.damaged" } as const;
}

/**
 * Unpacks the XML parts, each into no more than its directory entry promises, checks their sums, and hands them to the
 * library as a stored archive: the library itself would unpack whatever the data say.
 */
function unpackWorkbook(bytes: Uint8Array): Uint8Array | undefined {
  const parts: PackedPart[] = [];
  for (const entry of readZipDirectory(bytes) ?? []) {
    if (!/\.(xml|rels)$/i.test(entry.name)) continue;
    const packed = packedBytesOf(bytes, entry);
    if (!packed || (entry.method !== 0 && entry.method !== 8)) return undefined;
    try {
      const plain =
        entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpackedSize) });
      if (plain.length !== entry.unpackedSize || crc32(plain) !== entry.crc) return undefined;
      parts.push({ name: entry.name, method: 0, crc: entry.crc, unpackedSize: plain.length, packed: plain });
    } catch {
      return undefined;
    }
  }
  return zipArchive(parts);
}

function packSheets(workbook: XLSX.WorkBook): ParsedWorkbook {
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const sheets: PackedSheet[] = [];
  let cells = 0;
  for (const [index, name] of workbook.SheetNames.entries()) {
    const sheet = workbook.Sheets[name];
    if (!sheet || (sheet["!type"] ?? "sheet") !== "sheet") continue;
    const data: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[] = sheet["!data"] ?? [];
    const size = measure(data, name);
    if (!size.ok) return size;
    cells += size.value.cells;
    if (cells > SHEET_LIMITS.cells) return refuse({ code: "sheet.tooManyCells", facts: { max: SHEET_LIMITS.cells } });
    const formats = new Map<string, boolean>();
    const cellOf = (cell: XLSX.CellObject | undefined) => readCell(cell, date1904, formats);
    sheets.push({
      name,
      hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
      merges: (sheet["!merges"] ?? []).map(({ s, e }): MergedArea => ({
        top: s.r,
        left: s.c,
        bottom: e.r,
        right: e.c,
      })),
      chunks: packRows(size.value.rows, (row) => Array.from(data[row]?.slice(0, SHEET_LIMITS.columns) ?? [], cellOf)),
    });
  }
  return cells === 0 ? refuse({ code: "sheet.nothingInside" }) : accept({ sheets });
}

/** Rows up to the last that has content; formatted but blank rows and columns beyond it do not count. */
function measure(
  data: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[],
  sheet: string,
): Result<{ rows: number; cells: number }, SheetRefusalCode> {
  let rows = 0;
  let cells = 0;
  let farthest: { row: number; column: number } | undefined;
  // forEach skips the holes of sparse arrays: a single cell in the last row of a sheet costs nothing.
  data.forEach((row, rowIndex) => {
    row?.forEach((cell, column) => {
      if (!cell || cell.t === "z" || cell.v === undefined || cell.v === "") return;
      rows = rowIndex + 1;
      cells++;
      if (column >= SHEET_LIMITS.columns) farthest ??= { row: rowIndex + 1, column };
    });
  });
  if (rows > SHEET_LIMITS.rows) {
    return refuse({ code: "sheet.tooManyRows", facts: { sheet, row: rows, max: SHEET_LIMITS.rows } });
  }
  if (farthest) {
    const facts = { sheet, row: farthest.row, column: columnLetters(farthest.column), max: SHEET_LIMITS.columns };
    return refuse({ code: "sheet.tooManyColumns", facts });
  }
  return accept({ rows, cells });
}

const ERROR_TEXTS: Readonly<Record<number, string>> = {
  0x00: "#NULL!",
  0x07: "#DIV/0!",
  0x0f: "#VALUE!",
  0x17: "#REF!",
  0x1d: "#NAME?",
  0x24: "#NUM!",
  0x2a: "#N/A",
  0x2b: "#GETTING_DATA",
};

function readCell(cell: XLSX.CellObject | undefined, date1904: boolean, formats: Map<string, boolean>): Cell {
  if (!cell || cell.v === undefined) return EMPTY_CELL;
  switch (cell.t) {
    case "n":
      return readNumber(Number(cell.v), String(cell.z ?? "General"), date1904, formats);
    case "e": {
      const error = ERROR_TEXTS[Number(cell.v)] ?? "#ERROR!";
      return { text: error, error };
    }
    case "b":
      return { text: cell.v === true ? "TRUE" : "FALSE" };
    case "s":
      return { text: withoutGuard(String(cell.v)) };
    case "d":
    case "z":
      return EMPTY_CELL;
  }
}

function readNumber(number: number, format: string, date1904: boolean, formats: Map<string, boolean>): Cell {
  const isDate = formats.get(format) ?? Boolean(XLSX.SSF.is_date(format));
  formats.set(format, isDate);
  if (isDate) return readSerial(number, format, date1904);
  // Fifteen digits are what a spreadsheet shows and stores; the rest is binary noise (0.1 + 0.2).
  if (format === "General" || format === "@") return { text: String(Number(number.toPrecision(15))), number };
  return { text: formatted(format, number, date1904), number };
}

function formatted(format: string, number: number, date1904: boolean): string {
  try {
    return String(XLSX.SSF.format(format, number, { date1904 })).trim();
  } catch {
    return String(number);
  }
}

/** A serial of less than a day is a time of day, and no date; so is the 29 February 1900 that never was. */
function readSerial(serial: number, format: string, date1904: boolean): Cell {
  const parts = XLSX.SSF.parse_date_code(serial, { date1904 }) as ReturnType<typeof XLSX.SSF.parse_date_code> | null;
  const pad = (value: number) => String(value).padStart(2, "0");
  const date = parts ? `${String(parts.y).padStart(4, "0")}-${pad(parts.m)}-${pad(parts.d)}` : "";
  const isTimeOnly = /\[[hms]+\]/i.test(format) || (serial < 1 && !date1904);
  if (!parts || isTimeOnly || !isLocalDate(date)) return { text: formatted(format, serial, date1904), number: serial };
  const text = parts.H + parts.M > 0 ? `${date} ${pad(parts.H)}:${pad(parts.M)}` : date;
  return { text, number: serial, date };
}

function parseText(bytes: Uint8Array, sheet: string): ParsedWorkbook {
  const text = decodeText(bytes);
  if (text === undefined) return refuse({ code: "sheet.encodingUnknown" });
  const parsed = parseDelimited(text, sheet);
  if (!parsed.ok) return parsed;
  const rows = parsed.value;
  while (rows.length > 0 && rows.at(-1)?.every((cell) => cell.trim() === "")) rows.pop();
  if (rows.length === 0) return refuse({ code: "sheet.nothingInside" });
  if (rows.length > SHEET_LIMITS.rows) {
    return refuse({ code: "sheet.tooManyRows", facts: { sheet, row: rows.length, max: SHEET_LIMITS.rows } });
  }
  const wide = rows.findIndex(
    (row) => row.length > SHEET_LIMITS.columns && row.slice(SHEET_LIMITS.columns).some(Boolean),
  );
  if (wide >= 0) {
    const column = rows[wide]?.findLastIndex(Boolean) ?? SHEET_LIMITS.columns;
    const facts = { sheet, row: wide + 1, column: columnLetters(column), max: SHEET_LIMITS.columns };
    return refuse({ code: "sheet.tooManyColumns", facts });
  }
  const cells = rows.reduce((sum, row) => sum + row.filter(Boolean).length, 0);
  if (cells > SHEET_LIMITS.cells) return refuse({ code: "sheet.tooManyCells", facts: { max: SHEET_LIMITS.cells } });
  const chunks = packRows(rows.length, (row) => (rows[row] ?? []).map((cell) => ({ text: withoutGuard(cell) })));
  return accept({ sheets: [{ name: sheet, hidden: false, merges: [], chunks }] });
}
