import { canonicalJson } from "~/kernel/canonical-json";
import type { IntakeOutcome } from "~/kernel/vocabulary";

import type { TableRow } from "../xlsx/table-reader";
import { readDateText, squeezed } from "../xlsx/text-values";
import type { IntakeColumn, IntakeProblem, JudgedRow } from "./intake.types";

/** A row as a kind gets it: choices in their own words, and what is wrong with a cell whatever the register. */
export interface CheckedRow {
  readonly row: TableRow;
  readonly problems: readonly IntakeProblem[];
}

/** What a spreadsheet program shows for a formula that failed. */
const FAILED_FORMULA = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/;

const choiceKey = (text: string): string => squeezed(text).toLowerCase();

/**
 * Takes a choice in any width and spacing for its own word, and a day of a "date" column however it is written for
 * "YYYY-MM-DD". A failed formula is a problem; whether a text that is no choice or no day is one, the kind judges.
 */
export function checkCells(columns: readonly IntakeColumn[], { rowNumber, values }: TableRow): CheckedRow {
  const problems: IntakeProblem[] = [];
  const read: Record<string, string> = { ...values };
  for (const { key, kind, choices = [] } of columns) {
    const text = values[key] ?? "";
    if (text === "") continue;
    if (FAILED_FORMULA.test(text)) {
      problems.push({ column: key, message: `公式出错（${text}），请改为实际内容。` });
    } else if (choices.length > 0) {
      read[key] = choices.find((each) => choiceKey(each) === choiceKey(text)) ?? text;
    } else if (kind === "date") {
      const day = readDateText(text);
      if (day && "date" in day) read[key] = day.date;
    }
  }
  return { row: { rowNumber, values: read }, problems };
}

/** The judgement of a kind with what is wrong in the cells themselves, where the kind said nothing of that cell. */
export function withCellProblems<Data>(judged: JudgedRow<Data>, problems: readonly IntakeProblem[]): JudgedRow<Data> {
  const said = new Set(judged.problems.map(({ column }) => column));
  const unsaid = problems.filter(({ column }) => !said.has(column));
  if (unsaid.length === 0) return judged;
  return { ...judged, outcome: "problem", changes: [], problems: [...judged.problems, ...unsaid] };
}

/** What a stored row and a new judgement of it are compared by. */
export type Judgement = Pick<JudgedRow, "rowNumber" | "outcome" | "changes">;

/**
 * Would applying do what the preview showed? A row with a problem is not applied, whatever the problem is; of the others
 * the outcome and every value before and after must be the ones that were seen.
 */
export const isAsPreviewed = (shown: Judgement, now: Judgement): boolean =>
  shown.rowNumber === now.rowNumber &&
  shown.outcome === now.outcome &&
  (now.outcome === "problem" || canonicalJson(shown.changes) === canonicalJson(now.changes));

/** How many rows have each outcome. */
export function countOutcomes(rows: readonly Pick<JudgedRow, "outcome">[]): Record<IntakeOutcome, number> {
  const counts = { add: 0, change: 0, same: 0, problem: 0 };
  for (const { outcome } of rows) counts[outcome]++;
  return counts;
}

/** Is it a row that applying writes? */
export const isWritten = ({ outcome }: Pick<JudgedRow, "outcome">): boolean =>
  outcome === "add" || outcome === "change";
