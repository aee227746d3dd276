import { randomUUID } from "node:crypto";
import * as XLSX from "xlsx";
import { arePlain, packSheets, READING } from "./pack-sheets";
import type { PackedSheet } from "./row-chunks";
import { scanCells, type ScannedCell } from "./scan-cells";
import type { CellQuota } from "./unreadable";
import { unpackXlsx } from "./unpack-xlsx";

/** The parts of the library that are used and not typed. */
interface Library {
  readonly CFB: {
    readonly utils: {
      cfb_new(): object;
      cfb_add(archive: object, path: string, content: Buffer, options: { readonly unsafe: true }): void;
    };
  };
  parse_zip(archive: object, options: XLSX.ParsingOptions): XLSX.WorkBook;
}
const library = XLSX as unknown as Library;

/**
 * Reads an .xlsx file with the library. It gets the parts already unpacked and checked: by itself it trusts what each
 * part's own header says, unpacks without a bound, and overlooks a wrong checksum. Cells of plain tables it does not get
 * at all: they are read apart, in a fraction of its time.
 */
export async function parseXlsx(bytes: Uint8Array, quota: CellQuota): Promise<PackedSheet[]> {
  const parts = await unpackXlsx(bytes);
  const apart = new Map<string, readonly ScannedCell[]>();
  const rest = new Map<string, Buffer>();
  for (const [name, content] of parts) {
    const scanned = WORKSHEET.test(name) ? scanCells(content) : undefined;
    const mark = randomUUID();
    if (scanned) apart.set(mark, scanned.cells);
    rest.set(name, scanned ? scanned.withMark(mark) : content);
  }
  const book = readParts(rest);
  if ([...apart.values()].every((cells) => arePlain(book, cells))) return packSheets(book, quota, apart);
  return packSheets(readParts(parts), quota);
}

const WORKSHEET = /^xl\/worksheets\/[^/]+\.xml$/i;

function readParts(parts: ReadonlyMap<string, Buffer>): XLSX.WorkBook {
  const archive = library.CFB.utils.cfb_new();
  for (const [name, content] of parts) {
    // "unsafe" leaves out a search for the same name, which a map of parts does not have twice.
    library.CFB.utils.cfb_add(archive, `/${name}`, content, { unsafe: true });
  }
  return library.parse_zip(archive, { ...READING });
}
