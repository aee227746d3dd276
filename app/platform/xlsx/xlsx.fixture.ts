import { crc32, deflateRawSync } from "node:zlib";

/** A part of an archive, packed by `method` (0 stored, 8 deflated), with what the directory says about it. */
export interface PackedPart {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly unpackedSize: number;
  readonly packed: Uint8Array;
}

/** A deflated part; `claims` overrides what the directory says about it. */
export function part(name: string, content: string, claims: Partial<PackedPart> = {}): PackedPart {
  const plain = Buffer.from(content);
  const packed = deflateRawSync(plain);
  return { name, method: 8, crc: crc32(plain), unpackedSize: plain.length, packed, ...claims };
}

/** Joins parts into an archive, honest or not. No library writes one that lies. */
export function zipArchive(parts: readonly PackedPart[]): Uint8Array {
  const body: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, method, crc, unpackedSize, packed } of parts) {
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(unpackedSize, 18);
    shared.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), shared, place, Buffer.from(name));
    body.push(Buffer.from("PK\x03\x04"), shared, Buffer.from(name), packed);
    offset += 30 + name.length + packed.length;
  }
  const lines = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, lines, end]);
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

const CONTENT_TYPES =
  `<Types xmlns="${PACKAGE}/content-types">` +
  ["workbook:sheet.main", "worksheets/sheet1:worksheet", "styles:styles"]
    .map((line) => line.split(":"))
    .map(
      ([path, type]) =>
        `<Override PartName="/xl/${path}.xml" ` +
        `ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`,
    )
    .join("") +
  "</Types>";

const NO_STYLES = "<styleSheet/>";

/** The least that is a workbook: one sheet named 表 with the given XML, which may leave out its namespaces. */
export function workbookParts(sheetXml: string, stylesXml = NO_STYLES): PackedPart[] {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const sheets = '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>';
  const relations = relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml");
  return [
    part("[Content_Types].xml", CONTENT_TYPES),
    part("xl/workbook.xml", `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${sheets}</workbook>`),
    part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="${PACKAGE}/relationships">${relations}</Relationships>`),
    part("xl/styles.xml", stylesXml),
    part("xl/worksheets/sheet1.xml", sheetXml),
  ];
}

/** A workbook whose only sheet has these `<row>` elements. */
export const workbookOf = (rows: string, stylesXml?: string): Uint8Array =>
  zipArchive(workbookParts(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, stylesXml));

/** The same archive with all sizes and places in 64-bit fields, as streaming Java writers make it. */
export function inZip64(archive: Uint8Array): Uint8Array {
  const source = Buffer.from(archive);
  const end = source.length - 22;
  const count = source.readUInt16LE(end + 10);
  const directoryAt = source.readUInt32LE(end + 16);
  const lines: Buffer[] = [];
  let at = directoryAt;
  for (let index = 0; index < count; index++) {
    const length = 46 + source.readUInt16LE(at + 28);
    const line = Buffer.from(source.subarray(at, at + length));
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [place, field] of [
      [4, 24],
      [12, 20],
      [20, 42],
    ] as const) {
      extra.writeBigUInt64LE(BigInt(line.readUInt32LE(field)), place);
      line.writeUInt32LE(0xffffffff, field);
    }
    line.writeUInt16LE(28, 30);
    lines.push(line, extra);
    at += length;
  }
  const directory = Buffer.concat(lines);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + directory.length), 8);
  const last = Buffer.from(source.subarray(end));
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([source.subarray(0, directoryAt), directory, end64, locator, last]);
}
