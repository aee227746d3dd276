import { accept, refuse, type Result } from "../../kernel/result";
import type { FoundHeader, SheetColumn } from "./header-match";
import { findLayout, tableUnitOf, unitsOf, type FoundLayout } from "./table-layout";
import { TableReader, type DroppedRow, type TableRow } from "./table-reader";
import type { SheetGrid } from "./workbook";

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

/**
 * Finds the table in a sheet: its header among title rows (in any column order, over several rows, merged, with units
 * in brackets), its data rows, and what is neither.
 *
 * @returns the table, or `table.headerNotFound`, `table.columnsMissing`, `table.noRows`
 */
export function tableFromGrid(sheet: SheetGrid, columns: readonly SheetColumn[]): Result<SheetTable, TableRefusalCode> {
  const top = { top: sheet.rows.map((row) => row.map((cell) => cell.text)), merges: sheet.merges };
  const found = findLayout(top, columns);
  if (!found?.header) {
    const expected = columns.filter((column) => column.required === true).map((column) => column.title);
    return refuse({ code: "table.headerNotFound", facts: { sheet: sheet.name, expected: expected.join("、") } });
  }
  const headerRow = found.header.last + 1;
  const lacking = found.missing.filter((column) => column.required === true);
  if (lacking.length > 0) {
    const missing = lacking.map((column) => column.title).join("、");
    const headers = found.headers.map((each) => each.text).join("、");
    return refuse({
      code: "table.columnsMissing",
      facts: { sheet: sheet.name, row: headerRow, missing, found: headers },
    });
  }
  const { rows, droppedRows } = readRows(sheet, columns, found);
  if (rows.length === 0) return refuse({ code: "table.noRows", facts: { sheet: sheet.name, row: headerRow } });
  const keyed = new Map(Object.entries(found.columns).map(([key, column]) => [column, { key }]));
  const tableUnit = tableUnitOf(top, found.header);
  return accept({
    rows,
    headerRow,
    headers: found.headers.map((each) => ({ ...each, ...keyed.get(each.column) })),
    units: unitsOf(found),
    ...(tableUnit === undefined ? {} : { tableUnit }),
    unmatchedHeaders: found.headers.filter((each) => !keyed.has(each.column)).map((each) => each.text),
    missingColumns: found.missing.map((column) => column.title),
    droppedRows,
  });
}

function readRows(sheet: SheetGrid, columns: readonly SheetColumn[], found: FoundLayout) {
  const reader = new TableReader(columns, { ...found, merges: sheet.merges });
  const rows: TableRow[] = [];
  const droppedRows: DroppedRow[] = [];
  for (let index = reader.firstRow; index < sheet.rows.length; index++) {
    const row = reader.read(index, sheet.rows[index] ?? []);
    if ("values" in row) rows.push(row);
    else droppedRows.push(row);
  }
  return { rows, droppedRows };
}
