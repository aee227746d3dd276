import type * as XLSX from "xlsx";
import { numberCell } from "./cell-values";
import { withoutGuard } from "./formula-guard";
import { RowPacker, type PackedSheet } from "./row-chunks";
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

/** The worksheets of a workbook as the library read it, without what is not cells. */
export function packSheets(workbook: XLSX.WorkBook, quota: CellQuota): PackedSheet[] {
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const sheets: PackedSheet[] = [];
  for (const [index, name] of workbook.SheetNames.entries()) {
    const sheet = workbook.Sheets[name];
    // The library leaves out a sheet that it stumbled over, and would import the others without a word.
    if (!sheet) throw damaged();
    if ((sheet["!type"] ?? "sheet") !== "sheet") continue;
    const packer = new RowPacker();
    const rows = sheet["!data"] ?? [];
    for (const row of positions(rows)) {
      const cells = rows[row] ?? [];
      for (const column of positions(cells)) {
        const cell = cells[column];
        const read = cell ? cellOf(cell, date1904) : EMPTY_CELL;
        if (read.text === "") continue;
        quota.admit(name, row, column);
        packer.put(row, column, read);
      }
    }
    const merges = (sheet["!merges"] ?? []).map(({ s, e }): MergedArea => {
      return { top: s.r, left: s.c, bottom: e.r, right: e.c };
    });
    const hidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    sheets.push({ name, hidden, ...packer.finish(merges) });
  }
  return sheets;
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
