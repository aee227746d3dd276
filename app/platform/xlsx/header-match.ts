import { squeezed } from "./text-values";

/** A column that an import knows. */
export interface SheetColumn {
  readonly key: string;
  readonly title: string;
  readonly synonyms?: readonly string[];
  /** the sheet is refused when it lacks the column; a blank cell in it is the importer's business */
  readonly required?: boolean;
  /** every row of a merged area gets its value: right for a unit's name, wrong for an amount */
  readonly fillMerged?: boolean;
}

/** A header as found: the texts above one column, joined. */
export interface FoundHeader {
  /** 0-based */
  readonly column: number;
  /** as shown to people: "资金/预算(万元)" */
  readonly text: string;
  /** the lowest line alone, for headers that stand under a group */
  readonly leaf: string;
  /** all its lines, in the form of `headerKey` */
  readonly parts: readonly string[];
}

const BRACKETS: Readonly<Record<string, string>> = {
  "【": "(",
  "〔": "(",
  "〖": "(",
  "[": "(",
  "】": ")",
  "〕": ")",
  "〗": ")",
  "]": ")",
};

/** The form in which headers are compared: width, spaces, line breaks, marks of obligation and case do not matter. */
export const headerKey = (text: string): string =>
  squeezed(text)
    .replace(/[【〔〖[\]】〕〗]/g, (bracket) => BRACKETS[bracket] ?? bracket)
    .replace(/[*★☆●/]|[:;,。、]+$/g, "")
    .toLowerCase();

const withoutBrackets = (key: string): string => key.replace(/\([^()]*\)/g, "") || key;

/**
 * Assigns headers to columns, the surest likeness first: the whole header, then without its brackets, then its lowest
 * line, each by title before synonyms. No header serves two columns, and no column takes two headers.
 * @returns header position in `headers` by column key
 */
export function matchHeaders(headers: readonly FoundHeader[], columns: readonly SheetColumn[]): Map<string, number> {
  const found = new Map<string, number>();
  const taken = new Set<number>();
  const forms: readonly ((header: FoundHeader) => string)[] = [
    (header) => headerKey(header.text),
    (header) => withoutBrackets(headerKey(header.text)),
    (header) => headerKey(header.leaf),
    (header) => withoutBrackets(headerKey(header.leaf)),
  ];
  const names: readonly ((column: SheetColumn) => readonly string[])[] = [
    (column) => [column.title],
    (column) => column.synonyms ?? [],
  ];
  for (const form of forms) {
    const keys = headers.map(form);
    for (const namesOf of names) {
      for (const column of columns) {
        if (found.has(column.key)) continue;
        const wanted = namesOf(column).flatMap((name) => [headerKey(name), withoutBrackets(headerKey(name))]);
        const index = keys.findIndex((key, position) => key !== "" && !taken.has(position) && wanted.includes(key));
        if (index < 0) continue;
        found.set(column.key, index);
        taken.add(index);
      }
    }
  }
  return found;
}
