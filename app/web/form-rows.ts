import { ROWS_BUTTON } from "~/ui";

/**
 * Lists in a form that works without JavaScript: rows are fields named `lines[0].name`, and a button that posts
 * `rows=add:lines:1`, `rows=remove:lines:0` or `rows=raise:lines:2` changes them on the server.
 */

type Row = Map<string, string>;

const ROW_FIELD = /^(\w+)\[(\d{1,4})\]\.(\w+)$/;
const COMMAND = /^(add|remove|raise):(\w+):(\d{1,4})$/;
const MOST_ADDED = 20;
/** What a row that no field has described yet is sent as; no schema knows it, so that it comes out blank. */
const NO_COLUMN = "row";

/** The form with the rows that its button asks for; undefined when it was not such a button that sent it. */
export function editedRows(form: FormData): FormData | undefined {
  const command = COMMAND.exec(textOf(form.get(ROWS_BUTTON)));
  if (!command) return undefined;
  const [, verb, list = "", count = "0"] = command;
  // A list whose last row is gone sends no field: it is known by its button only.
  const known = verb === "add" ? [list] : [];
  return withRows(form, known, (name, rows) => {
    if (name !== list) return rows;
    if (verb === "remove") return rows.filter((_, index) => index !== Number(count));
    if (verb === "raise") return raised(rows, Number(count));
    const columns = [...(rows[0]?.keys() ?? [NO_COLUMN])];
    const blank = () => new Map(columns.map((column) => [column, ""]));
    return [...rows, ...Array.from({ length: Math.min(Number(count), MOST_ADDED) }, blank)];
  });
}

/** The rows with one of them a place further up. */
function raised(rows: readonly Row[], at: number): readonly Row[] {
  const [above, row] = [rows[at - 1], rows[at]];
  return above && row ? rows.with(at - 1, row).with(at, above) : rows;
}

/**
 * The form without rows in which nothing was typed. Columns that always carry a choice (a select) say nothing about it
 * and are named per list.
 */
export function withoutBlankRows(form: FormData, choices: Readonly<Record<string, readonly string[]>>): FormData {
  return withRows(form, [], (list, rows) =>
    rows.filter((row) => [...row].some(([column, value]) => value.trim() !== "" && !choices[list]?.includes(column))),
  );
}

/** Reads all rows of all lists, in their order, and writes them back numbered without gaps. */
function withRows(
  form: FormData,
  known: readonly string[],
  change: (list: string, rows: readonly Row[]) => readonly Row[],
): FormData {
  const result = new FormData();
  const lists = new Map<string, Map<number, Row>>(known.map((list) => [list, new Map()]));
  for (const [name, value] of form) {
    const [, list, index, column] = ROW_FIELD.exec(name) ?? [];
    if (list && index && column) {
      const rows = lists.get(list) ?? new Map<number, Row>();
      lists.set(list, rows);
      const row = rows.get(Number(index)) ?? new Map<string, string>();
      rows.set(Number(index), row.set(column, textOf(value)));
    } else if (name !== ROWS_BUTTON && !name.includes("[")) {
      if (typeof value === "string") result.append(name, value);
      else result.append(name, value, value.name);
    }
  }
  for (const [list, rows] of lists) {
    const inOrder = [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
    change(list, inOrder).forEach((row, index) => {
      for (const [column, value] of row) result.append(`${list}[${index}].${column}`, value);
    });
  }
  return result;
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === "string" ? value : "");
