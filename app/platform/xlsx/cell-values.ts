import * as XLSX from "xlsx";
import { isLocalDate } from "../../kernel/local-date";
import type { Cell } from "./workbook";

/** The parts of the library's untyped number formatter that are used. */
interface NumberFormatter {
  get_table(): Readonly<Record<string, string>>;
  is_date(format: string): boolean;
  format(format: string, value: number, options: { date1904: boolean }): string;
  parse_date_code(
    serial: number,
    options: { date1904: boolean },
  ): { y: number; m: number; d: number; H: number; M: number } | null;
}
const formatter = XLSX.SSF as NumberFormatter;

/** Formats that files use by number only. */
export const builtInFormats = (): Readonly<Record<string, string>> => formatter.get_table();

const formatIsDate = new Map<string, boolean>();

function isDateFormat(format: string): boolean {
  const known = formatIsDate.get(format);
  if (known !== undefined) return known;
  const isDate = formatter.is_date(format);
  formatIsDate.set(format, isDate);
  return isDate;
}

/** A stored number with its format: as a date when the format shows one, else with the text that a person sees. */
export function numberCell(number: number, format: string, date1904: boolean): Cell {
  if (format === "General" || format === "@") return { text: plainText(number), number };
  if (isDateFormat(format)) return serialCell(number, format, date1904);
  return { text: shown(number, format, date1904), number };
}

/** Fifteen digits are what a spreadsheet shows and stores; the rest is binary noise (0.1 + 0.2). */
function plainText(number: number): string {
  const text = String(number);
  return text.length <= 15 ? text : String(Number(number.toPrecision(15)));
}

function shown(number: number, format: string, date1904: boolean): string {
  try {
    return formatter.format(format, number, { date1904 }).trim();
  } catch {
    return String(number);
  }
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

/** A serial of less than a day is a time of day, and no date; so is the 29 February 1900 that never was. */
function serialCell(serial: number, format: string, date1904: boolean): Cell {
  const parts = formatter.parse_date_code(serial, { date1904 });
  const isDuration = /\[[hms]+\]/i.test(format);
  const date = parts ? `${pad(parts.y, 4)}-${pad(parts.m)}-${pad(parts.d)}` : "";
  if (!parts || isDuration || (serial < 1 && !date1904) || !isLocalDate(date)) {
    return { text: shown(serial, format, date1904), number: serial };
  }
  const hasTime = parts.H + parts.M > 0;
  return { text: hasTime ? `${date} ${pad(parts.H)}:${pad(parts.M)}` : date, number: serial, date };
}
