import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import type { Refusal } from "../../kernel/result";
import { damaged, Unreadable } from "./unreadable";
import { SHEET_LIMITS, type SheetRefusalCode } from "./workbook";

/** What the parser needs of a workbook; pictures, macros and the like are never unpacked. */
const NEEDED_PART = /^(?:\[content_types\]\.xml|(?:_rels|xl)\/.*\.(?:xml|rels))$/i;

/**
 * Unpacks the parts of an .xlsx. The directory is judged before anything is unpacked, and then held to its word: a part
 * gets no more room than its entry promised, and must have the checksum that stands there.
 * @throws Unreadable `sheet.damaged`, `sheet.unsafeArchive`, `sheet.passwordProtected`, `sheet.formatUnsupported`,
 * `sheet.notASheet`
 */
export async function unpackXlsx(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      decodeStrings: false,
    });
    const entries = await directoryOf(zip, bytes.length);
    const parts = new Map<string, Buffer>();
    for (const [name, entry] of entries) if (NEEDED_PART.test(name)) parts.set(name, await unpack(zip, entry));
    return parts;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const isLocked = error instanceof Error && error.message.startsWith("strong encryption");
    throw isLocked ? new Unreadable({ code: "sheet.passwordProtected" }) : damaged();
  }
}

async function directoryOf(zip: ZipFile, archiveBytes: number): Promise<Map<string, Entry>> {
  const unsafe = () => new Unreadable({ code: "sheet.unsafeArchive" });
  if (zip.entryCount > SHEET_LIMITS.archiveEntries) throw unsafe();
  const entries = new Map<string, Entry>();
  let isLocked = false;
  let packed = 0;
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    entries.set(entry.fileName.toString().replaceAll("\\", "/").replace(/^\//, ""), entry);
    isLocked ||= entry.isEncrypted();
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  const isSwollen = unpacked > SHEET_LIMITS.ratioFreeBytes && unpacked > SHEET_LIMITS.unpackedRatio * archiveBytes;
  // Parts that together are longer than the file overlap: one packed block is meant to be unpacked many times.
  const isOverlapping = packed > archiveBytes;
  if (unpacked > SHEET_LIMITS.unpackedBytes || isSwollen || isOverlapping) throw unsafe();
  const refusal = isLocked ? ({ code: "sheet.passwordProtected" } as const) : foreignRefusal([...entries.keys()]);
  if (refusal) throw new Unreadable(refusal);
  return entries;
}

/** What other office programs put in their archives; checked in this order, after the mark of an .xlsx. */
const FOREIGN_PARTS: readonly (readonly [RegExp, Refusal<SheetRefusalCode>])[] = [
  [/^xl\/workbook\.bin$/, { code: "sheet.formatUnsupported", facts: { kind: "binaryExcel" } }],
  [/^content\.xml$/, { code: "sheet.formatUnsupported", facts: { kind: "openDocument" } }],
  [/^Index\/|\.iwa$/, { code: "sheet.formatUnsupported", facts: { kind: "numbers" } }],
  [/^(word|ppt)\//, { code: "sheet.notASheet", facts: { kind: "office" } }],
];

function foreignRefusal(names: readonly string[]): Refusal<SheetRefusalCode> | undefined {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^xl\/\w+\.xml$/i) && has(/^\[Content_Types\]\.xml$/i)) return undefined;
  const foreign = FOREIGN_PARTS.find(([pattern]) => has(pattern));
  return foreign?.[1] ?? { code: "sheet.notASheet", facts: { kind: "archive" } };
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const plain = await buffer(await zip.openReadStreamPromise(entry));
  if (crc32(plain) !== entry.crc32) throw damaged();
  return plain;
}
