import { setImmediate as nextTurn } from "node:timers/promises";
import { EMPTY_CELL, type Cell } from "./workbook";

/**
 * Rows travel between threads as JSON texts of this many rows: a text is copied at memory speed, and the event loop
 * gets a turn between two of them. A hundred thousand rows sent as objects would hold it for over a second.
 */
const ROWS_PER_CHUNK = 500;

/** A cell in its shortest JSON: most have only a text. */
type PackedCell = string | readonly [string, number] | Cell;

const pack = (cell: Cell): PackedCell => {
  if (cell.date !== undefined || cell.error !== undefined) return cell;
  return cell.number === undefined ? cell.text : [cell.text, cell.number];
};

const unpack = (packed: PackedCell): Cell => {
  if (typeof packed === "string") return packed === "" ? EMPTY_CELL : { text: packed };
  return "text" in packed ? packed : { text: packed[0], number: packed[1] };
};

/** In the worker: packs rows; holes in them become empty cells. */
export function packRows(rows: readonly (readonly Cell[])[]): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
    const chunk = Array.from(rows.slice(from, from + ROWS_PER_CHUNK), (row: readonly Cell[] | undefined) =>
      Array.from(row ?? [], (cell: Cell | undefined) => pack(cell ?? EMPTY_CELL)),
    );
    chunks.push(JSON.stringify(chunk));
  }
  return chunks;
}

/** On the event loop: unpacks what the worker sent, one chunk a turn. */
export async function unpackRows(chunks: readonly string[]): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (const chunk of chunks) {
    for (const row of JSON.parse(chunk) as PackedCell[][]) rows.push(row.map(unpack));
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
