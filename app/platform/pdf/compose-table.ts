import { breakLines } from "./line-break";
import type { DocumentTable, DocumentTableColumn } from "./official-document.types";
import type { Band } from "./paginate";
import { BLOCK, SIZE } from "./page-geometry";
import { BLACK, type PlacedRule, type PlacedText } from "./placed";
import { centredBand, HEADING_ONE, keptWithNext, placeText, widthIn, type TextStyle } from "./set-lines";
import type { TextMeasure } from "./text-measure";
import { balancedTitleLines } from "./title-lines";

const CAPTION: TextStyle = { ...HEADING_ONE, size: SIZE.small, tracking: 0 };

/** How a table is set. @unit pt */
export interface TableLook {
  readonly width: number;
  readonly size: number;
  readonly leading: number;
  /** higher rows would leave no room for the header on their page: they go on in a second row */
  readonly mostLinesInRow: number;
}

/** In the text block of an official document. */
const OFFICIAL: TableLook = { width: BLOCK.width, size: SIZE.table, leading: 16, mostLinesInRow: 35 };

const cellText = ({ size }: TableLook): TextStyle => ({ face: "body", size, tracking: 0 });
const headerText = ({ size }: TableLook): TextStyle => ({ face: "headingOne", size, tracking: 0 });

const PADDING = { x: 4, y: 2.5 } as const;
const LINE = 0.5;
const SPACE_AROUND = 6;

interface Column extends DocumentTableColumn {
  readonly left: number;
  readonly width: number;
}

/** A table across its look's width: caption, header row and one band per row; rows are never cut between pages. */
export function tableBands(table: DocumentTable, measure: TextMeasure, look: TableLook = OFFICIAL): Band[] {
  if (table.columns.length === 0) return [];
  const columns = laidOut(table.columns, look);
  const titles = columns.map((column) => cellLines(column.title, headerText(look), column, measure));
  const centred = columns.map((column) => ({ ...column, align: "center" as const }));
  const header = rowBand(titles, headerText(look), centred, look, measure, true);
  const rows = table.rows
    .map((row) => columns.map((column, index) => cellLines(row[index] ?? "", cellText(look), column, measure)))
    .flatMap((cells) => withinPage(cells, look))
    .map((lines) => ({ ...rowBand(lines, cellText(look), columns, look, measure), repeats: header }));
  const space: Band = { height: SPACE_AROUND, items: [], gap: true };
  const caption = balancedTitleLines(table.caption ?? "", widthIn(CAPTION, measure), look.width).map((line) =>
    centredBand(line, CAPTION, measure),
  );
  const above = table.caption === undefined ? [space] : caption;
  return [...keptWithNext([...above, header]), ...rows, space];
}

function laidOut(columns: readonly DocumentTableColumn[], look: TableLook): Column[] {
  const shares = columns.reduce((sum, column) => sum + column.widthShare, 0);
  let left = 0;
  return columns.map((column) => {
    const width = (column.widthShare / shares) * look.width;
    left += width;
    return { ...column, left: left - width, width };
  });
}

function cellLines(text: string, style: TextStyle, column: Column, measure: TextMeasure): string[] {
  const room = column.width - 2 * PADDING.x;
  return breakLines(text, { widthOf: widthIn(style, measure), first: room, rest: room });
}

const highest = (cells: readonly (readonly string[])[]): number => Math.max(...cells.map((lines) => lines.length));

function withinPage(cells: string[][], { mostLinesInRow }: TableLook): string[][][] {
  const parts: string[][][] = [];
  for (let from = 0; from < highest(cells); from += mostLinesInRow) {
    parts.push(cells.map((lines) => lines.slice(from, from + mostLinesInRow)));
  }
  return parts;
}

function rowBand(
  cells: readonly (readonly string[])[],
  style: TextStyle,
  columns: readonly Column[],
  { width, leading }: TableLook,
  measure: TextMeasure,
  isFirst = false,
): Band {
  const height = highest(cells) * leading + 2 * PADDING.y;
  const texts = columns.flatMap((column, index) => {
    const lines = cells[index] ?? [];
    const top = (height - lines.length * leading) / 2;
    return lines.map((line, row) => {
      const placed = placeText(line, style, { x: 0, top: top + row * leading, height: leading }, measure);
      return { ...placed, x: leftOf(placed, column) };
    });
  });
  const edges = [...columns.map((column) => column.left), width];
  const rules = [
    ...edges.map((x) => rule(x - LINE / 2, 0, LINE, height)),
    ...(isFirst ? [rule(-LINE / 2, -LINE / 2, width + LINE, LINE)] : []),
    rule(-LINE / 2, height - LINE / 2, width + LINE, LINE),
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
