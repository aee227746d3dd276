import { breakLines } from "./line-break";
import type { DocumentTable, DocumentTableColumn } from "./official-document.types";
import type { Band } from "./paginate";
import { BLOCK, SIZE } from "./page-geometry";
import { BLACK, type PlacedRule, type PlacedText } from "./placed";
import { centredBand, HEADING_ONE, keptWithNext, placeText, widthIn, type TextStyle } from "./set-lines";
import type { TextMeasure } from "./text-measure";
import { balancedTitleLines } from "./title-lines";

const CELL_TEXT: TextStyle = { face: "body", size: SIZE.table, tracking: 0 };
const HEADER_TEXT: TextStyle = { face: "headingOne", size: SIZE.table, tracking: 0 };
const CAPTION: TextStyle = { ...HEADING_ONE, size: SIZE.small, tracking: 0 };

/** @unit pt */
const LEADING = 16;
const PADDING = { x: 4, y: 2.5 } as const;
const LINE = 0.5;
const SPACE_AROUND = 6;

/** Higher rows would leave no room for the header on their page: they go on in a second row. */
const MOST_LINES_IN_ROW = 35;

interface Column extends DocumentTableColumn {
  readonly left: number;
  readonly width: number;
}

/** A table as wide as the text block: caption, header row and one band per row; rows are never cut between pages. */
export function tableBands(table: DocumentTable, measure: TextMeasure): Band[] {
  if (table.columns.length === 0) return [];
  const columns = laidOut(table.columns);
  const titles = columns.map((column) => cellLines(column.title, HEADER_TEXT, column, measure));
  const centred = columns.map((column) => ({ ...column, align: "center" as const }));
  const header = rowBand(titles, HEADER_TEXT, centred, true, measure);
  const rows = table.rows
    .map((row) => columns.map((column, index) => cellLines(row[index] ?? "", CELL_TEXT, column, measure)))
    .flatMap(withinPage)
    .map((lines) => ({ ...rowBand(lines, CELL_TEXT, columns, false, measure), repeats: header }));
  const space: Band = { height: SPACE_AROUND, items: [], gap: true };
  const caption = balancedTitleLines(table.caption ?? "", widthIn(CAPTION, measure), BLOCK.width).map((line) =>
    centredBand(line, CAPTION, measure),
  );
  const above = table.caption === undefined ? [space] : caption;
  return [...keptWithNext([...above, header]), ...rows, space];
}

function laidOut(columns: readonly DocumentTableColumn[]): Column[] {
  const shares = columns.reduce((sum, column) => sum + column.widthShare, 0);
  let left = 0;
  return columns.map((column) => {
    const width = (column.widthShare / shares) * BLOCK.width;
    left += width;
    return { ...column, left: left - width, width };
  });
}

function cellLines(text: string, style: TextStyle, column: Column, measure: TextMeasure): string[] {
  const room = column.width - 2 * PADDING.x;
  return breakLines(text, { widthOf: widthIn(style, measure), first: room, rest: room });
}

const highest = (cells: readonly (readonly string[])[]): number => Math.max(...cells.map((lines) => lines.length));

function withinPage(cells: string[][]): string[][][] {
  const parts: string[][][] = [];
  for (let from = 0; from < highest(cells); from += MOST_LINES_IN_ROW) {
    parts.push(cells.map((lines) => lines.slice(from, from + MOST_LINES_IN_ROW)));
  }
  return parts;
}

function rowBand(
  cells: readonly (readonly string[])[],
  style: TextStyle,
  columns: readonly Column[],
  isFirst: boolean,
  measure: TextMeasure,
): Band {
  const height = highest(cells) * LEADING + 2 * PADDING.y;
  const texts = columns.flatMap((column, index) => {
    const lines = cells[index] ?? [];
    const top = (height - lines.length * LEADING) / 2;
    return lines.map((line, row) => {
      const placed = placeText(line, style, { x: 0, top: top + row * LEADING, height: LEADING }, measure);
      return { ...placed, x: leftOf(placed, column) };
    });
  });
  const edges = [...columns.map((column) => column.left), BLOCK.width];
  const rules = [
    ...edges.map((x) => rule(x - LINE / 2, 0, LINE, height)),
    ...(isFirst ? [rule(-LINE / 2, -LINE / 2, BLOCK.width + LINE, LINE)] : []),
    rule(-LINE / 2, height - LINE / 2, BLOCK.width + LINE, LINE),
  ];
  return { height, items: [...texts.filter((line) => line.text !== ""), ...rules] };
}

function leftOf(line: PlacedText, column: Column): number {
  const room = column.width - 2 * PADDING.x;
  const share = { left: 0, center: 0.5, right: 1 }[column.align];
  return column.left + PADDING.x + (room - line.width) * share;
}

const rule = (x: number, y: number, width: number, height: number): PlacedRule => ({
  kind: "rule",
  x,
  y,
  width,
  height,
  color: BLACK,
});
