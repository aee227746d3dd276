import type { LocalDate } from "../../kernel/local-date";

/** One cell as a person sees it, with the typed value beside it when the file has one. */
export interface Cell {
  /** what is shown; a date is always "YYYY-MM-DD" (with " HH:mm" when it has a time), whatever the file's format */
  readonly text: string;
  /** the stored number; a cell shown as 12% has 0.12 here */
  readonly number?: number;
  readonly date?: LocalDate;
  /** "#REF!" and the like */
  readonly error?: string;
}

/** A merged area, 0-based and inclusive. Its value stands in the top left cell only. */
export interface MergedArea {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One sheet; `rows[0]` is row 1 of the file. Rows have no holes but may differ in length. */
export interface SheetGrid {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly Cell[])[];
  readonly merges: readonly MergedArea[];
}

export interface Workbook {
  readonly sheets: readonly SheetGrid[];
}

export const EMPTY_CELL: Cell = Object.freeze({ text: "" });

/** What an uploaded sheet may hold. */
export const SHEET_LIMITS = {
  /** @unit bytes */
  fileBytes: 20 * 1024 * 1024,
  rows: 100_000,
  /** titles, notes and headers come on top of the data rows */
  titleRows: 50,
  columns: 256,
  /** cells with content, all sheets together */
  cells: 2_000_000,
  /** parts of the zip archive that an .xlsx is */
  archiveEntries: 5_000,
  /** @unit bytes, all parts together */
  unpackedBytes: 150 * 1024 * 1024,
  /** unpacked ÷ packed, asked only of archives that unpack to more than `ratioFreeBytes` */
  unpackedRatio: 200,
  /** @unit bytes */
  ratioFreeBytes: 10 * 1024 * 1024,
} as const;

/** Why a file cannot be read as a workbook. Sentences: sheet.refusals.ts. */
export type SheetRefusalCode =
  | "sheet.emptyFile"
  | "sheet.fileTooLarge"
  | "sheet.notASheet"
  | "sheet.formatUnsupported"
  | "sheet.passwordProtected"
  | "sheet.damaged"
  | "sheet.unsafeArchive"
  | "sheet.encodingUnknown"
  | "sheet.quoteUnclosed"
  | "sheet.nothingInside"
  | "sheet.tooManyRows"
  | "sheet.tooManyColumns"
  | "sheet.tooManyCells"
  | "sheet.tooHeavy";

/** Why a sheet cannot be read as the table an import expects. Sentences: sheet.refusals.ts. */
export type TableRefusalCode = "table.headerNotFound" | "table.columnsMissing" | "table.noRows";

/** "A", "Z", "AA" … for a 0-based column. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetters(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}
