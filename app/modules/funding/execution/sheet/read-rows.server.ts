import { parseAmount, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { findLayout, TOP_ROWS, type FoundLayout } from "~/platform/xlsx/table-layout";
import { TableReader, type TableRow } from "~/platform/xlsx/table-reader";
import { readDateText, readNumberText, squeezed } from "~/platform/xlsx/text-values";
import type { Cell, SheetGrid, TableRefusalCode } from "~/platform/xlsx/workbook";

import { PAYMENT_COLUMNS, type PaymentColumn } from "./sheet.columns";

/** A row of a payment sheet as it was understood; what could not be is null, its text is kept. */
export interface SheetRow {
  readonly rowNumber: number;
  readonly voucher: string;
  readonly contractNumber: string;
  readonly projectCode: string;
  readonly projectName: string;
  readonly unitName: string;
  readonly payee: string;
  readonly purpose: string;
  readonly amountText: string;
  readonly amountFen: Fen | null;
  readonly paidText: string;
  readonly paidOn: LocalDate | null;
}

export interface ReadSheet {
  readonly layout: FoundLayout;
  /** what the amounts of the sheet count where they do not say it themselves */
  readonly unit: "wan" | "yuan";
  readonly rows: readonly SheetRow[];
}

const REQUIRED = PAYMENT_COLUMNS.filter((column) => "required" in column);

/**
 * The payments of a workbook: of its visible sheets the first that has a header with an amount and a day. Title rows above
 * it, totals, notes and headers repeated on each page are no payments.
 * Refuses with table.headerNotFound, table.columnsMissing, table.noRows.
 */
export function readPaymentSheet(
  sheets: readonly SheetGrid[],
): Result<ReadSheet & { readonly sheet: SheetGrid }, TableRefusalCode> {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const found = (visible.length > 0 ? visible : sheets).map((sheet) => ({ sheet, layout: layoutOf(sheet) }));
  const best =
    found.find(({ layout }) => layout?.header && missingOf(layout).length === 0) ?? found.find(({ layout }) => layout);
  const name = found[0]?.sheet.name ?? "";
  if (!best?.layout?.header) {
    const expected = REQUIRED.map(({ title }) => title).join("、");
    return refuse({ code: "table.headerNotFound", facts: { sheet: name, expected } });
  }
  const { sheet, layout } = best;
  const row = best.layout.header.last + 1;
  const missing = missingOf(layout);
  if (missing.length > 0) {
    const facts = {
      sheet: sheet.name,
      row,
      missing: missing.join("、"),
      found: layout.headers.map(({ text }) => text).join("、"),
    };
    return refuse({ code: "table.columnsMissing", facts });
  }
  const unit = amountUnit(sheet, layout);
  const rows = rowsOf(sheet, layout, unit);
  if (rows.length === 0) return refuse({ code: "table.noRows", facts: { sheet: sheet.name, row } });
  return accept({ sheet, layout, unit, rows });
}

/** A header that is repeated on each printed page is found too: the one above it has the rows between. */
function layoutOf({ rows, merges }: SheetGrid): FoundLayout | undefined {
  const top = rows.slice(0, TOP_ROWS).map((row) => row.map(({ text }) => text));
  let found = findLayout({ top, merges }, PAYMENT_COLUMNS);
  for (let above = found; above?.header;) {
    found = above;
    above = findLayout({ top: top.slice(0, above.header.first), merges }, PAYMENT_COLUMNS);
    if (above && missingOf(above).length > 0) break;
  }
  return found;
}

const missingOf = ({ columns }: FoundLayout): string[] =>
  REQUIRED.filter(({ key }) => columns[key] === undefined).map(({ title }) => title);

function rowsOf(sheet: SheetGrid, layout: FoundLayout, unit: "wan" | "yuan"): SheetRow[] {
  const reader = new TableReader(PAYMENT_COLUMNS, { ...layout, merges: sheet.merges });
  const { amount = -1, paidOn = -1 } = layout.columns;
  return sheet.rows.flatMap((cells, index) => {
    if (index < reader.firstRow) return [];
    const row = reader.read(
      index,
      cells.map(({ text }) => text),
    );
    // What is stored says more than what is shown: a number may be rounded, a date may be written in any way.
    return "values" in row ? [understood(row, { amount: cells[amount], paidOn: cells[paidOn] }, unit)] : [];
  });
}

/** The unit that the header of the amounts or a line above it names; yuan when nothing is said, as vouchers are in yuan. */
function amountUnit(sheet: SheetGrid, { headers, columns, header }: FoundLayout): "wan" | "yuan" {
  const title = headers.find(({ column }) => column === columns.amount)?.text ?? "";
  const above = sheet.rows.slice(0, header?.first ?? 0).flatMap((row) => row.map(({ text }) => text));
  const words = [title, ...above.filter((text) => /单位[:：]/.test(text))].map(squeezed);
  const saying = words.find((text) => text.includes("元"));
  return saying?.includes("万元") ? "wan" : "yuan";
}

function understood(
  { rowNumber, values }: TableRow,
  stored: { readonly amount: Cell | undefined; readonly paidOn: Cell | undefined },
  unit: "wan" | "yuan",
): SheetRow {
  const textOf = (key: PaymentColumn): string => values[key] ?? "";
  return {
    rowNumber,
    voucher: squeezed(textOf("voucher")),
    contractNumber: squeezed(textOf("contractNumber")),
    projectCode: squeezed(textOf("projectCode")),
    projectName: textOf("projectName"),
    unitName: textOf("unitName"),
    payee: textOf("payee"),
    purpose: textOf("purpose"),
    amountText: textOf("amount"),
    amountFen: amountOf(stored.amount, unit),
    paidText: textOf("paidOn"),
    paidOn: dayOf(stored.paidOn),
  };
}

/** The stored number wins over what a format shows of it: 119.73 may be shown as 120. A unit in the cell wins over all. */
function amountOf(cell: Cell | undefined, unit: "wan" | "yuan"): Fen | null {
  if (!cell || cell.error) return null;
  if (cell.number !== undefined && !cell.date) {
    // Fifteen digits are what a spreadsheet stores; the rest is binary noise.
    const plain = Number(cell.number.toPrecision(15));
    const decimal = Number.isInteger(plain) ? String(plain) : plain.toFixed(8).replace(/0+$/, "");
    return parseAmount(decimal, unit) ?? null;
  }
  const read = readNumberText(cell.text);
  if (!read || read.approximate || (read.unit !== undefined && !["元", "万元", "万"].includes(read.unit))) return null;
  return parseAmount(`${read.decimal}${read.unit ?? ""}`, unit) ?? null;
}

function dayOf(cell: Cell | undefined): LocalDate | null {
  if (!cell) return null;
  if (cell.date) return cell.date;
  const read = readDateText(cell.text);
  return read && "date" in read ? read.date : null;
}
