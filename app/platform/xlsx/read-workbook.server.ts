import { accept, refuse, type Result } from "../../kernel/result";
import { runWorkerTask, WorkerTaskError } from "../workers/worker-task.server";
import { fileKindOf } from "./file-kind";
import type { FileToParse, ParsedWorkbook } from "./parse-workbook";
import { unpackRows } from "./row-chunks";
import type { SheetTask } from "./sheet.worker";
import { SHEET_LIMITS, type SheetGrid, type SheetRefusalCode, type Workbook } from "./workbook";

/** Measured: 1.2 million cells need 5–10 s. A file beyond these is refused, not waited for. */
const READ_LIMITS = { timeoutMs: 9_000, maxHeapMb: 768 } as const;

const MEBIBYTE = 1024 * 1024;

/**
 * Reads an uploaded sheet: .xlsx, .xls, or delimited text in UTF-8, UTF-16 or GBK. What the file is, is decided by its
 * content; bombs, protected and foreign files are refused before anything is unpacked or parsed; it happens in a worker.
 *
 * @returns the workbook, or why it cannot be read: `sheet.emptyFile`, `sheet.fileTooLarge`, `sheet.notASheet`,
 * `sheet.formatUnsupported`, `sheet.passwordProtected`, `sheet.damaged`, `sheet.unsafeArchive`, `sheet.encodingUnknown`,
 * `sheet.quoteUnclosed`, `sheet.nothingInside`, `sheet.tooManyRows`, `sheet.tooManyColumns`, `sheet.tooManyCells`,
 * `sheet.tooHeavy`
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string): Promise<Result<Workbook, SheetRefusalCode>> {
  const file = fileToParse(bytes, fileName);
  if (!file.ok) return file;
  const parsed = await parseInWorker(file.value);
  if (!parsed.ok) return parsed;
  const sheets: SheetGrid[] = [];
  for (const { chunks, length: _length, width: _width, ...sheet } of parsed.value.sheets) {
    sheets.push({ ...sheet, rows: await unpackRows(chunks) });
  }
  return accept({ sheets });
}

/** Tells by its first bytes what an upload is; refuses at once what no parser need look at. */
export function fileToParse(bytes: Uint8Array, fileName: string): Result<FileToParse, SheetRefusalCode> {
  const container = containerOf(bytes);
  if (!container.ok) return container;
  const namedAsText = /\.(?:csv|tsv|txt)$/i.test(fileName);
  return accept({ bytes, container: container.value, sheetName: sheetNameOf(fileName), namedAsText });
}

async function parseInWorker(file: FileToParse): Promise<ParsedWorkbook> {
  const task: SheetTask = { kind: "read", file };
  try {
    return await runWorkerTask<ParsedWorkbook>("sheet", task, READ_LIMITS);
  } catch (error) {
    if (!(error instanceof WorkerTaskError)) throw error;
    if (error.cause_ === "failed") throw error;
    return refuse({ code: "sheet.tooHeavy" });
  }
}

const sheetNameOf = (fileName: string): string => fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");

function containerOf(bytes: Uint8Array): Result<"zip" | "ole2" | "text", SheetRefusalCode> {
  if (bytes.length === 0) return refuse({ code: "sheet.emptyFile" });
  if (bytes.length > SHEET_LIMITS.fileBytes) {
    const facts = { megabytes: Math.ceil(bytes.length / MEBIBYTE), max: SHEET_LIMITS.fileBytes / MEBIBYTE };
    return refuse({ code: "sheet.fileTooLarge", facts });
  }
  const kind = fileKindOf(bytes);
  switch (kind) {
    case "ole2":
      return isEncryptedPackage(bytes) ? refuse({ code: "sheet.passwordProtected" }) : accept(kind);
    case "zip":
    case "text":
      return accept(kind);
    case "html":
    case "xml":
    case "webArchive":
    case "oldExcel":
      return refuse({ code: "sheet.formatUnsupported", facts: { kind } });
    case "richText":
    case "pdf":
    case "image":
    case "archive":
    case "binary":
      return refuse({ code: "sheet.notASheet", facts: { kind } });
  }
}

/** A protected .xlsx is an OLE2 file with this stream; its name stands in the directory in UTF-16. */
const ENCRYPTED_STREAM = Buffer.from("EncryptedPackage", "utf16le");

const isEncryptedPackage = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(ENCRYPTED_STREAM);
