import { accept, refuse, type Result } from "../../kernel/result";
import { SHEET_LIMITS, type SheetRefusalCode } from "./workbook";

const SEPARATORS = [",", "\t", ";"] as const;

/** UTF-8 first, because valid UTF-8 is never anything else by chance; then the Chinese national encoding. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  for (const encoding of utf16 ? [utf16] : ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\u0000") ? undefined : text;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The separator that the opening lines use most; a comma when they use none. */
function separatorOf(text: string): string {
  const opening = text.slice(0, 8192).replace(/"(?:[^"]|"")*"/g, "");
  const counts = SEPARATORS.map((separator) => opening.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/**
 * Splits delimited text into rows (RFC 4180; line breaks inside quotes stay in the cell; a quote inside an unquoted
 * cell is an ordinary character). Stops early when there are more rows than allowed.
 */
export function parseDelimited(text: string, sheet: string): Result<string[][], SheetRefusalCode> {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = () => {
    rows.push(row);
    row = [];
  };
  while (at < text.length && rows.length <= SHEET_LIMITS.rows) {
    let cell: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return refuse({ code: "sheet.quoteUnclosed", facts: { sheet, row: rows.length + 1 } });
      const tail = cellEnd(text, end + 1, separator);
      cell = text.slice(at + 1, end).replaceAll('""', '"') + text.slice(end + 1, tail);
      at = tail;
    } else {
      const end = cellEnd(text, at, separator);
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (text[at] === separator) {
      at++;
      if (at === text.length) row.push("");
      continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    at++;
    endRow();
  }
  if (row.length > 0) endRow();
  return accept(rows);
}

function closingQuote(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}

function cellEnd(text: string, from: number, separator: string): number {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}
