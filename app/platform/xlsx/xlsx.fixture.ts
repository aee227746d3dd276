import { crc32, deflateRawSync } from "node:zlib";
import { zipArchive, type PackedPart } from "./zip-archive";

/** A deflated part; `claims` overrides what the directory says about it. */
export function part(name: string, content: string, claims: Partial<PackedPart> = {}): PackedPart {
  const plain = Buffer.from(content);
  const packed = deflateRawSync(plain);
  return { name, method: 8, crc: crc32(plain), unpackedSize: plain.length, packed, ...claims };
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The least that is a workbook: one sheet named 表 with the given XML, and styles when given. */
export function workbookParts(sheetXml: string, stylesXml?: string): PackedPart[] {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const styles = stylesXml === undefined ? "" : relation("rId2", "styles", "styles.xml");
  return [
    part("[Content_Types].xml", "<Types/>"),
    part("xl/workbook.xml", '<workbook><sheets><sheet name="表" r:id="rId1"/></sheets></workbook>'),
    part(
      "xl/_rels/workbook.xml.rels",
      `<Relationships>${relation("rId1", "worksheet", "worksheets/sheet1.xml")}${styles}</Relationships>`,
    ),
    part("xl/worksheets/sheet1.xml", sheetXml),
    ...(stylesXml === undefined ? [] : [part("xl/styles.xml", stylesXml)]),
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
