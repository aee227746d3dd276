import { accept, refuse, type Result } from "~/kernel/result";

import { findLayout, TOP_ROWS, type FoundLayout } from "../xlsx/table-layout";
import { TableReader, type TableRow } from "../xlsx/table-reader";
import type { SheetGrid, TableRefusalCode } from "../xlsx/workbook";
import type { IntakeColumn } from "./intake.types";

/** The table of a workbook, and what its reader should know of how it was understood. */
export interface ReadTable {
  readonly sheet: string;
  /** as the spreadsheet program shows it, 1-based */
  readonly headerRow: number;
  readonly rows: readonly TableRow[];
  /** rows that are no data: totals, notes, headers repeated on each page, the example of a template */
  readonly dropped: number;
  /** headers that no column of the register answers to: what stands below them is not taken in */
  readonly unknownHeaders: readonly string[];
}

interface Found {
  readonly grid: SheetGrid;
  readonly layout: FoundLayout;
  readonly header: { readonly first: number; readonly last: number };
}

/** The column that an error sheet adds: no part of the table when the sheet is uploaded again. */
export const PROBLEM_TITLE = "问题";

/**
 * The one table of a workbook that has the columns of a register: headers in any order, under titles, over several rows, in
 * any of the words that are known for them. Hidden sheets count only where nothing is visible.
 * Refuses with table.headerNotFound, table.columnsMissing, table.noRows, severalTables.
 */
export function readTable(
  sheets: readonly SheetGrid[],
  columns: readonly IntakeColumn[],
): Result<ReadTable, TableRefusalCode | "severalTables"> {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const looked = visible.length > 0 ? visible : sheets;
  const found = looked.flatMap((grid) => foundIn(grid, columns) ?? []);
  const whole = found.filter(({ layout }) => missingOf(layout).length === 0);
  const most = Math.max(0, ...whole.map(({ layout }) => widthOf(layout)));
  // A list of the columns, as in a template's notes, names a required one too; it is no second table.
  const complete = whole.filter(({ layout }) => widthOf(layout) * 2 >= most);
  const tables = complete.map((each) => tableOf(each, columns)).filter(({ rows }) => rows.length > 0);
  if (tables.length > 1)
    return refuse({ code: "severalTables", facts: { sheets: tables.map(({ sheet }) => `“${sheet}”`).join("、") } });
  const [table] = tables;
  return table ? accept(table) : refuse(whyNone(looked, columns, complete[0], found[0]));
}

function whyNone(
  sheets: readonly SheetGrid[],
  columns: readonly IntakeColumn[],
  complete: Found | undefined,
  nearest: Found | undefined,
): { code: TableRefusalCode; facts: Record<string, string | number> } {
  if (complete) return { code: "table.noRows", facts: placeOf(complete) };
  if (!nearest) {
    const wanted = columns.filter(({ required }) => required === true);
    const expected = (wanted.length > 0 ? wanted : columns).map(({ title }) => title).join("、");
    return { code: "table.headerNotFound", facts: { sheet: sheets[0]?.name ?? "", expected } };
  }
  const facts = {
    ...placeOf(nearest),
    missing: missingOf(nearest.layout).join("、"),
    found: nearest.layout.headers.map(({ text }) => text).join("、"),
  };
  return { code: "table.columnsMissing", facts };
}

const placeOf = ({ grid, header }: Found) => ({ sheet: grid.name, row: header.last + 1 });

const widthOf = ({ columns }: FoundLayout): number => Object.keys(columns).length;

const missingOf = ({ missing }: FoundLayout): string[] =>
  missing.filter(({ required }) => required === true).map(({ title }) => title);

function foundIn(grid: SheetGrid, columns: readonly IntakeColumn[]): Found | undefined {
  const top = grid.rows.slice(0, TOP_ROWS).map((row) => row.map(({ text }) => text));
  const layout = findLayout({ top, merges: grid.merges }, columns);
  return layout?.header ? { grid, layout, header: layout.header } : undefined;
}

function tableOf({ grid, layout, header }: Found, columns: readonly IntakeColumn[]): ReadTable {
  const reader = new TableReader(columns, { ...layout, merges: grid.merges });
  const rows: TableRow[] = [];
  let dropped = 0;
  for (const [index, cells] of grid.rows.entries()) {
    if (index < reader.firstRow) continue;
    const row = reader.read(
      index,
      cells.map(({ text }) => text),
    );
    if ("values" in row) {
      // Text beside the table makes no row of the register.
      if (Object.values(row.values).some((text) => text !== "")) rows.push(row);
      else dropped++;
    } else if (row.reason !== "blank") dropped++;
  }
  const known = new Set(Object.values(layout.columns));
  const unknownHeaders = layout.headers
    .filter(({ column, leaf }) => !known.has(column) && leaf !== PROBLEM_TITLE)
    .map(({ text }) => text);
  return { sheet: grid.name, headerRow: header.last + 1, rows, dropped, unknownHeaders };
}
