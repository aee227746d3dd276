import * as zlib from "node:zlib";
import * as XLSX from "xlsx";
import { serveTasks } from "../workers/serve-tasks";
import { buildWorkbook, type PackedWorkbookToWrite } from "./build-workbook";
import { parseWorkbook, type FileToParse, type ParsedWorkbook } from "./parse-workbook";

/** What the sheet worker does; the answer to `read` is a ParsedWorkbook, to `write` the bytes of the file. */
export type SheetTask =
  | { readonly kind: "read"; readonly file: FileToParse }
  | { readonly kind: "write"; readonly workbook: PackedWorkbookToWrite };

// The library prints a line for each record it does not know: a broken upload must not fill the log.
Object.assign(console, { error: () => undefined });

// Its own deflate packs to four times the size. Handed Node's, it first asks that for a property under an old name.
Object.assign(process, { noDeprecation: true });
(XLSX.CFB as { readonly utils: { use_zlib(library: typeof zlib): void } }).utils.use_zlib(zlib);

serveTasks<SheetTask, ParsedWorkbook | Uint8Array>((task) =>
  task.kind === "read" ? parseWorkbook(task.file) : buildWorkbook(task.workbook),
);
