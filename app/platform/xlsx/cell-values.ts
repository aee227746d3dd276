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

type FormatKind = "number" | "date" | "duration";

const formatKinds = new Map<string, FormatKind>();

function kindOf(format: string): FormatKind {
  const known = formatKinds.get(format);
  if (known !== undefined) return known;
  const kind = !formatter.is_date(format) ? "number" : /\[[hms]+\]/i.test(format) ? "duration" : "date";
  formatKinds.set(format, kind);
  return kind;
}

/** A stored number with its format: as a date when the format shows one, else with the text that a person sees. */
export function numberCell(number: number, format: string, date1904: boolean): Cell {
  if (format === "General" || format === "@") return { text: plainText(number), number };
  const date = kindOf(format) === "date" ? dateCell(number, date1904) : undefined;
  return date ?? { text: shown(number, format, date1904), number };
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

/** Long sheets repeat few days, and a day takes longer to work out than the rest of its cell. */
const knownDays = new Map<number, Cell>();
const MOST_KNOWN_DAYS = 50_000;

function dateCell(serial: number, date1904: boolean): Cell | undefined {
  if (date1904) return calculatedDate(serial, date1904);
  const known = knownDays.get(serial);
  if (known) return known;
  const cell = calculatedDate(serial, date1904);
  if (cell && knownDays.size < MOST_KNOWN_DAYS) knownDays.set(serial, cell);
  return cell;
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

/** A serial of less than a day is a time of day, and no date; so is the 29 February 1900 that never was. */
function calculatedDate(serial: number, date1904: boolean): Cell | undefined {
  const parts = formatter.parse_date_code(serial, { date1904 });
  if (!parts || (serial < 1 && !date1904)) return undefined;
  const date = `${pad(parts.y, 4)}-${pad(parts.m)}-${pad(parts.d)}`;
  if (!isLocalDate(date)) return undefined;
  const hasTime = parts.H + parts.M > 0;
  return { text: hasTime ? `${date} ${pad(parts.H)}:${pad(parts.M)}` : date, number: serial, date };
}
