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
