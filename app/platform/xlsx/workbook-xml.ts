import { daysBetween, isLocalDate, localDate } from "../../kernel/local-date";
import { guardFormula } from "./formula-guard";
import type { ValueRow } from "./row-chunks";
import type { ColumnToWrite, SheetToWrite, WorkbookToWrite } from "./sheet-to-write";
import { columnLetters } from "./workbook";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** The longest text a cell takes. */
const MAX_TEXT = 32_767;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const TO_ESCAPE = /[&<>"_\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;

/**
 * Escapes a text for XML. What XML cannot hold at all (control characters) is written as _xHHHH_, the format's own way;
 * a text that looks like such an escape has its underscore escaped.
 */
export function escapeXml(text: string): string {
  if (!TO_ESCAPE.test(text)) return text;
  return text
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (sign) => {
      return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
    });
}

/** Positions in `cellXfs` of STYLES_XML. */
const STYLE = { header: 1, text: 2, number: 3, date: 4, note: 5 } as const;

const border = (side: string) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`;
const cellFormat = (numberFormat: number, font: number, fill: number, line: number, alignment: string) =>
  `<xf numFmtId="${numberFormat}" fontId="${font}" fillId="${fill}" borderId="${line}" xfId="0" applyNumberFormat="1" ` +
  `applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment ${alignment}/></xf>`;

export const STYLES_XML =
  `${HEAD}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>' +
  '<font><sz val="10"/><color rgb="FF595959"/><name val="等线"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEAEFF5"/></patternFill></fill></fills>' +
  '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>' +
  `<border>${["left", "right", "top", "bottom"].map(border).join("")}<diagonal/></border></borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  cellFormat(0, 1, 2, 1, 'horizontal="center" vertical="center" wrapText="1"') +
  cellFormat(49, 0, 0, 1, 'vertical="top" wrapText="1"') +
  cellFormat(0, 0, 0, 1, 'vertical="top"') +
  cellFormat(164, 0, 0, 1, 'vertical="top"') +
  cellFormat(0, 2, 0, 0, 'vertical="top" wrapText="1"') +
  "</cellXfs></styleSheet>";

function textCell(row: number, column: number, text: string, style: number): string {
  const guarded = guardFormula(text);
  const short = guarded.length > MAX_TEXT ? `${guarded.slice(0, MAX_TEXT - 1)}…` : guarded;
  const place = `${columnLetters(column)}${row}`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(short)}</t></is></c>`;
}

const numberCell = (row: number, column: number, value: number, style: number): string =>
  `<c r="${columnLetters(column)}${row}" s="${style}"><v>${value}</v></c>`;

const DAY_ZERO = localDate("1899-12-30");
/** Before it, the programs count a 29 February 1900 that never was. */
const FIRST_SAFE_DAY = "1900-03-01";

/** Long sheets repeat few days. */
const knownSerials = new Map<string, number>();
const MOST_KNOWN_SERIALS = 50_000;

/** The number a spreadsheet stores for a day, or undefined for a text that is none. */
function serialOf(date: string): number | undefined {
  const known = knownSerials.get(date);
  if (known !== undefined) return known;
  if (!isLocalDate(date) || date < FIRST_SAFE_DAY) return undefined;
  const serial = daysBetween(DAY_ZERO, date);
  if (knownSerials.size < MOST_KNOWN_SERIALS) knownSerials.set(date, serial);
  return serial;
}

function valueCell(row: number, column: number, value: string | number | null, kind: ColumnToWrite["kind"]): string {
  if (value === null || value === "") return "";
  if (typeof value === "number") return numberCell(row, column, value, STYLE.number);
  const serial = kind === "date" ? serialOf(value) : undefined;
  if (serial !== undefined) return numberCell(row, column, serial, STYLE.date);
  return textCell(row, column, value, STYLE.text);
}

export function rowXml(row: number, values: ValueRow, columns: readonly ColumnToWrite[]): string {
  const cells = columns.map((column, index) => valueCell(row, index, values[index] ?? null, column.kind));
  return `<row r="${row}">${cells.join("")}</row>`;
}

/** Width as shown: Chinese characters take two places. Only the longest line of a text counts. */
const shownWidth = (text: string): number =>
  Math.max(...text.split("\n").map((line) => [...line].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0)));

const NARROWEST = 8;
const WIDEST = 50;

function widthOf(column: ColumnToWrite, index: number, sample: readonly ValueRow[]): number {
  if (column.width !== undefined) return column.width;
  const texts = [column.title, ...sample.map((row) => String(row[index] ?? ""))];
  return Math.min(WIDEST, Math.max(NARROWEST, ...texts.map(shownWidth)) + 2);
}

/** The rows above the data: an optional note across the whole width, then the headers. */
export const headerRowOf = (sheet: Pick<SheetToWrite, "note">): number => (sheet.note === undefined ? 1 : 2);

/** Everything of a sheet before its data rows; `sample` are some rows to guess widths from. */
export function sheetHead(sheet: Omit<SheetToWrite, "rows">, sample: readonly ValueRow[], isFirst: boolean): string {
  const headerRow = headerRowOf(sheet);
  const columns = sheet.columns.map((column, index) => {
    const style = column.kind === "text" ? STYLE.text : column.kind === "date" ? STYLE.date : STYLE.number;
    const place = `min="${index + 1}" max="${index + 1}"`;
    return `<col ${place} width="${widthOf(column, index, sample)}" style="${style}" customWidth="1"/>`;
  });
  const headers = sheet.columns.map((column, index) => textCell(headerRow, index, column.title, STYLE.header));
  const note = sheet.note === undefined ? "" : `<row r="1">${textCell(1, 0, sheet.note, STYLE.note)}</row>`;
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ""}>` +
    `<pane ySplit="${headerRow}" topLeftCell="A${headerRow + 1}" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    `${columns.length > 0 ? `<cols>${columns.join("")}</cols>` : ""}` +
    `<sheetData>${note}<row r="${headerRow}">${headers.join("")}</row>`
  );
}

/** Everything of a sheet after its data rows. */
export function sheetTail(sheet: Omit<SheetToWrite, "rows">, lastRow: number): string {
  const headerRow = headerRowOf(sheet);
  const last = columnLetters(Math.max(0, sheet.columns.length - 1));
  const merged = sheet.note !== undefined && sheet.columns.length > 1;
  return (
    `</sheetData><autoFilter ref="A${headerRow}:${last}${lastRow}"/>` +
    `${merged ? `<mergeCells count="1"><mergeCell ref="A1:${last}1"/></mergeCells>` : ""}` +
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
  );
}

/** Sheet names that the programs accept: 1–31 characters, none of []:*?/\, no apostrophe at an end, no two alike. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name, index) => {
    const plain = name.replace(/[[\]:*?/\\\p{Cc}]/gu, " ").replace(/^[\s']+|[\s']+$/g, "") || `Sheet${index + 1}`;
    let unique = plain.slice(0, 31);
    for (let copy = 2; taken.has(unique.toLowerCase()); copy++) unique = `${plain.slice(0, 26)} (${copy})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

export function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join("")}</sheets></workbook>`;
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
const relations = (lines: readonly string[]) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${lines.join("")}</Relationships>`;

export const sheetPath = (index: number): string => `worksheets/sheet${index + 1}.xml`;

export const workbookRelationsXml = (count: number): string =>
  relations([
    ...Array.from({ length: count }, (_, i) => relation(`rId${i + 1}`, `${OFFICE}/worksheet`, sheetPath(i))),
    relation("rIdStyles", `${OFFICE}/styles`, "styles.xml"),
  ]);

export const PACKAGE_RELATIONS_XML = relations([
  relation("rId1", `${OFFICE}/officeDocument`, "xl/workbook.xml"),
  relation("rId2", `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"),
]);

const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export function contentTypesXml(count: number): string {
  const part = (name: string, type: string) => `<Override PartName="${name}" ContentType="${type}"/>`;
  const sheets = Array.from({ length: count }, (_, i) => part(`/xl/${sheetPath(i)}`, `${SPREADSHEET}.worksheet+xml`));
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part("/xl/workbook.xml", `${SPREADSHEET}.sheet.main+xml`) +
    part("/xl/styles.xml", `${SPREADSHEET}.styles+xml`) +
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") +
    `${sheets.join("")}</Types>`
  );
}

export function propertiesXml({ title, author, description = "" }: WorkbookToWrite["properties"]): string {
  return (
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator>` +
    `<dc:description>${escapeXml(description)}</dc:description></cp:coreProperties>`
  );
}
