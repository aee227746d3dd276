import { accept, refuse, type Result } from "../../kernel/result";
import { parseDelimited } from "./delimited-text";
import { parseXls } from "./parse-xls";
import { parseXlsx } from "./parse-xlsx";
import type { PackedSheet } from "./row-chunks";
import { CellQuota, Unreadable } from "./unreadable";
import type { SheetRefusalCode } from "./workbook";

export type ParsedWorkbook = Result<{ readonly sheets: readonly PackedSheet[] }, SheetRefusalCode>;

/** A file to parse, its kind already told by its content. */
export interface FileToParse {
  readonly bytes: Uint8Array;
  readonly container: "zip" | "ole2" | "text";
  /** delimited text has no sheet name of its own */
  readonly sheetName: string;
  /** the name ends like that of a text: a letter under such a name is a table of one column, under another it is none */
  readonly namedAsText: boolean;
}

/** Reads a file; in the worker only. */
export async function parseWorkbook(file: FileToParse): Promise<ParsedWorkbook> {
  const quota = new CellQuota();
  try {
    const sheets = await sheetsOf(file, quota);
    if (quota.isUnused) return refuse({ code: "sheet.nothingInside" });
    return accept({ sheets });
  } catch (error) {
    // Whatever a parser stumbles over, it is this file that nobody can read: the person needs an answer, not a failure.
    return refuse(error instanceof Unreadable ? error.refusal : { code: "sheet.damaged" });
  }
}

async function sheetsOf(
  { bytes, container, sheetName, namedAsText }: FileToParse,
  quota: CellQuota,
): Promise<PackedSheet[]> {
  switch (container) {
    case "zip":
      return parseXlsx(bytes, quota);
    case "ole2":
      return parseXls(bytes, quota);
    case "text": {
      const sheet = parseDelimited(bytes, sheetName, quota);
      // Many systems export delimited text under the name .xls; an error message under that name is no table.
      if (sheet.width === 1 && !namedAsText) throw new Unreadable({ code: "sheet.notASheet", facts: { kind: "text" } });
      return [sheet];
    }
  }
}
