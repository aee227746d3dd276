import { isLocalDate } from "../../kernel/local-date";
import { numberCell } from "./cell-values";
import { withoutGuard } from "./formula-guard";
import { damaged } from "./unreadable";
import { EMPTY_CELL, type Cell } from "./workbook";
import { attribute, elementText, isTagAt, richText, unescapeXml } from "./xml-scan";

/** What a cell needs to be understood. */
export interface Book {
  readonly strings: readonly string[];
  /** number format by cell style */
  readonly formats: readonly string[];
  readonly date1904: boolean;
}

/** Where the scan stands, 0-based; rows and cells without a reference follow the one before. */
interface Place {
  row: number;
  column: number;
}

/** Reads the cells with content in a piece of sheet XML that begins and ends between rows. */
export function scanRows(
  xml: string,
  prefix: string,
  book: Book,
  place: Place,
  take: (row: number, column: number, cell: Cell) => void,
): void {
  const [rowTag, cellTag, cellClose] = [`${prefix}row`, `${prefix}c`, `</${prefix}c>`];
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at)) {
    const isCell = isTagAt(xml, cellTag, at);
    if (!isCell && !isTagAt(xml, rowTag, at)) {
      at++;
      continue;
    }
    const open = xml.indexOf(">", at);
    if (open < 0) throw damaged();
    const tag = xml.slice(at, open);
    const reference = attribute(tag, "r");
    at = open;
    if (!isCell) {
      place.row = reference === undefined ? place.row + 1 : Number(reference) - 1;
      place.column = -1;
      if (!(place.row >= 0)) throw damaged();
      continue;
    }
    place.column = reference === undefined ? place.column + 1 : columnOf(reference);
    if (tag.endsWith("/")) continue;
    const close = xml.indexOf(cellClose, open);
    if (close < 0) throw damaged();
    const cell = cellOf(tag, xml.slice(open + 1, close), prefix, book);
    if (cell.text !== "") take(place.row, place.column, cell);
    at = close + cellClose.length;
  }
}

/** "AB12" → 27 */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index++) {
    const letter = reference.charCodeAt(index) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  if (column === 0) throw damaged();
  return column - 1;
}

function cellOf(tag: string, body: string, prefix: string, book: Book): Cell {
  const type = attribute(tag, "t") ?? "n";
  if (type === "inlineStr") return { text: withoutGuard(richText(body, prefix)) };
  const value = elementText(body, `${prefix}v`);
  if (value === undefined || value === "") return EMPTY_CELL;
  switch (type) {
    case "s": {
      const text = book.strings[Number(value)];
      if (text === undefined) throw damaged();
      return { text: withoutGuard(text) };
    }
    case "b":
      return { text: ["1", "true"].includes(value) ? "TRUE" : "FALSE" };
    case "e": {
      const error = unescapeXml(value);
      return { text: error, error };
    }
    case "d":
      return isoCell(value);
    case "n": {
      const number = Number(value);
      if (Number.isNaN(number)) throw damaged();
      return numberCell(number, book.formats[Number(attribute(tag, "s") ?? 0)] ?? "General", book.date1904);
    }
    default:
      return { text: withoutGuard(unescapeXml(value)) };
  }
}

function isoCell(value: string): Cell {
  const [date = "", time = ""] = value.split("T");
  if (!isLocalDate(date)) return { text: value };
  const clock = time.slice(0, 5);
  return { text: clock === "" || clock === "00:00" ? date : `${date} ${clock}`, date };
}
