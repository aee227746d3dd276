import * as XLSX from "xlsx";
import { READING, packSheets } from "./pack-sheets";
import type { PackedSheet } from "./row-chunks";
import type { CellQuota } from "./unreadable";
import { unpackXlsx } from "./unpack-xlsx";

/** The parts of the library's untyped container that are used. */
interface Container {
  readonly utils: {
    cfb_new(): object;
    cfb_add(archive: object, path: string, content: Buffer, options: { readonly unsafe: true }): void;
  };
  write(archive: object, options: { readonly fileType: "zip"; readonly type: "buffer" }): Buffer;
}
const container = XLSX.CFB as Container;

/**
 * Reads an .xlsx file with the library. It gets the parts in a new archive, already unpacked and checked: by itself it
 * trusts what each part's own header says, unpacks without a bound, and overlooks a wrong checksum.
 */
export async function parseXlsx(bytes: Uint8Array, quota: CellQuota): Promise<PackedSheet[]> {
  const checked = container.utils.cfb_new();
  for (const [name, content] of await unpackXlsx(bytes)) {
    // "unsafe" leaves out a search for the same name, which a map of parts does not have twice.
    container.utils.cfb_add(checked, `/${name}`, content, { unsafe: true });
  }
  return packSheets(XLSX.read(container.write(checked, { fileType: "zip", type: "buffer" }), READING), quota);
}
