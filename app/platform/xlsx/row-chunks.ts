import { setImmediate as nextTurn } from "node:timers/promises";
import { clipMerges } from "./clip-merges";
import { damaged } from "./unreadable";
import { EMPTY_CELL, type Cell, type MergedArea, type SheetGrid } from "./workbook";

/**
 * Rows travel between threads as JSON texts of this many rows: a text is copied at memory speed, and the event loop
 * gets a turn between two of them. A hundred thousand rows sent as objects would hold it for over a second.
 */
const ROWS_PER_CHUNK = 500;

/** A cell in its shortest JSON: most have only a text. */
type PackedCell = string | readonly [string, number] | Cell;

/** A sheet on its way between threads. */
export interface PackedSheet extends Omit<SheetGrid, "rows"> {
  readonly chunks: readonly string[];
  /** rows in all chunks together */
  readonly length: number;
  /** columns up to the last with content */
  readonly width: number;
}

const pack = (cell: Cell): PackedCell => {
  if (cell.date !== undefined || cell.error !== undefined) return cell;
  return cell.number === undefined ? cell.text : [cell.text, cell.number];
};

const unpack = (packed: PackedCell): Cell => {
  if (typeof packed === "string") return packed === "" ? EMPTY_CELL : { text: packed };
  return "text" in packed ? packed : { text: packed[0], number: packed[1] };
};

/**
 * In the worker: packs the cells of one sheet as they are read, top to bottom. What was packed no longer holds on to
 * the text of the file it was cut from.
 */
export class RowPacker {
  private readonly chunks: string[] = [];
  private rows: PackedCell[][] = [];
  private firstRow = 0;
  private width = 0;

  /** @param row 0-based, not above one already packed @param column 0-based */
  put(row: number, column: number, cell: Cell): void {
    if (row < this.firstRow) throw damaged();
    while (row >= this.firstRow + ROWS_PER_CHUNK) this.pack(ROWS_PER_CHUNK);
    (this.rows[row - this.firstRow] ??= [])[column] = pack(cell);
    this.width = Math.max(this.width, column + 1);
  }

  /** All rows up to the last with content; holes have become empty cells and rows. */
  finish(merges: readonly MergedArea[] = []): Pick<PackedSheet, "chunks" | "length" | "width" | "merges"> {
    if (this.rows.length > 0) this.pack(this.rows.length);
    const { chunks, width, firstRow: length } = this;
    return { chunks, length, width, merges: clipMerges(merges, length, width) };
  }

  private pack(count: number): void {
    const dense: PackedCell[][] = [];
    for (let index = 0; index < count; index++) {
      const row = this.rows[index] ?? [];
      for (let column = 0; column < row.length; column++) row[column] ??= "";
      dense.push(row);
    }
    this.chunks.push(JSON.stringify(dense));
    this.firstRow += count;
    this.rows = [];
  }
}

/** The rows of one chunk, as texts alone. */
export const unpackTexts = (chunk: string): string[][] =>
  (JSON.parse(chunk) as PackedCell[][]).map((row) =>
    row.map((packed) => (typeof packed === "string" ? packed : unpack(packed).text)),
  );

const unpackChunk = (chunk: string): Cell[][] => (JSON.parse(chunk) as PackedCell[][]).map((row) => row.map(unpack));

/** On the event loop: unpacks what the worker sent, one chunk a turn. */
export async function unpackRows(chunks: readonly string[]): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (const chunk of chunks) {
    rows.push(...unpackChunk(chunk));
    await nextTurn();
  }
  return rows;
}

export type ValueRow = readonly (string | number | null)[];

/** On the event loop: packs rows to be written, one chunk a turn. */
export async function packValueRows(rows: readonly ValueRow[]): Promise<string[]> {
  const chunks: string[] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
    chunks.push(JSON.stringify(rows.slice(from, from + ROWS_PER_CHUNK)));
    await nextTurn();
  }
  return chunks;
}

export const unpackValueRows = (chunk: string): ValueRow[] => JSON.parse(chunk) as ValueRow[];
