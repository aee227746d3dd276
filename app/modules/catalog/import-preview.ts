import type { ResourceInput } from "./catalog.schema";

/** One row of an uploaded catalog sheet as it was understood. */
export interface PreviewRow {
  readonly rowNumber: number;
  readonly name: string;
  /** present when the row can be imported */
  readonly input: ResourceInput | null;
  /** what is wrong, each with its column */
  readonly problems: readonly { readonly column: string; readonly message: string }[];
}

/** What is kept between preview and confirmation. */
export interface ImportPreview {
  readonly sheetName: string;
  readonly headerRow: number;
  readonly rows: readonly PreviewRow[];
  readonly unmatchedHeaders: readonly string[];
  readonly dropped: readonly { readonly rowNumber: number; readonly text: string }[];
}
