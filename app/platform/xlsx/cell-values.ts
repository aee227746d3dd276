import * as XLSX from "xlsx";
import { isLocalDate } from "../../kernel/local-date";
import { damaged } from "./unreadable";
import type { Cell } from "./workbook";

/** The parts of the library's untyped number formatter that are used. */
interface NumberFormatter {
  is_date(format: string): boolean;
  parse_date_code(
    serial: number,
    options: { date1904: boolean },
  ): { y: number; m: number; d: number; H: number; M: number } | null;
}
const formatter = XLSX.SSF as NumberFormatter;

const knownFormats = new Map<string, boolean>();

/** A duration ([h]:mm) looks like a date to the library, and is none. */
function showsDate(format: string): boolean {
  const known = knownFormats.get(format);
  if (known !== undefined) return known;
  const isDate = formatter.is_date(format) && !/\[[hms]+\]/i.test(format);
  knownFormats.set(format, isDate);
  return isDate;
}

/** The library's text for a day in a format that it knows by number only. */
const SHORT_DATE = /^\d{1,2}\/\d{1,2}\/\d{2}$/;

/** A stored number with its format: as a date when the format shows one, else with the text that a person sees. */
export function numberCell(number: number, { z, w }: Pick<XLSX.CellObject, "z" | "w">, date1904: boolean): Cell {
  if (Number.isNaN(number)) throw damaged();
  if (z === "General" || z === "@") return { text: plainText(number), number };
  // The formats that Chinese programs use by number and never write out have no code on their first cell.
  const isDate = z === undefined ? SHORT_DATE.test(w ?? "") : showsDate(String(z));
  const date = isDate ? dateCell(number, date1904) : undefined;
  return date ?? { text: w?.trim() ?? String(number), number };
}

/** Fifteen digits are what a spreadsheet shows and stores; the rest is binary noise (0.1 + 0.2). */
function plainText(number: number): string {
  const text = String(number);
  return text.length <= 15 ? text : String(Number(number.toPrecision(15)));
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

/** A serial of less than a day is a time of day, and no date; so is the 29 February 1900 that never was. */
function dateCell(serial: number, date1904: boolean): Cell | undefined {
  const parts = formatter.parse_date_code(serial, { date1904 });
  if (!parts || (serial < 1 && !date1904)) return undefined;
  const date = `${pad(parts.y, 4)}-${pad(parts.m)}-${pad(parts.d)}`;
  if (!isLocalDate(date)) return undefined;
  const hasTime = parts.H + parts.M > 0;
  return { text: hasTime ? `${date} ${pad(parts.H)}:${pad(parts.M)}` : date, number: serial, date };
}
