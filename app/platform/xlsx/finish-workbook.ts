import * as XLSX from "xlsx";
import type { DropDown, Remark } from "./sheet-to-write";
import { columnLetters } from "./workbook";

/** What a sheet gets beyond the cells that the library writes. */
export interface SheetFinish {
  /** rows that stay in sight when the sheet is scrolled: an optional note and the headers */
  readonly headRows: number;
  readonly columns: number;
  /** 0-based */
  readonly badColumns: readonly number[];
  readonly dropDowns: readonly DropDown[];
  readonly remarks: readonly Remark[];
}

/** The parts of the library's untyped container that are used. */
interface Container {
  read(bytes: Uint8Array, options: { readonly type: "buffer" }): Archive;
  write(
    archive: Archive,
    options: { readonly fileType: "zip"; readonly type: "buffer"; readonly compression: true },
  ): Buffer;
}
interface Archive {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly { content: Buffer; size: number }[];
}
const container = XLSX.CFB as Container;

/** Cells that may be coloured one by one; beyond it the column of problems must do. */
const MOST_COLOURED = 2_000;

/** Looks of header cells, of problems: the order is how the rules refer to them. */
const LOOKS = [
  '<dxf><font><b/></font><fill><patternFill patternType="solid"><bgColor rgb="FFE4EBF5"/></patternFill></fill></dxf>',
  '<dxf><font><color rgb="FFB42318"/></font><fill><patternFill patternType="solid"><bgColor rgb="FFFDE7E5"/></patternFill></fill></dxf>',
];
const [HEADER_LOOK, BAD_LOOK] = [0, 1];

/**
 * Adds what the library cannot write: the header stays in sight and stands out, problems are red, columns offer their
 * values in a list. Only the edges of a sheet's XML are touched, so that it costs the same for any number of rows.
 */
export function finishWorkbook(plain: Uint8Array, sheets: readonly SheetFinish[]): Uint8Array {
  const archive = container.read(plain, { type: "buffer" });
  for (const [index, sheet] of sheets.entries()) {
    edit(archive, `xl/worksheets/sheet${index + 1}.xml`, (xml) => finishSheet(xml, sheet));
  }
  edit(archive, "xl/styles.xml", (xml) =>
    replaceOnce(xml, '<dxfs count="0"/>', `<dxfs count="${LOOKS.length}">${LOOKS.join("")}</dxfs>`),
  );
  return container.write(archive, { fileType: "zip", type: "buffer", compression: true });
}

function edit(archive: Archive, name: string, change: (xml: Buffer) => Buffer): void {
  const entry = archive.FileIndex[archive.FullPaths.findIndex((path) => path.endsWith(`/${name}`))];
  if (!entry) throw new Error(`the library wrote no ${name}`);
  entry.content = change(Buffer.from(entry.content));
  entry.size = entry.content.length;
}

function replaceOnce(xml: Buffer, old: string, by: string): Buffer {
  const at = xml.indexOf(old);
  if (at < 0) throw new Error(`the library wrote no ${old}`);
  return Buffer.concat([xml.subarray(0, at), Buffer.from(by), xml.subarray(at + Buffer.byteLength(old))]);
}

const PLAIN_VIEW = '<sheetView workbookViewId="0"/>';
/** What may follow the cells before the rules of a sheet must stand. */
const BEFORE_RULES = ["</mergeCells>", "</sheetData>", "<sheetData/>"];

function finishSheet(xml: Buffer, sheet: SheetFinish): Buffer {
  const below = `A${sheet.headRows + 1}`;
  const frozen = `<sheetView workbookViewId="0"><pane ySplit="${sheet.headRows}" topLeftCell="${below}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="${below}" sqref="${below}"/></sheetView>`;
  const viewed = replaceOnce(xml, PLAIN_VIEW, frozen);
  const at = endOfCells(viewed);
  return Buffer.concat([viewed.subarray(0, at), Buffer.from(rulesOf(sheet)), viewed.subarray(at)]);
}

function endOfCells(xml: Buffer): number {
  const ends = BEFORE_RULES.map((mark) => {
    const at = xml.lastIndexOf(mark);
    return at < 0 ? 0 : at + mark.length;
  });
  const cells = Math.max(...ends);
  const filter = /^<autoFilter [^>]*\/>/.exec(xml.subarray(cells, cells + 200).toString("latin1"))?.[0] ?? "";
  return cells + filter.length;
}

function rulesOf({ headRows, columns, badColumns, dropDowns, remarks }: SheetFinish): string {
  const last = columnLetters(Math.max(0, columns - 1));
  const header = looks(`A${headRows}:${last}${headRows}`, "TRUE", HEADER_LOOK, 1);
  const bad = badColumns.map((column, index) => {
    const letters = columnLetters(column);
    const first = headRows + 1;
    return looks(`${letters}${first}:${letters}1048576`, `LEN(${letters}${first})>0`, BAD_LOOK, 2 + index);
  });
  const places = remarks
    .slice(0, MOST_COLOURED)
    .map(({ row, column }) => `${columnLetters(column)}${headRows + 1 + row}`);
  const remarked = places.length === 0 ? "" : looks(places.join(" "), "TRUE", BAD_LOOK, 2 + bad.length);
  return header + bad.join("") + remarked + listsOf(headRows, dropDowns);
}

const looks = (cells: string, formula: string, look: number | undefined, priority: number): string =>
  `<conditionalFormatting sqref="${cells}"><cfRule type="expression" dxfId="${look}" priority="${priority}"><formula>${formula.replace(">", "&gt;")}</formula></cfRule></conditionalFormatting>`;

function listsOf(headRows: number, dropDowns: readonly DropDown[]): string {
  if (dropDowns.length === 0) return "";
  const lists = dropDowns.map(({ column, rows, from }) => {
    const letters = columnLetters(column);
    const place = `${letters}${headRows + 1}:${letters}${headRows + rows}`;
    const list = columnLetters(from.column);
    const source = `'${from.sheet.replaceAll("'", "''")}'!$${list}$2:$${list}$${from.values + 1}`;
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="不在可选范围内" error="请从下拉列表中选择。" sqref="${place}"><formula1>${escaped(source)}</formula1></dataValidation>`;
  });
  return `<dataValidations count="${lists.length}">${lists.join("")}</dataValidations>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
