import { headerKey, matchHeaders, type FoundHeader, type SheetColumn } from "./header-match";
import { columnLetters, type MergedArea } from "./workbook";

/** Titles, units and instructions stand above a header, but not more of them than this. */
const HEADER_SEARCH_ROWS = 30;
const HEADER_MAX_DEPTH = 3;

/** Rows of a sheet that are looked at to find its header. */
export const TOP_ROWS = HEADER_SEARCH_ROWS + HEADER_MAX_DEPTH;

/** The first rows of a sheet as texts, with its merged areas: all that is needed to find its header. */
export interface SheetTop {
  readonly top: readonly (readonly string[])[];
  readonly merges: readonly MergedArea[];
}

/** Where the header of a table stands, 0-based and inclusive; null when the sheet has none and its first row is data. */
export type HeaderPlace = { readonly first: number; readonly last: number } | null;

/** How a sheet is read as a table. */
export interface TableLayout {
  readonly header: HeaderPlace;
  /** 0-based column of the sheet for each known column that it has */
  readonly columns: Readonly<Record<string, number>>;
}

/** A layout that was found, with what it was found by. */
export interface FoundLayout extends TableLayout {
  readonly headers: readonly FoundHeader[];
  readonly missing: readonly SheetColumn[];
}

/** The rows that match most columns; required ones weigh more. Fewer rows win, then the higher ones. */
export function findLayout(sheet: SheetTop, columns: readonly SheetColumn[]): FoundLayout | undefined {
  const filled = mergedTexts(sheet);
  const weight = (candidate: FoundLayout) =>
    columns.reduce(
      (sum, { key, required }) => sum + (candidate.columns[key] === undefined ? 0 : required === true ? 3 : 1),
      0,
    );
  let best: FoundLayout | undefined;
  for (let depth = 1; depth <= HEADER_MAX_DEPTH; depth++) {
    for (let first = 0; first < Math.min(HEADER_SEARCH_ROWS, sheet.top.length - depth + 1); first++) {
      const headers = joinHeaders(filled.slice(first, first + depth));
      const candidate = matched({ first, last: first + depth - 1 }, headers, columns);
      if (weight(candidate) > (best ? weight(best) : 0)) best = candidate;
    }
  }
  return best;
}

/** The layout of a header that a person pointed at; without a header the columns are named by their letters. */
export function layoutAt(sheet: SheetTop, header: HeaderPlace, columns: readonly SheetColumn[]): FoundLayout {
  return matched(header, headersAt(sheet, header), columns);
}

function matched(header: HeaderPlace, headers: readonly FoundHeader[], columns: readonly SheetColumn[]): FoundLayout {
  const found = header === null ? new Map<string, number>() : matchHeaders(headers, columns);
  const placed = [...found].flatMap(([key, index]) => {
    const column = headers[index]?.column;
    return column === undefined ? [] : [[key, column] as const];
  });
  return {
    header,
    headers,
    columns: Object.fromEntries(placed),
    missing: columns.filter((column) => !found.has(column.key)),
  };
}

/** The headers of a sheet, left to right, as shown. */
export function headersAt(sheet: SheetTop, header: HeaderPlace): FoundHeader[] {
  if (header) return joinHeaders(mergedTexts(sheet).slice(header.first, header.last + 1));
  const width = Math.max(0, ...sheet.top.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => {
    const text = columnLetters(column);
    return { column, text, leaf: text, parts: [] };
  });
}

/** The top rows as texts, each merged area filled with its value. */
function mergedTexts({ top, merges }: SheetTop): string[][] {
  const texts = top.slice(0, TOP_ROWS).map((row) => [...row]);
  // A merge may claim to reach the last of 16,384 columns; only as far as the table does it say something.
  const widest = Math.max(0, ...texts.map((row) => row.length)) - 1;
  for (const { top: first, left, bottom, right } of merges) {
    const value = texts[first]?.[left];
    if (value === undefined) continue;
    for (const row of texts.slice(first, bottom + 1)) {
      for (let column = left; column <= Math.min(right, widest); column++) row[column] = value;
    }
  }
  return texts;
}

function joinHeaders(lines: readonly (readonly string[])[]): FoundHeader[] {
  const width = Math.max(0, ...lines.map((line) => line.length));
  const headers: FoundHeader[] = [];
  for (let column = 0; column < width; column++) {
    const parts = lines
      .map((line) => (line[column] ?? "").replace(/\s+/g, " ").trim())
      .filter((part, index, all) => part !== "" && part !== all[index - 1]);
    const leaf = parts.at(-1);
    if (leaf === undefined) continue;
    headers.push({ column, text: parts.join("/"), leaf, parts: parts.map(headerKey) });
  }
  return headers;
}
