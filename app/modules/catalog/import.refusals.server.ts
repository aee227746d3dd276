import type { Refusal } from "~/kernel/result";
import { sheetRefusalSentence } from "~/platform/xlsx/sheet.refusals";

import { sayCatalogRefusal, type CatalogRefusalCode } from "./catalog.refusals";
import type { PreviewRefusalCode } from "./preview-import.server";

type SheetRefusal = Parameters<typeof sheetRefusalSentence>[0];

const isOfSheet = (refusal: Refusal): refusal is SheetRefusal => /^(sheet|table)\./.test(refusal.code);

/** The sentence of a refused import: of the file, of the table, or of the entries in it. */
export function sayImportRefusal(refusal: Refusal<PreviewRefusalCode | CatalogRefusalCode>): string {
  return isOfSheet(refusal) ? sheetRefusalSentence(refusal) : sayCatalogRefusal(refusal as Refusal<CatalogRefusalCode>);
}
