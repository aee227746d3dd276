import type { ValueRow } from "./row-chunks";

export interface ColumnToWrite {
  readonly title: string;
  /** @unit characters of the Latin alphabet; a Chinese character takes two. Guessed from the content when not given */
  readonly width?: number;
  /** how strings are meant: a "date" column takes "YYYY-MM-DD". Numbers are written as numbers in any column */
  readonly kind: "text" | "number" | "date";
}

export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly ColumnToWrite[];
  readonly rows: readonly ValueRow[];
  /** a line above the headers: unit of amounts, source, how to fill in */
  readonly note?: string;
}

export interface WorkbookToWrite {
  readonly sheets: readonly SheetToWrite[];
  /** stands in the file's properties; `description` may carry who exported it and when */
  readonly properties: { readonly title: string; readonly author: string; readonly description?: string };
}
