import type { HeaderPlace } from "~/platform/xlsx/table-layout";
import type { MergedArea } from "~/platform/xlsx/workbook";

/** What the mapping step shows of one sheet: its first rows as texts, cut short. */
export interface SheetOutline {
  readonly name: string;
  readonly hidden: boolean;
  /** rows of the sheet, title and header rows included */
  readonly rows: number;
  readonly top: readonly (readonly string[])[];
  /** merged areas that begin in those rows */
  readonly merges: readonly MergedArea[];
}

/** How a sheet is to be read: which sheet, where its header is, which column each field takes, what is the same in all rows. */
export interface ColumnMapping {
  /** position in the file, 0-based */
  readonly sheet: number;
  readonly header: HeaderPlace;
  /** 0-based column by field */
  readonly columns: Readonly<Record<string, number>>;
  /** what every row gets in a field that the file lacks */
  readonly constants: Readonly<Record<string, string>>;
}

/** What was found besides the data rows. */
export interface ReadingFacts {
  readonly unmatchedHeaders: readonly string[];
  readonly dropped: readonly { readonly rowNumber: number; readonly text: string; readonly reason: string }[];
  readonly droppedCount: number;
}

/** What a batch keeps of its file between the steps. */
export interface BatchMapping {
  readonly sheets: readonly SheetOutline[];
  readonly chosen: ColumnMapping;
  /** the headers of the chosen sheet: a later file with the same ones is read the same way */
  readonly signature: string;
  /** the headers of the file, by column, for the sheet of errors */
  readonly headers: readonly { readonly column: number; readonly text: string }[];
  readonly facts?: ReadingFacts;
  /** as the person confirmed it */
  readonly policy?: ImportPolicy;
}

/** A problem of one row: the field it is about and what to do. */
export interface RowProblem {
  /** the key of the field; "" when it is about the whole row */
  readonly column: string;
  readonly message: string;
}

/** Whether the bad rows keep the good ones back. */
export const IMPORT_POLICIES = {
  goodRows: "只导入合格的行，其余的改正后再导入",
  allOrNothing: "全部合格才导入",
} as const;
export type ImportPolicy = keyof typeof IMPORT_POLICIES;
