import { withoutGuard } from "./formula-guard";
import { RowPacker, type PackedSheet } from "./row-chunks";
import { Unreadable, type CellQuota } from "./unreadable";

const SEPARATORS = [",", "\t", ";"] as const;

/** UTF-8 first, because valid UTF-8 is never anything else by chance; then the Chinese national encoding. */
function decodeText(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  for (const encoding of utf16 ? [utf16] : ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\u0000")) return text;
    } catch {
      continue;
    }
  }
  throw new Unreadable({ code: "sheet.encodingUnknown" });
}

/** The separator that the opening lines use most; a comma when they use none. */
function separatorOf(text: string): string {
  const opening = text.slice(0, 8192).replace(/"(?:[^"]|"")*"/g, "");
  const counts = SEPARATORS.map((separator) => opening.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/**
 * Reads delimited text (RFC 4180; line breaks inside quotes stay in the cell; a quote inside an unquoted cell is an
 * ordinary character). Every value stays the text it is.
 */
export function parseDelimited(bytes: Uint8Array, name: string, quota: CellQuota): PackedSheet {
  const text = decodeText(bytes);
  const separator = separatorOf(text);
  const packer = new RowPacker();
  let [row, column, at] = [0, 0, 0];
  while (at < text.length) {
    let value = "";
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close < 0) throw new Unreadable({ code: "sheet.quoteUnclosed", facts: { row: row + 1 } });
      value = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    }
    const end = cellEnd(text, at, separator);
    value += text.slice(at, end);
    if (value.trim() !== "") {
      quota.admit(name, row, column);
      packer.put(row, column, { text: withoutGuard(value) });
    }
    column++;
    if (text[end] !== separator) {
      row++;
      column = 0;
    }
    at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
  return { name, hidden: false, ...packer.finish() };
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
