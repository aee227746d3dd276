import * as XLSX from "xlsx";
import { numberCell } from "./cell-values";
import { withoutGuard } from "./formula-guard";
import { RowPacker, type PackedSheet } from "./row-chunks";
import { damaged, Unreadable, type CellQuota } from "./unreadable";
import { EMPTY_CELL, type Cell, type MergedArea } from "./workbook";

/** Reads the old binary format with the library. */
export function parseXls(bytes: Uint8Array, quota: CellQuota): PackedSheet[] {
  const workbook = openXls(bytes);
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const sheets: PackedSheet[] = [];
  for (const [index, name] of workbook.SheetNames.entries()) {
    const sheet = workbook.Sheets[name];
    if (!sheet || (sheet["!type"] ?? "sheet") !== "sheet") continue;
    const packer = new RowPacker();
    const data: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[] = sheet["!data"] ?? [];
    // forEach skips the holes of sparse rows: a single cell far out costs nothing.
    data.forEach((row, rowIndex) => {
      row?.forEach((cell, column) => {
        const read = cell ? cellOf(cell, date1904) : EMPTY_CELL;
        if (read.text === "") return;
        quota.admit(name, rowIndex, column);
        packer.put(rowIndex, column, read);
      });
    });
    const merges = (sheet["!merges"] ?? []).map(({ s, e }): MergedArea => {
      return { top: s.r, left: s.c, bottom: e.r, right: e.c };
    });
    const hidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    sheets.push({ name, hidden, ...packer.finish(merges) });
  }
  return sheets;
}

/** Versions of the container format. For version 0 the library would look for a zip archive inside, unchecked. */
const CONTAINER_VERSIONS = [3, 4];

function openXls(bytes: Uint8Array): XLSX.WorkBook {
  if (!CONTAINER_VERSIONS.includes(bytes[26] ?? 0) || bytes[27] !== 0) throw damaged();
  try {
    return XLSX.read(bytes, { type: "buffer", dense: true, cellNF: true, cellText: false, cellFormula: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    if (/password|EncryptionInfo|Encryption (?:Flags|scheme)|ECMA-376 Encrypted/i.test(reason))
      throw new Unreadable({ code: "sheet.passwordProtected" });
    if (/cannot find workbook stream/i.test(reason)) {
      throw new Unreadable({ code: "sheet.notASheet", facts: { kind: "office" } });
    }
    throw damaged();
  }
}

const ERROR_TEXTS: Readonly<Record<number, string>> = {
  0x00: "#NULL!",
  0x07: "#DIV/0!",
  0x0f: "#VALUE!",
  0x17: "#REF!",
  0x1d: "#NAME?",
  0x24: "#NUM!",
  0x2a: "#N/A",
};

function cellOf(cell: XLSX.CellObject, date1904: boolean): Cell {
  if (cell.v === undefined) return EMPTY_CELL;
  switch (cell.t) {
    case "n":
      return numberCell(Number(cell.v), String(cell.z ?? "General"), date1904);
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
