import { serveTasks } from "../workers/serve-tasks";
import { buildWorkbook, type PackedWorkbookToWrite } from "./build-workbook";
import { parseWorkbook, type FileToParse, type ParsedWorkbook } from "./parse-workbook";
import { prepareLibrary } from "./prepare-library";

/** What the sheet worker does; the answer to `read` is a ParsedWorkbook, to `write` the bytes of the file. */
export type SheetTask =
  | { readonly kind: "read"; readonly file: FileToParse }
  | { readonly kind: "write"; readonly workbook: PackedWorkbookToWrite };

prepareLibrary();

serveTasks<SheetTask, ParsedWorkbook | Uint8Array>((task) =>
  task.kind === "read" ? parseWorkbook(task.file) : buildWorkbook(task.workbook),
);
