import {
  conflictRows as rowsOf,
  fingerprints as fingerprintsOf,
  type ConflictRow,
  type FieldSense,
  type FormValues,
} from "~/kernel/form-conflict";

import { fieldWord, linesOf } from "./filing-differences";
import { comparable } from "./filing.form-values";

/** Fields that a form splits where the filing keeps one list. */
const FORM_WORDS: Readonly<Record<string, string>> = { leads: "共同牵头单位", partners: "配合单位" };

/** The marks of a filing's section as its form was opened with it. */
export const fingerprints = (values: FormValues): string => fingerprintsOf(values, { comparable });

/**
 * The fields of a section on which two versions differ, side by side.
 * @param words names for keys that only the filing knows, such as component codes
 */
export function conflictRows(
  versions: { mine: FormValues; theirs: FormValues; opened: string },
  words: Readonly<Record<string, string>> = {},
): ConflictRow[] {
  const sense: FieldSense = {
    comparable,
    linesOf: (field, value) => linesOf(field, named(value, words)),
    labelOf: (field) => FORM_WORDS[field] ?? fieldWord(field),
  };
  return rowsOf(versions, sense);
}

/** Rows known by a code read by its name; a component without a decision says nothing. */
function named(value: FormValues[string] | undefined, words: Readonly<Record<string, string>>): unknown {
  if (value === undefined || typeof value === "string") return value;
  return value.map((row) => (row.code === undefined ? row : { ...row, name: words[row.code] ?? row.code }));
}
