import type * as XLSX from "xlsx";
import { numberCell } from "./cell-values";
import { withoutGuard } from "./formula-guard";
import { RowPacker, type PackedSheet } from "./row-chunks";
import type { ScannedCell } from "./scan-cells";
import { damaged, type CellQuota } from "./unreadable";
import { EMPTY_CELL, type Cell, type MergedArea } from "./workbook";

/** How the library reads: cells as stored, with their number formats and the texts these give. */
export const READING = {
  type: "buffer",
  dense: true,
  cellNF: true,
  cellText: true,
  cellFormula: false,
  cellHTML: false,
} as const satisfies XLSX.ParsingOptions;

/** What the library knows of a workbook besides its typings. */
interface ReadBook extends XLSX.WorkBook {
  readonly Strings?: readonly { readonly t?: string }[];
  /** number formats by their numbers */
  readonly SSF?: Readonly<Record<number, string>>;
  readonly Styles?: { readonly CellXf?: readonly { readonly numFmtId?: number }[] };
}

const PLAIN = "General";

/** Whether all numbers among cells are shown as they are: in no format, or as text. */
export function arePlain({ Styles, SSF }: ReadBook, cells: readonly ScannedCell[]): boolean {
  const styles = new Set(cells.map(({ style }) => style));
  return [...styles].every((style) => {
    const format = SSF?.[Styles?.CellXf?.[style ?? 0]?.numFmtId ?? 0];
    return style === undefined || format === PLAIN || format === "@";
  });
}

/**
 * The worksheets of a workbook as the library read it, without what is not cells.
 * @param apart cells that were read apart, by the mark that their worksheet has in A1 instead
 */
export function packSheets(
  workbook: ReadBook,
  quota: CellQuota,
  apart: ReadonlyMap<string, readonly ScannedCell[]> = new Map(),
): PackedSheet[] {
  const sheets: PackedSheet[] = [];
  for (const [index, name] of workbook.SheetNames.entries()) {
    const sheet = workbook.Sheets[name];
    // The library leaves out a sheet that it stumbled over, and would import the others without a word.
    if (!sheet) throw damaged();
    if ((sheet["!type"] ?? "sheet") !== "sheet") continue;
    const packer = new RowPacker();
    const put = (row: number, column: number, cell: Cell) => {
      if (cell.text === "") return;
      quota.admit(name, row, column);
      packer.put(row, column, cell);
    };
    const scanned = apart.get(String(sheet["!data"]?.[0]?.[0]?.v));
    if (scanned) putScanned(scanned, workbook.Strings ?? [], put);
    else putCells(sheet["!data"] ?? [], workbook.Workbook?.WBProps?.date1904 === true, put);
    const merges = (sheet["!merges"] ?? []).map(({ s, e }): MergedArea => {
      return { top: s.r, left: s.c, bottom: e.r, right: e.c };
    });
    const hidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    sheets.push({ name, hidden, ...packer.finish(merges) });
  }
  return sheets;
}

type Put = (row: number, column: number, cell: Cell) => void;

function putCells(rows: readonly XLSX.CellObject[][], date1904: boolean, put: Put): void {
  for (const row of positions(rows)) {
    const cells = rows[row] ?? [];
    for (const column of positions(cells)) {
      const cell = cells[column];
      if (cell) put(row, column, cellOf(cell, date1904));
    }
  }
}

function putScanned(cells: readonly ScannedCell[], texts: NonNullable<ReadBook["Strings"]>, put: Put): void {
  for (const { row, column, value, style } of cells) {
    if (style !== undefined) put(row, column, numberCell(value, { z: PLAIN }, false));
    else {
      const shared = texts[value];
      if (!shared) throw damaged();
      put(row, column, { text: withoutGuard(String(shared.t ?? "")) });
    }
  }
}

/**
 * Where something stands in a sparse array. A loop up to its length would take minutes where one cell stands far out.
 * @throws Unreadable `sheet.damaged` for a position that no sheet has
 */
function positions(sparse: readonly unknown[]): number[] {
  const found: number[] = [];
  for (const key of Object.keys(sparse)) {
    const position = Number(key);
    if (!(position >= 0)) throw damaged();
    found.push(position);
  }
  return found;
}

function cellOf(cell: XLSX.CellObject, date1904: boolean): Cell {
  switch (cell.t) {
    case "n":
      return numberCell(Number(cell.v), cell, date1904);
    case "e": {
      const error = cell.w ?? "#ERROR!";
      return { text: error, error };
    }
    case "b":
      return { text: cell.v === true ? "TRUE" : "FALSE" };
    case "s":
      return { text: withoutGuard(String(cell.v ?? "")) };
    case "d":
    case "z":
      return EMPTY_CELL;
  }
}
