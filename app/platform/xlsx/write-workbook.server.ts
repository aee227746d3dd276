import { runWorkerTask } from "../workers/worker-task.server";
import { packValueRows } from "./row-chunks";
import type { PackedSheetToWrite } from "./build-workbook";
import type { WorkbookToWrite } from "./sheet-to-write";
import type { SheetTask } from "./sheet.worker";

const WRITE_LIMITS = { timeoutMs: 60_000, maxHeapMb: 768 } as const;

/**
 * Writes an .xlsx file in the worker. Cells hold texts, numbers and dates, never formulas; a text that could be run as
 * one after the file was saved as .csv gets an apostrophe before it, which `readWorkbook` takes off again.
 * @throws WorkerTaskError when it takes over a minute or the memory of the worker
 */
export async function writeWorkbook(workbook: WorkbookToWrite): Promise<Uint8Array> {
  const sheets: PackedSheetToWrite[] = [];
  for (const { rows, ...sheet } of workbook.sheets) sheets.push({ ...sheet, chunks: await packValueRows(rows) });
  const task: SheetTask = { kind: "write", workbook: { sheets, properties: workbook.properties } };
  return runWorkerTask<Uint8Array>("sheet", task, WRITE_LIMITS);
}
