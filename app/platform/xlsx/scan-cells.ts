import { SHEET_LIMITS } from "./workbook";

/** A cell as the file holds it, its place 0-based. */
export interface ScannedCell {
  readonly row: number;
  readonly column: number;
  /** position among the shared texts, or the number itself */
  readonly value: number;
  /** of a number: its style; undefined: the value is a shared text */
  readonly style: number | undefined;
}

/** The cells of one worksheet, and the part of the file without them. */
interface ScannedPart {
  readonly cells: readonly ScannedCell[];
  /** the part as it was, its rows replaced by one cell A1 with the text `mark` */
  withMark(mark: string): Buffer;
}

const OPEN = "<sheetData>";
const CLOSE = "</sheetData>";
const ROW = /\s*<row r="(\d{1,7})"[^<>]*>/y;
const ROW_END = /\s*<\/row>/y;
const CELL = /\s*<c r="([A-Z]{1,3})(\d{1,7})"([^<>]*)>/y;
const VALUE = /<v>([^<]+)<\/v><\/c>/y;
const NO_VALUE = /<\/c>/y;
const NUMBER = /^-?\d[\d.eE+-]*$/;

/**
 * Reads a worksheet that holds shared texts and numbers only, row by row in their order, as every program writes plain
 * tables: four times as fast as the library. The least thing besides (a formula, an own text, a date, an order of its own)
 * leaves the whole part to the library.
 * @returns undefined when the library must read it
 */
export function scanCells(part: Buffer): ScannedPart | undefined {
  const open = part.indexOf(OPEN);
  const close = part.indexOf(CLOSE, open);
  if (open < 0 || close < 0 || part.indexOf("sheetData") !== open + 1) return undefined;
  if (part.indexOf("sheetData", close + CLOSE.length) >= 0) return undefined;
  const cells = cellsOf(part.toString("latin1", open + OPEN.length, close));
  if (!cells) return undefined;
  const withMark = (mark: string) =>
    Buffer.concat([
      part.subarray(0, open + OPEN.length),
      Buffer.from(`<row r="1"><c r="A1" t="str"><v>${mark}</v></c></row>`),
      part.subarray(close),
    ]);
  return { cells, withMark };
}

function cellsOf(rows: string): ScannedCell[] | undefined {
  const cells: ScannedCell[] = [];
  const shapes = new Map<string, Shape | undefined>();
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(rows);
    if (match) at = pattern.lastIndex;
    return match;
  };
  let lastRow = -1;
  for (let tag = next(ROW); tag; tag = next(ROW)) {
    const row = Number(tag[1]) - 1;
    if (row <= lastRow) return undefined;
    lastRow = row;
    if (tag[0].endsWith("/>")) continue;
    let lastColumn = -1;
    for (let cell = next(CELL); cell; cell = next(CELL)) {
      const [, letters = "", number, attributes = ""] = cell;
      const column = columnOf(letters);
      if (column <= lastColumn || Number(number) - 1 !== row) return undefined;
      lastColumn = column;
      if (!shapes.has(attributes)) shapes.set(attributes, shapeOf(attributes));
      const shape = shapes.get(attributes);
      if (!shape) return undefined;
      if (shape.closed || next(NO_VALUE)) continue;
      const value = valueOf(next(VALUE)?.[1], shape);
      if (value === undefined || cells.length === SHEET_LIMITS.cells) return undefined;
      cells.push({ row, column, value, style: shape.style });
    }
    if (!next(ROW_END)) return undefined;
  }
  return rows.slice(at).trim() === "" ? cells : undefined;
}

/** What the attributes of a cell say, its place aside. */
interface Shape {
  /** as in `ScannedCell` */
  readonly style: number | undefined;
  readonly closed: boolean;
}

function shapeOf(attributes: string): Shape | undefined {
  const closed = attributes.endsWith("/");
  let style = 0;
  let isText = false;
  for (const attribute of (closed ? attributes.slice(0, -1) : attributes).split(" ")) {
    if (/^s="\d{1,5}"$/.test(attribute)) style = Number(attribute.slice(3, -1));
    else if (attribute === 't="s"') isText = true;
    else if (attribute !== "" && attribute !== 't="n"') return undefined;
  }
  return { style: isText ? undefined : style, closed };
}

function valueOf(text: string | undefined, { style }: Shape): number | undefined {
  if (text === undefined || !NUMBER.test(text)) return undefined;
  const value = Number(text);
  if (style === undefined) return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  return Number.isFinite(value) ? value : undefined;
}

function columnOf(letters: string): number {
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}
