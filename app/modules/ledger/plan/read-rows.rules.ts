import { accept, refuse, type Refusal, type Result } from "~/kernel/result";

import { parseLedgerRow, type LedgerEntry } from "../ledger.rules";

/** A row of a sheet, as the table reader gives it: texts by key of the ledger's columns. */
interface SheetRow {
  /** as the spreadsheet program shows it, 1-based */
  readonly rowNumber: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A task as its row was understood, numbered, with the row's own words. */
export interface ReadTask {
  readonly number: number;
  readonly entry: LedgerEntry;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Why a sheet's rows are no ledger, each with the row. `cellBlank` (row, column): a task without words or deadline;
 * `cellFailed` (row, column, text): a formula that failed; `numberTwice` (row, other, number).
 */
export type RowsRefusal = "cellBlank" | "cellFailed" | "numberTwice";

/** What a spreadsheet program shows for a formula that failed. */
const FAILED_FORMULA = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/;
const MOST_TOLD = 10;

/**
 * Understands the rows of a ledger. What cannot be read becomes a doubt of its task; only what would lose a task or take
 * one for another refuses, with the rows where it stands. A task without a number gets that of its row, or the next free.
 * @source domain.md §7
 */
export function readLedgerRows(
  rows: readonly SheetRow[],
  columns: readonly { readonly key: string; readonly title: string; readonly required?: boolean }[],
): Result<readonly ReadTask[], RowsRefusal> {
  const wrong: Refusal<RowsRefusal>[] = [];
  const seen = new Map<number, number>();
  const read = rows.map(({ rowNumber: row, values }) => {
    for (const { key, title, required } of columns) {
      const text = values[key] ?? "";
      if (FAILED_FORMULA.test(text)) wrong.push({ code: "cellFailed", facts: { row, column: title, text } });
      else if (required === true && text === "") wrong.push({ code: "cellBlank", facts: { row, column: title } });
    }
    const entry = parseLedgerRow(rowOf(values));
    const other = entry.number === null ? undefined : seen.get(entry.number);
    if (other !== undefined) wrong.push({ code: "numberTwice", facts: { row, other, number: entry.number ?? 0 } });
    else if (entry.number !== null) seen.set(entry.number, row);
    return { entry, values };
  });
  if (wrong.length > 0) return refuse(...wrong.slice(0, MOST_TOLD));
  return accept(numbered(read, new Set(seen.keys())));
}

const rowOf = (values: Readonly<Record<string, string>>) => ({
  number: values["number"] ?? "",
  section: values["section"] ?? "",
  text: values["text"] ?? "",
  leadUnits: values["leadUnits"] ?? "",
  responsibleUnits: values["responsibleUnits"] ?? "",
  deadline: values["deadline"] ?? "",
});

function numbered(read: readonly Omit<ReadTask, "number">[], taken: Set<number>): ReadTask[] {
  return read.map((each, index) => {
    let number = each.entry.number ?? index + 1;
    while (each.entry.number === null && taken.has(number)) number++;
    taken.add(number);
    return { ...each, number };
  });
}

/** A task's title and text as one text of a sheet, from which `parseLedgerRow` reads the same two again. */
export const taskText = ({ title, content }: { readonly title: string | null; readonly content: string }): string =>
  title !== null && content === "" ? title : `${title ?? ""}。${content}`;
