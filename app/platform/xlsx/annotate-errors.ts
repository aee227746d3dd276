import type { SheetColumn } from "./header-match";
import type { ColumnToWrite, SheetToWrite } from "./sheet-to-write";
import type { SheetTable } from "./table-from-grid";
import { EMPTY_CELL, type Cell, type SheetGrid } from "./workbook";

export interface RowProblem {
  /** as in the uploaded file */
  readonly rowNumber: number;
  readonly message: string;
}

const PROBLEM_TITLE = "问题";

/**
 * The sheet to hand back after an import with errors: the uploaded rows in their order, and beside each what is wrong
 * with it. It can be corrected and uploaded again as it is: known columns carry their own titles and units, and a
 * column of problems from an earlier round is replaced.
 */
export function annotateErrors(
  sheet: SheetGrid,
  table: SheetTable,
  columns: readonly SheetColumn[],
  problems: readonly RowProblem[],
): SheetToWrite {
  const messages = new Map<number, string>();
  for (const { rowNumber, message } of problems) {
    const before = messages.get(rowNumber);
    messages.set(rowNumber, before === undefined ? message : `${before}；${message}`);
  }
  const shown = table.headers.filter((header) => header.text !== PROBLEM_TITLE);
  const grid = table.rows.map(({ rowNumber, values }) =>
    shown.map(({ key, column }) =>
      key === undefined ? (sheet.rows[rowNumber - 1]?.[column] ?? EMPTY_CELL) : (values[key] ?? EMPTY_CELL),
    ),
  );
  const titles = shown.map((header) => {
    const title = columns.find(({ key }) => key === header.key)?.title ?? header.text;
    const unit = header.key === undefined ? undefined : table.units[header.key];
    return unit === undefined || title.includes(unit) ? title : `${title}（${unit}）`;
  });
  const written = titles.map((title, index): ColumnToWrite => {
    const isDate = grid.some((row) => row[index]?.date !== undefined);
    return { title, kind: isDate ? "date" : "text" };
  });
  return {
    name: sheet.name,
    columns: [...written, { title: PROBLEM_TITLE, kind: "text", width: 50 }],
    rows: grid.map((row, index) => [...row.map(valueOf), messages.get(table.rows[index]?.rowNumber ?? 0) ?? null]),
    ...(table.tableUnit === undefined ? {} : { note: `单位：${table.tableUnit}` }),
  };
}

/** A number whose text says more than the number (12%, 1,234.50元) goes back as its text. */
const valueOf = (cell: Cell): string | number =>
  cell.number !== undefined && cell.date === undefined && cell.text === String(cell.number) ? cell.number : cell.text;
