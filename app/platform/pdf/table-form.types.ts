import type { DocumentTable, OfficialDocument } from "./official-document.types";

/** A list to print as a form: final strings only. */
export interface TableForm {
  readonly title: string;
  /** under the title, on the left: whose list it is */
  readonly left: string;
  /** and on the right: as of when, how many */
  readonly right: string;
  readonly table: Pick<DocumentTable, "columns" | "rows">;
  /** under the table, each a paragraph: what it comes to, an opinion */
  readonly closing?: readonly string[];
  /** last, beside each other, with room to sign: who, when */
  readonly signatures?: readonly string[];
  /** said when there are no rows */
  readonly emptyText: string;
  /** beside the page number: how the figures are meant, who made the list */
  readonly note: string;
  readonly properties: OfficialDocument["properties"];
}
