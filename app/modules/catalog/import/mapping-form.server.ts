import { FORMAT_CLASSES, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { headersAt, layoutAt, type HeaderPlace } from "~/platform/xlsx/table-layout";
import { columnLetters } from "~/platform/xlsx/workbook";

import type { BatchMapping, ColumnMapping, SheetOutline } from "./import-batch";
import { CATALOG_FIELDS } from "./import-columns.server";
import { widthOf } from "./propose-mapping.server";

/** Rows that are offered as the header. */
const OFFERED_ROWS = 15;
const SAMPLES = 3;
const NO_HEADER = "none";

/** Fields whose words are a fixed list; the others take any text. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  formatClass: Object.values(FORMAT_CLASSES),
  sharingType: Object.values(SHARING_TYPES),
  method: Object.values(SHARING_METHODS),
  openToPublic: ["是", "否"],
  updateCycle: Object.values(UPDATE_CYCLES),
};

const headerCode = (header: HeaderPlace): string => (header ? `${header.first}-${header.last}` : NO_HEADER);

/** The place of a header as the form names it; undefined for what no form of ours sends. */
function readHeader(code: string): HeaderPlace | undefined {
  if (code === NO_HEADER) return null;
  const match = /^(\d{1,3})-(\d{1,3})$/.exec(code);
  return match ? { first: Number(match[1]), last: Number(match[2]) } : undefined;
}

const headerLabel = (header: HeaderPlace): string => {
  if (!header) return "没有表头（按 A、B、C 列对应）";
  const { first, last } = header;
  return first === last ? `第 ${first + 1} 行` : `第 ${first + 1}–${last + 1} 行`;
};

/** What the mapping step shows: sheets, headers, and for every field the columns to choose from with sample values. */
export function mappingForm({ sheets, chosen }: BatchMapping, categories: readonly string[]) {
  const sheet = sheets[chosen.sheet];
  const headers = sheet ? headersAt(sheet, chosen.header) : [];
  return {
    sheet: String(chosen.sheet),
    sheets: sheets
      .map(({ name, hidden, rows }, index) => ({ value: String(index), label: `${name}（${rows} 行）`, hidden }))
      .filter(({ hidden, value }) => !hidden || value === String(chosen.sheet)),
    header: headerCode(chosen.header),
    headers: offeredHeaders(sheet, chosen.header).map((place) => ({
      value: headerCode(place),
      label: [headerLabel(place), shownRow(sheet, place)].filter(Boolean).join("："),
    })),
    columns: columnsOf(sheet, headers, chosen.header),
    fields: CATALOG_FIELDS.map(({ key, title, required, hint }) => {
      const words = key === "category" ? categories : WORDS[key];
      return {
        key,
        title,
        hint,
        required: required === true,
        column: chosen.columns[key] === undefined ? "" : String(chosen.columns[key]),
        constant: chosen.constants[key] ?? "",
        words: words ? [...words] : null,
      };
    }),
  };
}

function offeredHeaders(sheet: SheetOutline | undefined, current: HeaderPlace): HeaderPlace[] {
  const rows = Array.from({ length: Math.min(OFFERED_ROWS, sheet?.rows ?? 0) }, (_, row) => ({
    first: row,
    last: row,
  }));
  const known = rows.some((place) => headerCode(place) === headerCode(current));
  return [...(current && !known ? [current] : []), ...rows, null];
}

const SHOWN_TEXTS = 4;

function shownRow(sheet: SheetOutline | undefined, place: HeaderPlace): string {
  const texts = (place && sheet?.top[place.last]) ?? [];
  return texts
    .filter((text) => text.trim() !== "")
    .slice(0, SHOWN_TEXTS)
    .map((text) => text.slice(0, 12))
    .join("、");
}

function columnsOf(
  sheet: SheetOutline | undefined,
  headers: readonly { column: number; text: string }[],
  header: HeaderPlace,
) {
  const below = sheet?.top.slice(header ? header.last + 1 : 0) ?? [];
  return Array.from({ length: sheet ? widthOf(sheet) : 0 }, (_, column) => {
    const title = header ? (headers.find((each) => each.column === column)?.text ?? "") : "";
    const texts = below.map((row) => row[column]?.trim() ?? "").filter((text) => text !== "");
    return {
      value: String(column),
      label: `${columnLetters(column)} 列${title ? `：${title}` : ""}`,
      samples: [...new Set(texts)].slice(0, SAMPLES).map((text) => text.slice(0, 40)),
    };
  });
}

/** Reads the mapping step's form; undefined when it names what no form of ours offers. */
export function readMappingForm(form: FormData): ColumnMapping | undefined {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const header = readHeader(text("header"));
  if (header === undefined || !/^\d{1,2}$/.test(text("sheet"))) return undefined;
  const columns: Record<string, number> = {};
  const constants: Record<string, string> = {};
  for (const { key } of CATALOG_FIELDS) {
    if (/^\d{1,3}$/.test(text(`column.${key}`))) columns[key] = Number(text(`column.${key}`));
    const constant = text(`constant.${key}`).slice(0, LONGEST_CONSTANT);
    if (constant !== "") constants[key] = constant;
  }
  return { sheet: Number(text("sheet")), header, columns, constants };
}

const LONGEST_CONSTANT = 500;

/** The same file looked at with another sheet or header: columns are found anew, what was typed stays. */
export function remapped(mapping: BatchMapping, looked: ColumnMapping): BatchMapping {
  const sheet = mapping.sheets[looked.sheet];
  if (!sheet) return mapping;
  const same = looked.sheet === mapping.chosen.sheet && headerCode(looked.header) === headerCode(mapping.chosen.header);
  const found = layoutAt(sheet, looked.header, CATALOG_FIELDS).columns;
  return { ...mapping, chosen: { ...looked, columns: same ? looked.columns : found } };
}
