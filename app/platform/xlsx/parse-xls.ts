import * as XLSX from "xlsx";
import { packSheets, READING } from "./pack-sheets";
import type { PackedSheet } from "./row-chunks";
import { damaged, Unreadable, type CellQuota } from "./unreadable";

/** Reads the old binary format with the library. */
export const parseXls = (bytes: Uint8Array, quota: CellQuota): PackedSheet[] => packSheets(openXls(bytes), quota);

/** Versions of the container format. For version 0 the library would look for a zip archive inside, unchecked. */
const CONTAINER_VERSIONS = [3, 4];

function openXls(bytes: Uint8Array): XLSX.WorkBook {
  if (!CONTAINER_VERSIONS.includes(bytes[26] ?? 0) || bytes[27] !== 0) throw damaged();
  try {
    return XLSX.read(bytes, READING);
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
