import type { ValueRow } from "./row-chunks";

export interface ColumnToWrite {
  readonly title: string;
  /** @unit characters of the Latin alphabet; a Chinese character takes two. Guessed from the content when not given */
  readonly width?: number;
  /** how strings are meant: a "date" column takes "YYYY-MM-DD". Numbers are written as numbers in any column */
  readonly kind: "text" | "number" | "date";
  /** what stands in it are problems: shown in red */
  readonly bad?: boolean;
}

/** The values a column offers to choose from: they stand in a column of another sheet, below its header. */
export interface DropDown {
  /** 0-based */
  readonly column: number;
  /** data rows that get the list */
  readonly rows: number;
  /** `column` is 0-based */
  readonly from: { readonly sheet: string; readonly column: number; readonly values: number };
}

/** A remark at a data cell, 0-based: the cell is marked and says it when pointed at. */
export interface Remark {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly ColumnToWrite[];
  readonly rows: readonly ValueRow[];
  /** a line above the headers: unit of amounts, source, how to fill in */
  readonly note?: string;
  /** kept from view: lists that drop-downs take their values from */
  readonly hidden?: boolean;
  readonly dropDowns?: readonly DropDown[];
  readonly remarks?: readonly Remark[];
}

export interface WorkbookToWrite {
  readonly sheets: readonly SheetToWrite[];
  /** stands in the file's properties; `description` may carry who exported it and when */
  readonly properties: { readonly title: string; readonly author: string; readonly description?: string };
}
