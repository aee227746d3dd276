import { headerKey, type FoundHeader, type SheetColumn } from "./header-match";
import type { TableLayout } from "./table-layout";
import { squeezed } from "./text-values";
import type { MergedArea } from "./workbook";

export interface TableRow {
  /** as the spreadsheet program shows it, 1-based */
  readonly rowNumber: number;
  /** a text for every known column, "" when the cell is blank or the sheet lacks the column */
  readonly values: Readonly<Record<string, string>>;
}

export interface DroppedRow {
  readonly rowNumber: number;
  readonly reason: "blank" | "total" | "footnote" | "repeatedHeader" | "example";
  /** its first text */
  readonly text: string;
}

/** How a table is read from here on; see `TableLayout`. */
export interface ReadingOptions extends TableLayout {
  readonly headers: readonly FoundHeader[];
  readonly merges: readonly MergedArea[];
}

/**
 * Reads the rows below a header one after the other, so that a long sheet never stands in memory as a whole: data rows
 * by known column, and what is none (totals, notes, blank rows, headers repeated on each printed page, the example row of
 * a template).
 */
export class TableReader {
  private readonly sources: readonly { readonly column: SheetColumn; readonly at: number | undefined }[];
  private readonly fills: ReadonlyMap<number, readonly MergedArea[]>;
  private readonly filled = new Map<number, { readonly until: number; readonly text: string }>();
  private inNotes = false;

  constructor(
    columns: readonly SheetColumn[],
    private readonly options: ReadingOptions,
  ) {
    this.sources = columns.map((column) => ({ column, at: options.columns[column.key] }));
    this.fills = mergesByTop(options.merges);
  }

  /** The first row with data, 0-based. */
  get firstRow(): number {
    return this.options.header ? this.options.header.last + 1 : 0;
  }

  /** @param index 0-based; each row once, from `firstRow` on, top to bottom @param cells its texts */
  read(index: number, cells: readonly string[]): TableRow | DroppedRow {
    this.rememberMerges(index, cells);
    const text = firstText(cells);
    const reason = this.dropReason(text, cells);
    if (reason) {
      this.inNotes ||= reason === "footnote";
      return { rowNumber: index + 1, reason, text };
    }
    const values: Record<string, string> = {};
    for (const { column, at } of this.sources) {
      values[column.key] = at === undefined ? "" : this.textAt(index, cells, at, column).trim();
    }
    return { rowNumber: index + 1, values };
  }

  private textAt(index: number, cells: readonly string[], at: number, column: SheetColumn): string {
    const above = column.fillMerged === true ? this.filled.get(at) : undefined;
    return above && index <= above.until ? above.text : (cells[at] ?? "");
  }

  private rememberMerges(index: number, cells: readonly string[]): void {
    for (const { left, bottom } of this.fills.get(index) ?? []) {
      this.filled.set(left, { until: bottom, text: cells[left] ?? "" });
    }
  }

  private dropReason(text: string, cells: readonly string[]): DroppedRow["reason"] | undefined {
    const first = squeezed(text);
    if (first === "") return "blank";
    if (TOTAL.test(first)) return "total";
    if (EXAMPLE.test(first)) return "example";
    const { headers } = this.options;
    if (FOOTNOTE.test(first) || (this.inNotes && isNoteContinued(cells, headers))) return "footnote";
    return repeatsHeader(cells, headers) ? "repeatedHeader" : undefined;
  }
}

/** Areas one column wide by their top row. */
function mergesByTop(merges: readonly MergedArea[]): ReadonlyMap<number, readonly MergedArea[]> {
  const tops = new Map<number, MergedArea[]>();
  for (const area of merges) {
    if (area.left !== area.right) continue;
    const here = tops.get(area.top) ?? [];
    tops.set(area.top, [...here, area]);
  }
  return tops;
}

const firstText = (cells: readonly string[]): string => cells.find((cell) => cell.trim() !== "")?.trim() ?? "";

const TOTAL = /^(?:本页|)(?:合计|总计|小计|共计|累计)(?:\(.*\)|):?$/;
/** How templates mark the row that shows how to fill in: 示例, (示例)…, 填写示例：… */
const EXAMPLE = /^(?:填写|)(?:示例|样例)(?:$|[:\d])|^[([【](?:填写|)(?:示例|样例)[)\]】]/;
const FOOTNOTE =
  /^(?:备?注\d*|说明|填[表报]说明|[数资][据料]来源|填[表报]人|填报(?:单位|日期|时间)|制表人?|审核人?|复核人?|单位负责人|联系电话)[:.、]/;

/** Notes run over several rows ("2. …"), each in one cell. */
const isNoteContinued = (cells: readonly string[], headers: readonly FoundHeader[]): boolean =>
  headers.length > 1 && cells.filter((cell) => cell.trim() !== "").length === 1;

/** Every text of the row is a line of its own column's header. */
function repeatsHeader(cells: readonly string[], headers: readonly FoundHeader[]): boolean {
  let repeated = 0;
  for (const { column, parts } of headers) {
    const text = cells[column] ?? "";
    if (text.trim() === "") continue;
    if (!parts.includes(headerKey(text))) return false;
    repeated++;
  }
  return repeated > 1 || (repeated === 1 && headers.length === 1);
}
