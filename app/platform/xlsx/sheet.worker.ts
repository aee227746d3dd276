import { serveTasks } from "../workers/serve-tasks";
import { buildWorkbook, type PackedWorkbookToWrite } from "./build-workbook";
import { parseWorkbook, type ParsedWorkbook } from "./parse-workbook";

/** What the sheet worker does; the answer to `read` is a ParsedWorkbook, to `write` the bytes of the file. */
export type SheetTask =
  | {
      readonly kind: "read";
      readonly bytes: Uint8Array;
      readonly container: "zip" | "ole2" | "text";
      readonly sheetName: string;
    }
  | { readonly kind: "write"; readonly workbook: PackedWorkbookToWrite };

serveTasks<SheetTask, ParsedWorkbook | Uint8Array>((task) =>
  task.kind === "read" ? parseWorkbook(task.bytes, task.container, task.sheetName) : buildWorkbook(task.workbook),
);
