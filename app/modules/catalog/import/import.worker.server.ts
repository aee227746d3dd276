import { serveTasks } from "~/platform/workers/serve-tasks";
import { parseWorkbook, type FileToParse } from "~/platform/xlsx/parse-workbook";
import { prepareLibrary } from "~/platform/xlsx/prepare-library";
import { unpackTexts, type PackedSheet } from "~/platform/xlsx/row-chunks";
import { TOP_ROWS, type SheetTop } from "~/platform/xlsx/table-layout";
import type { SheetRefusalCode } from "~/platform/xlsx/workbook";
import { accept, type Result } from "~/kernel/result";

import type { ReadingFacts, SheetOutline } from "./import-batch";
import { RowJudge, type JudgeInput } from "./judge-rows.server";

/** What the import worker does. A book stays open between tasks, so that its rows leave the worker a chunk at a time. */
export type ImportTask =
  | { readonly kind: "open"; readonly file: FileToParse }
  | { readonly kind: "judge"; readonly book: number; readonly input: JudgeInput }
  | { readonly kind: "next"; readonly book: number }
  | { readonly kind: "close"; readonly book: number };

/** The answer to `open`. */
export type OpenedBook = Result<{ readonly book: number; readonly sheets: readonly SheetOutline[] }, SheetRefusalCode>;

/** The answer to `next`: judged rows as one JSON text, which the database takes apart. */
export interface JudgedChunk {
  readonly json: string;
  readonly good: number;
  readonly bad: number;
  readonly facts: Pick<ReadingFacts, "dropped" | "droppedCount">;
  /** no rows are left */
  readonly last: boolean;
}

prepareLibrary();

interface OpenBook {
  readonly sheets: readonly PackedSheet[];
  judging?: { readonly judge: RowJudge; readonly sheet: PackedSheet; chunk: number; row: number };
}

const books = new Map<number, OpenBook>();
let opened = 0;

/** What the mapping step needs of a text to show it. */
const SHOWN_LENGTH = 80;
/** Dropped rows that are told one by one; of more only the number is. */
const MOST_DROPPED = 20;

async function open(file: FileToParse): Promise<OpenedBook> {
  const parsed = await parseWorkbook(file);
  if (!parsed.ok) return parsed;
  const { sheets } = parsed.value;
  books.set(++opened, { sheets });
  return accept({ book: opened, sheets: sheets.map(outlineOf) });
}

function topOf({ chunks, merges }: PackedSheet): SheetTop {
  return { top: chunks[0] === undefined ? [] : unpackTexts(chunks[0]).slice(0, TOP_ROWS), merges };
}

function outlineOf(sheet: PackedSheet): SheetOutline {
  const { top, merges } = topOf(sheet);
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    rows: sheet.length,
    top: top.map((row) => row.map((text) => text.replace(/[\0\p{Cs}]/gu, "").slice(0, SHOWN_LENGTH))),
    merges: merges.filter((area) => area.top < TOP_ROWS),
  };
}

function bookOf(number: number): OpenBook {
  const book = books.get(number);
  if (!book) throw new Error("the book is no longer open");
  return book;
}

function startJudging(number: number, input: JudgeInput): void {
  const book = bookOf(number);
  const sheet = book.sheets[input.mapping.sheet];
  if (!sheet) throw new Error("the book has no such sheet");
  const judge = new RowJudge(input, topOf(sheet));
  book.judging = { judge, sheet, chunk: 0, row: 0 };
}

function nextChunk(number: number): JudgedChunk {
  const { judging } = bookOf(number);
  if (!judging) throw new Error("the book is not being judged");
  const { judge, sheet } = judging;
  const rows = unpackTexts(sheet.chunks[judging.chunk] ?? "[]");
  const packed: object[] = [];
  const dropped: { rowNumber: number; text: string; reason: string }[] = [];
  let [good, droppedCount] = [0, 0];
  for (const [offset, cells] of rows.entries()) {
    const index = judging.row + offset;
    if (index < judge.firstRow) continue;
    const row = judge.judge(index, cells);
    if ("reason" in row) {
      if (row.reason === "blank") continue;
      droppedCount++;
      if (dropped.length < MOST_DROPPED) dropped.push({ ...row, text: row.text.slice(0, SHOWN_LENGTH) });
      continue;
    }
    if (row.input) good++;
    packed.push({ n: row.rowNumber, i: row.input, c: row.cells, p: row.problems });
  }
  judging.chunk++;
  judging.row += rows.length;
  return {
    json: JSON.stringify(packed),
    good,
    bad: packed.length - good,
    facts: { dropped, droppedCount },
    last: judging.chunk >= sheet.chunks.length,
  };
}

serveTasks<ImportTask, OpenedBook | JudgedChunk | null>((task) => {
  switch (task.kind) {
    case "open":
      return open(task.file);
    case "judge":
      startJudging(task.book, task.input);
      return null;
    case "next":
      return nextChunk(task.book);
    case "close":
      books.delete(task.book);
      return null;
  }
});
