import { SHEET_LIMITS } from "./workbook";

/** One line of a zip archive's directory. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly unpackedSize: number;
  readonly headerOffset: number;
}

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const IN_EXTRA = 0xffffffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function directoryOf(view: DataView): { count: number; offset: number } {
  const last = view.byteLength - 22;
  let end = last;
  while (end >= 0 && end >= last - 0xffff && view.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0 || view.getUint32(end, true) !== END_SIGNATURE) throw new RangeError("no end of directory");
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  // Java writers that stream (POI, EasyExcel) use the 64-bit record even for small files.
  if ((count !== 0xffff && offset !== IN_EXTRA) || view.getUint32(end - 20, true) !== END64_LOCATOR_SIGNATURE) {
    return { count, offset };
  }
  const end64 = Number(view.getBigUint64(end - 12, true));
  if (view.getUint32(end64, true) !== END64_SIGNATURE) throw new RangeError("no 64-bit end of directory");
  return {
    count: Number(view.getBigUint64(end64 + 32, true)),
    offset: Number(view.getBigUint64(end64 + 48, true)),
  };
}

/** Sizes that do not fit 32 bits, or that the writer did not know yet, stand in extra field 1, in this fixed order. */
function widen(view: DataView, from: number, length: number, sizes: readonly [number, number, number]): number[] {
  const widened: number[] = [...sizes];
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let value = at + 4;
    sizes.forEach((size, index) => {
      if (size !== IN_EXTRA) return;
      widened[index] = Number(view.getBigUint64(value, true));
      value += 8;
    });
  }
  return widened;
}

/**
 * Reads the directory at the end of a zip archive; unpacks nothing. At most one entry more than allowed is read.
 * @returns undefined when the archive is cut off or its directory is broken
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = viewOf(bytes);
  const decoder = new TextDecoder();
  try {
    const { count, offset } = directoryOf(view);
    const entries: ZipEntry[] = [];
    let at = offset;
    for (let index = 0; index < count && entries.length <= SHEET_LIMITS.archiveEntries; index++) {
      if (view.getUint32(at, true) !== DIRECTORY_SIGNATURE) return undefined;
      const nameLength = view.getUint16(at + 28, true);
      const extraLength = view.getUint16(at + 30, true);
      const nameEnd = at + 46 + nameLength;
      const [unpackedSize = 0, packedSize = 0, headerOffset = 0] = widen(view, nameEnd, extraLength, [
        view.getUint32(at + 24, true),
        view.getUint32(at + 20, true),
        view.getUint32(at + 42, true),
      ]);
      entries.push({
        name: decoder.decode(bytes.subarray(at + 46, nameEnd)).replaceAll("\\", "/"),
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packedSize,
        unpackedSize,
        headerOffset,
      });
      at = nameEnd + extraLength + view.getUint16(at + 32, true);
    }
    return entries;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * True when an archive would unpack to more than an honest workbook does, by its directory alone. A directory that
 * lies is caught later: every part is unpacked into exactly the size it promised.
 */
export function isUnsafeArchive(entries: readonly ZipEntry[], archiveBytes: number): boolean {
  let packed = 0;
  let unpacked = 0;
  for (const entry of entries) {
    packed += entry.packedSize;
    unpacked += entry.unpackedSize;
  }
  const swollen =
    unpacked > SHEET_LIMITS.ratioFreeBytes && unpacked > SHEET_LIMITS.unpackedRatio * Math.max(1, archiveBytes);
  // Parts that together are longer than the file overlap: one packed block is meant to be unpacked many times.
  const overlapping = packed > archiveBytes;
  return (
    entries.length > SHEET_LIMITS.archiveEntries || unpacked > SHEET_LIMITS.unpackedBytes || swollen || overlapping
  );
}

/** The packed bytes of an entry, or undefined when they lie outside the file. */
export function packedBytesOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | undefined {
  const view = viewOf(bytes);
  const at = entry.headerOffset;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL_SIGNATURE) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const end = start + entry.packedSize;
  return end > bytes.length ? undefined : bytes.subarray(start, end);
}

/** A part to put into an archive, already packed by `method`. */
export type PackedPart = Pick<ZipEntry, "name" | "method" | "crc" | "unpackedSize"> & { readonly packed: Uint8Array };

/** 1 January 1980: a zip archive must have a date, and equal contents must give equal files. */
const FIXED_DATE = 0x0021;
const UTF8_NAMES = 0x0800;

function headerOf(part: PackedPart, name: Uint8Array, offset: number | undefined): Uint8Array {
  const inDirectory = offset !== undefined;
  const header = new Uint8Array((inDirectory ? 46 : 30) + name.length);
  const view = viewOf(header);
  view.setUint32(0, inDirectory ? DIRECTORY_SIGNATURE : LOCAL_SIGNATURE, true);
  if (inDirectory) {
    view.setUint16(4, 20, true);
    view.setUint32(42, offset, true);
  }
  const at = inDirectory ? 6 : 4;
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 4, part.method, true);
  view.setUint16(at + 8, FIXED_DATE, true);
  view.setUint32(at + 10, part.crc, true);
  view.setUint32(at + 14, part.packed.length, true);
  view.setUint32(at + 18, part.unpackedSize, true);
  view.setUint16(at + 22, name.length, true);
  header.set(name, header.length - name.length);
  return header;
}

/** Joins packed parts into one archive. */
export function zipArchive(parts: readonly PackedPart[]): Uint8Array {
  const encoder = new TextEncoder();
  const body: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = encoder.encode(part.name);
    const header = headerOf(part, name, undefined);
    directory.push(headerOf(part, name, offset));
    body.push(header, part.packed);
    offset += header.length + part.packed.length;
  }
  const end = new Uint8Array(22);
  const view = viewOf(end);
  view.setUint32(0, END_SIGNATURE, true);
  view.setUint16(8, parts.length, true);
  view.setUint16(10, parts.length, true);
  view.setUint32(
    12,
    directory.reduce((size, line) => size + line.length, 0),
    true,
  );
  view.setUint32(16, offset, true);
  const pieces = [...body, ...directory, end];
  const archive = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    archive.set(piece, at);
    at += piece.length;
  }
  return archive;
}
