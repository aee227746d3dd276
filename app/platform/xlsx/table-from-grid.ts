import { accept, refuse, type Result } from "../../kernel/result";
import { headerKey, matchHeaders, unitOf, type FoundHeader, type SheetColumn } from "./header-match";
import { squeezed } from "./text-values";
import { EMPTY_CELL, type Cell, type SheetGrid } from "./workbook";

export interface TableRow {
  /** as the spreadsheet program shows it, 1-based */
  readonly rowNumber: number;
  /** a cell for every known column, blank when the sheet lacks the column */
  readonly values: Readonly<Record<string, Cell>>;
}

export interface DroppedRow {
  readonly rowNumber: number;
  readonly reason: "blank" | "total" | "footnote" | "repeatedHeader";
  /** its first text */
  readonly text: string;
}

export interface SheetTable {
  readonly rows: readonly TableRow[];
  /** the lowest row of the header, 1-based; data begin below it */
  readonly headerRow: number;
  /** all headers of the sheet, left to right, as shown */
  readonly headers: readonly FoundHeader[];
  /** the unit a known column's header names in brackets, by column key */
  readonly units: Readonly<Record<string, string>>;
  /** the unit that a title line names for the whole table: "单位：万元" */
  readonly tableUnit?: string;
  readonly unmatchedHeaders: readonly string[];
  /** titles of optional columns that the sheet lacks */
  readonly missingColumns: readonly string[];
  readonly droppedRows: readonly DroppedRow[];
}

/** Why a sheet cannot be read as the table an import expects. Sentences: sheet.refusals.ts. */
export type TableRefusalCode = "table.headerNotFound" | "table.columnsMissing" | "table.noRows";

/** Titles, units and instructions stand above a header, but not more of them than this. */
const HEADER_SEARCH_ROWS = 30;
const HEADER_MAX_DEPTH = 3;

interface HeaderCandidate {
  readonly first: number;
  readonly last: number;
  readonly headers: readonly FoundHeader[];
  readonly found: ReadonlyMap<string, number>;
  readonly missing: readonly SheetColumn[];
}

/**
 * Finds the table in a sheet: its header among title rows (in any column order, over several rows, merged, with units
 * in brackets), its data rows, and what is neither (totals, notes, blank rows, headers repeated on each printed page).
 *
 * @returns the table, or `table.headerNotFound`, `table.columnsMissing`, `table.noRows`
 */
export function tableFromGrid(sheet: SheetGrid, columns: readonly SheetColumn[]): Result<SheetTable, TableRefusalCode> {
  const header = findHeader(sheet, columns);
  if (!header) {
    const expected = columns.filter((column) => column.required === true).map((column) => column.title);
    return refuse({ code: "table.headerNotFound", facts: { sheet: sheet.name, expected: expected.join("、") } });
  }
  const headerRow = header.last + 1;
  const lacking = header.missing.filter((column) => column.required === true);
  if (lacking.length > 0) {
    const missing = lacking.map((column) => column.title).join("、");
    const found = header.headers.map((each) => each.text).join("、");
    return refuse({ code: "table.columnsMissing", facts: { sheet: sheet.name, row: headerRow, missing, found } });
  }
  const { rows, droppedRows } = readRows(sheet, columns, header);
  if (rows.length === 0) return refuse({ code: "table.noRows", facts: { sheet: sheet.name, row: headerRow } });
  const keyed = new Map([...header.found].map(([key, index]) => [index, { key }]));
  const tableUnit = tableUnitOf(sheet, header.first);
  return accept({
    rows,
    headerRow,
    headers: header.headers.map((each, index) => ({ ...each, ...keyed.get(index) })),
    units: unitsOf(header),
    ...(tableUnit === undefined ? {} : { tableUnit }),
    unmatchedHeaders: header.headers.filter((_, index) => !keyed.has(index)).map((each) => each.text),
    missingColumns: header.missing.map((column) => column.title),
    droppedRows,
  });
}

/** The rows that match most columns; required ones weigh more. Fewer rows win, then the higher ones. */
function findHeader(sheet: SheetGrid, columns: readonly SheetColumn[]): HeaderCandidate | undefined {
  const filled = mergedTexts(sheet, HEADER_SEARCH_ROWS + HEADER_MAX_DEPTH);
  const weight = (candidate: HeaderCandidate) =>
    columns.reduce((sum, { key, required }) => sum + (candidate.found.has(key) ? (required === true ? 3 : 1) : 0), 0);
  let best: HeaderCandidate | undefined;
  for (let depth = 1; depth <= HEADER_MAX_DEPTH; depth++) {
    for (let first = 0; first < Math.min(HEADER_SEARCH_ROWS, sheet.rows.length - depth + 1); first++) {
      const headers = joinHeaders(filled.slice(first, first + depth));
      const found = matchHeaders(headers, columns);
      const missing = columns.filter((column) => !found.has(column.key));
      const candidate = { first, last: first + depth - 1, headers, found, missing };
      if (weight(candidate) > (best ? weight(best) : 0)) best = candidate;
    }
  }
  return best;
}

/** The top rows as texts, each merged area filled with its value. */
function mergedTexts(sheet: SheetGrid, count: number): string[][] {
  const texts = sheet.rows.slice(0, count).map((row) => row.map((cell) => cell.text));
  for (const { top, left, bottom, right } of sheet.merges) {
    const value = texts[top]?.[left];
    if (value === undefined) continue;
    // A merge may claim to reach the last of 16,384 columns; only as far as the table does it say something.
    const width = Math.min(right, Math.max(...texts.map((row) => row.length)) - 1);
    for (const row of texts.slice(top, bottom + 1)) {
      for (let column = left; column <= width; column++) row[column] = value;
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

function readRows(sheet: SheetGrid, columns: readonly SheetColumn[], header: HeaderCandidate) {
  const rows: TableRow[] = [];
  const droppedRows: DroppedRow[] = [];
  const sources = columns.map((column) => {
    const position = header.found.get(column.key);
    return { column, at: position === undefined ? undefined : header.headers[position]?.column };
  });
  const topOf = mergedTops(sheet);
  let inNotes = false;
  for (let index = header.last + 1; index < sheet.rows.length; index++) {
    const cells = sheet.rows[index] ?? [];
    const reason = dropReason(cells, header.headers, inNotes);
    if (reason) {
      inNotes ||= reason === "footnote";
      droppedRows.push({ rowNumber: index + 1, reason, text: firstText(cells) });
      continue;
    }
    const values: Record<string, Cell> = {};
    for (const { column, at } of sources) {
      const row = column.fillMerged === true ? (topOf.get(`${index}:${at}`) ?? index) : index;
      values[column.key] = at === undefined ? EMPTY_CELL : trimmed(sheet.rows[row]?.[at] ?? EMPTY_CELL);
    }
    rows.push({ rowNumber: index + 1, values });
  }
  return { rows, droppedRows };
}

/** Top row of the merged area that a place ("row:column") belongs to, for areas one column wide. */
function mergedTops(sheet: SheetGrid): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  for (const { top, left, bottom, right } of sheet.merges) {
    if (left !== right) continue;
    for (let row = top + 1; row <= Math.min(bottom, sheet.rows.length - 1); row++) tops.set(`${row}:${left}`, top);
  }
  return tops;
}

const trimmed = (cell: Cell): Cell => {
  const text = cell.text.trim();
  return text === cell.text ? cell : { ...cell, text };
};

const firstText = (cells: readonly Cell[]): string => cells.find((cell) => cell.text.trim() !== "")?.text.trim() ?? "";

const TOTAL = /^(?:本页|)(?:合计|总计|小计|共计|累计)(?:\(.*\)|):?$/;
const FOOTNOTE =
  /^(?:备?注\d*|说明|填[表报]说明|[数资][据料]来源|填[表报]人|填报(?:单位|日期|时间)|制表人?|审核人?|复核人?|单位负责人|联系电话)[:.、]/;

function dropReason(
  cells: readonly Cell[],
  headers: readonly FoundHeader[],
  inNotes: boolean,
): DroppedRow["reason"] | undefined {
  const first = squeezed(firstText(cells));
  if (first === "") return "blank";
  if (TOTAL.test(first)) return "total";
  if (FOOTNOTE.test(first) || (inNotes && isNoteContinued(cells, headers))) return "footnote";
  return repeatsHeader(cells, headers) ? "repeatedHeader" : undefined;
}

/** Notes run over several rows ("2. …"), each in one cell. */
const isNoteContinued = (cells: readonly Cell[], headers: readonly FoundHeader[]): boolean =>
  headers.length > 1 && cells.filter((cell) => cell.text.trim() !== "").length === 1;

/** Every text of the row is a line of its own column's header. */
function repeatsHeader(cells: readonly Cell[], headers: readonly FoundHeader[]): boolean {
  let repeated = 0;
  for (const { column, parts } of headers) {
    const text = cells[column]?.text ?? "";
    if (text.trim() === "") continue;
    if (!parts.includes(headerKey(text))) return false;
    repeated++;
  }
  return repeated > 1 || (repeated === 1 && headers.length === 1);
}

function unitsOf({ headers, found }: HeaderCandidate): Record<string, string> {
  const units: Record<string, string> = {};
  for (const [key, position] of found) {
    const unit = unitOf(headers[position]?.text ?? "");
    if (unit !== undefined) units[key] = unit;
  }
  return units;
}

/** "单位：万元" in a title line; "编制单位：…" names an office and no unit. */
const TABLE_UNIT = /单位:\(?(?:人民币)?([百千万亿]*元)/;

function tableUnitOf(sheet: SheetGrid, headerFirst: number): string | undefined {
  for (const row of sheet.rows.slice(0, headerFirst)) {
    const unit = TABLE_UNIT.exec(squeezed(row.map((cell) => cell.text).join("")))?.[1];
    if (unit !== undefined) return unit;
  }
  return undefined;
}
