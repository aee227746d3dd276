import type { Refusal } from "~/kernel/result";
import { headerKey } from "~/platform/xlsx/header-match";
import { findLayout, headersAt, layoutAt, type HeaderPlace } from "~/platform/xlsx/table-layout";
import { columnLetters } from "~/platform/xlsx/workbook";

import type { BatchMapping, ColumnMapping, SheetOutline } from "./import-batch";
import { CATALOG_FIELDS } from "./import-columns.server";

/** The column that a sheet of errors adds; it is no part of the table. */
export const PROBLEM_TITLE = "问题";

/** A way to read a file, and whether nothing in it had to be guessed. */
export interface ProposedMapping {
  readonly chosen: ColumnMapping;
  readonly sure: boolean;
}

/** Fields that a file must have as a column, or be given for all rows at once. */
export const REQUIRED_FIELDS = CATALOG_FIELDS.filter((field) => field.required === true);

/**
 * How a file is to be read: by its headers where they are known words, as the unit read a file with the same headers
 * before, or as a guess for a person to mend. It is sure when exactly one visible sheet has all required columns.
 * @param remembered mapping of the unit's earlier file with these headers, by signature
 */
export function proposeMapping(
  sheets: readonly SheetOutline[],
  remembered: ReadonlyMap<string, ColumnMapping>,
): ProposedMapping {
  const found = sheets.map((sheet, index) => {
    const layout = sheet.hidden ? undefined : findLayout(sheet, CATALOG_FIELDS);
    return {
      index,
      layout,
      lacking: layout ? layout.missing.filter(({ required }) => required === true).length : Infinity,
    };
  });
  const whole = found.filter(({ lacking }) => lacking === 0);
  const [only] = whole;
  if (only?.layout && whole.length === 1) {
    const { header, columns } = only.layout;
    return { chosen: { sheet: only.index, header, columns, constants: {} }, sure: true };
  }
  const best = [...found].sort((a, b) => a.lacking - b.lacking)[0];
  const at = best?.layout ? best.index : firstVisible(sheets);
  const sheet = sheets[at];
  const header = best?.layout?.header ?? likelyHeader(sheet);
  const before = sheet && remembered.get(signatureOf(sheet, header));
  // What was the same in all rows of one file need not be so in the next: a person looks at it again.
  if (before) return { chosen: { ...before, sheet: at, header }, sure: Object.keys(before.constants).length === 0 };
  const columns = sheet ? layoutAt(sheet, header, CATALOG_FIELDS).columns : {};
  return { chosen: { sheet: at, header, columns, constants: {} }, sure: false };
}

const firstVisible = (sheets: readonly SheetOutline[]): number =>
  Math.max(
    0,
    sheets.findIndex((sheet) => !sheet.hidden && sheet.rows > 0),
  );

/** Without a known word: the first row that looks like more than a title. */
function likelyHeader(sheet: SheetOutline | undefined): HeaderPlace {
  const row = (sheet?.top ?? []).findIndex((texts) => texts.filter((text) => text.trim() !== "").length > 1);
  return row < 0 ? null : { first: row, last: row };
}

/** The headers of a table as one text: equal for files that are read the same way. */
export function signatureOf(sheet: SheetOutline, header: HeaderPlace): string {
  if (header === null) return `没有表头:${widthOf(sheet)}`;
  return headersAt(sheet, header)
    .filter(({ text }) => text !== PROBLEM_TITLE)
    .map(({ column, text }) => `${columnLetters(column)}=${headerKey(text)}`)
    .join("|");
}

export const widthOf = (sheet: SheetOutline): number => Math.max(0, ...sheet.top.map((row) => row.length));

/** What a batch keeps of a way to read its file. */
export function batchMapping(sheets: readonly SheetOutline[], chosen: ColumnMapping): BatchMapping {
  const sheet = sheets[chosen.sheet];
  if (!sheet) throw new Error("the file has no such sheet");
  return {
    sheets,
    chosen,
    signature: signatureOf(sheet, chosen.header),
    headers: headersAt(sheet, chosen.header).map(({ column, text }) => ({ column, text })),
  };
}

/** Required fields that neither a column nor a constant fills. */
export const unfilledFields = ({ columns, constants }: ColumnMapping): string[] =>
  REQUIRED_FIELDS.filter(({ key }) => columns[key] === undefined && !constants[key]).map(({ title }) => title);

/** Why a person must look at the columns: what the file lacks, or what cannot be known. */
export function reasonToAsk(sheets: readonly SheetOutline[], chosen: ColumnMapping): Refusal<AskingCode> {
  const sheet = sheets[chosen.sheet];
  const missing = unfilledFields(chosen);
  if (sheet && missing.length === 0) {
    return Object.keys(chosen.constants).length > 0 ? { code: "constantsToConfirm" } : { code: "severalTables" };
  }
  const name = sheet?.name ?? "";
  if (Object.keys(chosen.columns).length === 0) {
    return { code: "table.headerNotFound", facts: { sheet: name, expected: missing.join("、") } };
  }
  const found = sheet ? headersAt(sheet, chosen.header).map(({ text }) => text) : [];
  const facts = {
    sheet: name,
    row: (chosen.header?.last ?? 0) + 1,
    missing: missing.join("、"),
    found: found.join("、"),
  };
  return { code: "table.columnsMissing", facts };
}

type AskingCode = "table.headerNotFound" | "table.columnsMissing" | "constantsToConfirm" | "severalTables";
