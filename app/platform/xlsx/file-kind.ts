/** What a file is by its first bytes; the name it was given says nothing. */
export type FileKind =
  | "zip"
  | "ole2"
  | "text"
  | "html"
  | "xml"
  | "webArchive"
  | "richText"
  | "pdf"
  | "image"
  | "archive"
  | "oldExcel"
  | "binary";

const SIGNATURES: readonly (readonly [FileKind, readonly number[]])[] = [
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["ole2", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["image", [0x89, 0x50, 0x4e, 0x47]],
  ["image", [0xff, 0xd8, 0xff]],
  ["image", [0x47, 0x49, 0x46, 0x38]],
  ["image", [0x52, 0x49, 0x46, 0x46]],
  ["archive", [0x52, 0x61, 0x72, 0x21]],
  ["archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["archive", [0x1f, 0x8b]],
  ["oldExcel", [0x09, 0x00, 0x04, 0x00]],
  ["oldExcel", [0x09, 0x02, 0x06, 0x00]],
  ["oldExcel", [0x09, 0x04, 0x06, 0x00]],
  ["oldExcel", [0x09, 0x08, 0x10, 0x00]],
  ["text", [0xff, 0xfe]],
  ["text", [0xfe, 0xff]],
  ["text", [0xef, 0xbb, 0xbf]],
];

const MARKUP: readonly (readonly [FileKind, RegExp])[] = [
  ["html", /^<(!doctype html|html|head|body|meta|style|script|table|div)\b/i],
  ["xml", /^<\?xml\b/i],
  ["webArchive", /^mime-version:/i],
  ["richText", /^\{\\rtf/],
];

/** NUL and most control characters never stand in a text file; tab, line ends, form feed and ^Z do. */
const BINARY_BYTES = new Set([...Array(32).keys()].filter((byte) => ![0x09, 0x0a, 0x0c, 0x0d, 0x1a].includes(byte)));

/** Decides by content. Markup is told from delimited text, because web pages are often saved under the name .xls. */
export function fileKindOf(bytes: Uint8Array): FileKind {
  const signature = SIGNATURES.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  const kind = signature?.[0] ?? "text";
  if (kind !== "text") return kind;
  const start = bytes.subarray(0, 8192);
  const wide = start[0] === 0xff || start[0] === 0xfe;
  if (!wide && start.some((byte) => BINARY_BYTES.has(byte))) return "binary";
  const opening = new TextDecoder(wide ? "utf-16le" : "utf-8").decode(start).trimStart();
  return MARKUP.find(([, pattern]) => pattern.test(opening))?.[0] ?? "text";
}
