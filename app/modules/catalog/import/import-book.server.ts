import { refuse, type Result } from "~/kernel/result";
import { runWorkerTask, WorkerTaskError } from "~/platform/workers/worker-task.server";
import type { FileToParse } from "~/platform/xlsx/parse-workbook";
import type { SheetRefusalCode } from "~/platform/xlsx/workbook";

import type { SheetOutline } from "./import-batch";
import type { ImportTask, JudgedChunk, OpenedBook } from "./import.worker.server";
import type { JudgeInput } from "./judge-rows.server";

/** A file at every limit needs ten seconds and, on a busy machine, minutes; nobody waits for it on a request. */
const LIMITS = { timeoutMs: 600_000, maxHeapMb: 768 } as const;

type Line = "import" | "importSmall";
const run = <Out>(line: Line, task: ImportTask): Promise<Out> => runWorkerTask<Out>(line, task, LIMITS);

/** A file up to this is read while the person waits: a second at most. @unit bytes */
const SMALL_FILE = 256 * 1024;

export const isSmallFile = (bytes: number): boolean => bytes <= SMALL_FILE;

/** An uploaded file that the import worker holds open. */
export interface Book {
  readonly sheets: readonly SheetOutline[];
  /** judges the rows of one sheet from the first on, a chunk at each call */
  judge(input: JudgeInput): AsyncGenerator<JudgedChunk>;
}

/**
 * Opens a file in the import worker for the time of some work on it.
 * @returns what the work answers, or why the file cannot be read
 */
export async function withBook<T, Code extends string>(
  file: FileToParse,
  work: (book: Book) => Promise<Result<T, Code>>,
): Promise<Result<T, Code | SheetRefusalCode>> {
  const line = isSmallFile(file.bytes.length) ? "importSmall" : "import";
  try {
    const opened = await run<OpenedBook>(line, { kind: "open", file });
    if (!opened.ok) return opened;
    const { book, sheets } = opened.value;
    try {
      return await work({ sheets, judge: (input) => judged(line, book, input) });
    } finally {
      await run(line, { kind: "close", book });
    }
  } catch (error) {
    if (!(error instanceof WorkerTaskError) || error.cause_ === "failed") throw error;
    return refuse({ code: "sheet.tooHeavy" });
  }
}

/** The next chunk is judged while the one before is stored. */
async function* judged(line: Line, book: number, input: JudgeInput): AsyncGenerator<JudgedChunk> {
  await run(line, { kind: "judge", book, input });
  let coming: Promise<JudgedChunk> | undefined = run<JudgedChunk>(line, { kind: "next", book });
  while (coming) {
    const chunk: JudgedChunk = await coming;
    coming = chunk.last ? undefined : run<JudgedChunk>(line, { kind: "next", book });
    // A consumer that stops early leaves this one behind: its failure is nobody's.
    coming?.catch(() => undefined);
    yield chunk;
  }
}
