import { refuse, type Result } from "~/kernel/result";
import { runWorkerTask, WorkerTaskError } from "~/platform/workers/worker-task.server";
import type { FileToParse } from "~/platform/xlsx/parse-workbook";
import type { SheetRefusalCode } from "~/platform/xlsx/workbook";

import type { SheetOutline } from "./import-batch";
import type { ImportTask, JudgedChunk, OpenedBook } from "./import.worker.server";
import type { JudgeInput } from "./judge-rows.server";

/** A file at every limit needs ten seconds and, on a busy machine, minutes; nobody waits for it on a request. */
const LIMITS = { timeoutMs: 600_000, maxHeapMb: 768 } as const;

const run = <Out>(task: ImportTask): Promise<Out> => runWorkerTask<Out>("import", task, LIMITS);

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
  try {
    const opened = await run<OpenedBook>({ kind: "open", file });
    if (!opened.ok) return opened;
    const { book, sheets } = opened.value;
    try {
      return await work({ sheets, judge: (input) => judged(book, input) });
    } finally {
      await run({ kind: "close", book });
    }
  } catch (error) {
    if (!(error instanceof WorkerTaskError) || error.cause_ === "failed") throw error;
    return refuse({ code: "sheet.tooHeavy" });
  }
}

/** The next chunk is judged while the one before is stored. */
async function* judged(book: number, input: JudgeInput): AsyncGenerator<JudgedChunk> {
  await run({ kind: "judge", book, input });
  let coming: Promise<JudgedChunk> | undefined = run<JudgedChunk>({ kind: "next", book });
  while (coming) {
    const chunk: JudgedChunk = await coming;
    coming = chunk.last ? undefined : run<JudgedChunk>({ kind: "next", book });
    // A consumer that stops early leaves this one behind: its failure is nobody's.
    coming?.catch(() => undefined);
    yield chunk;
  }
}
