import { crc32, inflateRawSync } from "node:zlib";
import * as XLSX from "xlsx";
import { builtInFormats } from "./cell-values";
import { RowPacker, type PackedSheet } from "./row-chunks";
import { scanRows, type Book } from "./scan-rows";
import { damaged, type CellQuota } from "./unreadable";
import type { MergedArea } from "./workbook";
import { attribute, elementText, findTag, plainXml, prefixOf, richText, tagsOf, unescapeXml } from "./xml-scan";
import { packedBytesOf, readZipDirectory, type ZipEntry } from "./zip-archive";

/**
 * Reads an .xlsx file. Own code and not the library's, which takes several times as long and as much memory, and
 * unpacks whatever an archive's data say: here each part gets no more room than its directory entry promised.
 */
export function parseXlsx(bytes: Uint8Array, quota: CellQuota): PackedSheet[] {
  const part = partReader(bytes);
  const root = [...relationsOf(part, "", "_rels/.rels").values()];
  const workbookPath = root.find(({ type }) => type.endsWith("/officeDocument"))?.path ?? "xl/workbook.xml";
  const workbook = part(workbookPath)?.toString("utf8");
  if (workbook === undefined) throw damaged();
  const relationsPath = workbookPath.replace(/([^/]*)$/, "_rels/$1.rels");
  const relations = relationsOf(part, workbookPath.replace(/[^/]*$/, ""), relationsPath);
  const partOf = (kind: string) => {
    const path = [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.path;
    return path === undefined ? undefined : part(path);
  };
  const prefix = prefixOf(workbook);
  const properties = tagsOf(workbook, `${prefix}workbookPr`)[0] ?? "";
  const book: Book = {
    strings: sharedStrings(partOf("sharedStrings")),
    formats: cellFormats(partOf("styles")),
    date1904: ["1", "true"].includes(attribute(properties, "date1904") ?? ""),
  };
  const sheets: PackedSheet[] = [];
  for (const tag of tagsOf(workbook, `${prefix}sheet`)) {
    const relation = relations.get(/\s(?:[\w.-]+:|)id=["']([^"']*)["']/.exec(tag)?.[1] ?? "");
    if (relation?.type.endsWith("/worksheet") !== true) continue;
    const xml = part(relation.path);
    if (!xml) throw damaged();
    const name = unescapeXml(attribute(tag, "name") ?? "");
    const hidden = (attribute(tag, "state") ?? "visible") !== "visible";
    sheets.push({ name, hidden, ...readSheet(xml, name, book, quota) });
  }
  return sheets;
}

type PartReader = (name: string) => Buffer | undefined;

function partReader(bytes: Uint8Array): PartReader {
  const entries = new Map<string, ZipEntry>();
  for (const entry of readZipDirectory(bytes) ?? []) entries.set(entry.name.replace(/^\//, "").toLowerCase(), entry);
  return (name) => {
    const entry = entries.get(name.toLowerCase());
    return entry && plainXml(unpack(bytes, entry));
  };
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Buffer {
  const packed = packedBytesOf(bytes, entry);
  if (!packed || (entry.method !== 0 && entry.method !== 8)) throw damaged();
  const plain = entry.method === 0 ? Buffer.from(packed) : inflated(packed, entry.unpackedSize);
  if (plain.length !== entry.unpackedSize || crc32(plain) !== entry.crc) throw damaged();
  return plain;
}

function inflated(packed: Uint8Array, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged();
  }
}

function relationsOf(part: PartReader, folder: string, path: string): Map<string, { type: string; path: string }> {
  const xml = part(path)?.toString("utf8") ?? "";
  const relations = new Map<string, { type: string; path: string }>();
  for (const tag of tagsOf(xml, `${prefixOf(xml)}Relationship`)) {
    const target = unescapeXml(attribute(tag, "Target") ?? "");
    const resolved = target.startsWith("/") ? target.slice(1) : `${folder}${target}`.replace(/[^/]+\/\.\.\//g, "");
    relations.set(attribute(tag, "Id") ?? "", { type: attribute(tag, "Type") ?? "", path: resolved });
  }
  return relations;
}

function sharedStrings(part: Buffer | undefined): string[] {
  const xml = part?.toString("utf8") ?? "";
  const prefix = prefixOf(xml);
  const [open, close] = [`${prefix}si`, `</${prefix}si>`];
  const strings: string[] = [];
  for (let at = findTag(xml, open, 0); at >= 0;) {
    const tagEnd = xml.indexOf(">", at);
    const isEmpty = xml[tagEnd - 1] === "/";
    const end = isEmpty ? tagEnd : xml.indexOf(close, tagEnd);
    if (end < 0) throw damaged();
    strings.push(isEmpty ? "" : richText(xml.slice(tagEnd + 1, end), prefix));
    at = findTag(xml, open, end);
  }
  return strings;
}

/** Formats that Chinese programs use by number and never write out. */
const CHINESE_FORMATS: readonly (readonly [string, readonly number[]])[] = [
  ['yyyy"年"m"月"', [27, 36, 50, 52, 57]],
  ['m"月"d"日"', [28, 29, 51, 53, 54, 58]],
  ["m-d-yy", [30]],
  ['yyyy"年"m"月"d"日"', [31]],
  ['h"时"mm"分"', [32, 34, 55]],
  ['h"时"mm"分"ss"秒"', [33, 35, 56]],
];

/** Number format by cell style. */
function cellFormats(part: Buffer | undefined): string[] {
  const xml = part?.toString("utf8") ?? "";
  const prefix = prefixOf(xml);
  const formats = new Map<number, string>();
  for (const [id, format] of Object.entries(builtInFormats())) formats.set(Number(id), format);
  for (const [format, ids] of CHINESE_FORMATS) for (const id of ids) formats.set(id, format);
  for (const tag of tagsOf(xml, `${prefix}numFmt`)) {
    formats.set(Number(attribute(tag, "numFmtId")), unescapeXml(attribute(tag, "formatCode") ?? "General"));
  }
  const styles = tagsOf(elementText(xml, `${prefix}cellXfs`) ?? "", `${prefix}xf`);
  return styles.map((tag) => formats.get(Number(attribute(tag, "numFmtId") ?? 0)) ?? "General");
}

/** Bytes decoded at a time: the whole text of a large sheet would not be small. */
const SLICE_BYTES = 1024 * 1024;

function readSheet(xml: Buffer, sheet: string, book: Book, quota: CellQuota): Pick<PackedSheet, "chunks" | "merges"> {
  const prefix = prefixOf(xml.toString("utf8", 0, 2048));
  const start = xml.indexOf(`<${prefix}sheetData`);
  const end = xml.indexOf(`</${prefix}sheetData>`, Math.max(start, 0));
  if (end < 0) {
    if (start >= 0 && xml[xml.indexOf(">", start) - 1] !== "/".charCodeAt(0)) throw damaged();
    return { chunks: [], merges: [] };
  }
  const rowClose = `</${prefix}row>`;
  const packer = new RowPacker();
  const place = { row: -1, column: -1 };
  for (let from = start; from < end;) {
    const next = xml.indexOf(rowClose, from + SLICE_BYTES);
    const to = next < 0 || next > end ? end : next + rowClose.length;
    scanRows(xml.toString("utf8", from, to), prefix, book, place, (row, column, cell) => {
      quota.admit(sheet, row, column);
      packer.put(row, column, cell);
    });
    from = to;
  }
  return packer.finish(mergesOf(xml.toString("utf8", end), prefix));
}

function mergesOf(tail: string, prefix: string): MergedArea[] {
  const merges: MergedArea[] = [];
  for (const tag of tagsOf(tail, `${prefix}mergeCell`)) {
    const { s, e } = XLSX.utils.decode_range(attribute(tag, "ref") ?? "");
    merges.push({ top: s.r, left: s.c, bottom: e.r, right: e.c });
  }
  return merges;
}
