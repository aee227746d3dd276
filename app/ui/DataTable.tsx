import type { ReactNode } from "react";

import { Icon } from "./Icon";
import { ScrollFrame } from "./ScrollFrame";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** figures stand right */
  readonly align?: "left" | "right" | "center" | undefined;
  /** stands in the head, so that cells hold figures only */
  readonly unit?: string | undefined;
  /** address of this list sorted by this column */
  readonly sortHref?: string | undefined;
  readonly sorted?: "ascending" | "descending" | undefined;
  /** names the row: its cell becomes the row's heading, and the head of its card on a phone */
  readonly primary?: boolean | undefined;
  readonly nowrap?: boolean | undefined;
  /** a phone leaves it out: the row reads well without */
  readonly wideOnly?: boolean | undefined;
  readonly render: (row: Row, index: number) => ReactNode;
  /** the cell of this column in the row of totals */
  readonly total?: ReactNode;
}

export interface DataTableProps<Row> {
  /** what the table holds, for readers who cannot see it */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** shown instead of an empty table, usually an EmptyState */
  readonly empty: ReactNode;
  readonly isHighlighted?: ((row: Row) => boolean) | undefined;
}

function classOf<Row>(column: Column<Row>, more = ""): string | undefined {
  const align = column.align === "right" ? "is-right" : column.align === "center" ? "is-center" : "";
  const nowrap = column.nowrap || column.align === "right" ? "is-nowrap" : "";
  return [align, nowrap, column.wideOnly ? "is-wide-only" : "", more].filter(Boolean).join(" ") || undefined;
}

const isBlank = (cell: ReactNode): boolean => cell === null || cell === undefined || cell === "" || cell === false;

/** What all cells of a column share; worked out once a column, for there are many rows. */
interface Cells<Row> {
  readonly column: Column<Row>;
  readonly label: string;
  readonly filled: string | undefined;
  readonly empty: string | undefined;
}

const cellsOf = <Row,>(column: Column<Row>): Cells<Row> => ({
  column,
  label: column.unit ? `${column.title}（${column.unit}）` : column.title,
  filled: classOf(column),
  empty: classOf(column, "is-empty"),
});

function cellOf<Row>({ column, label, filled, empty }: Cells<Row>, content: ReactNode) {
  return column.primary ? (
    <th key={column.key} scope="row" className={filled}>
      {content}
    </th>
  ) : (
    <td key={column.key} data-label={label} className={isBlank(content) ? empty : filled}>
      {content}
    </td>
  );
}

/** The one list pattern: dense rows on a screen, one card per row on a phone, a plain table on paper. */
export function DataTable<Row>({ caption, columns, rows, rowKey, empty, isHighlighted }: DataTableProps<Row>) {
  if (rows.length === 0) return <>{empty}</>;
  const hasTotals = columns.some((column) => column.total !== undefined);
  const cells = columns.map(cellsOf);
  return (
    <ScrollFrame>
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)} aria-sort={column.sorted}>
                <ColumnHead column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey(row)} className={isHighlighted?.(row) ? "is-highlighted" : undefined}>
              {cells.map((cell) => cellOf(cell, cell.column.render(row, index)))}
            </tr>
          ))}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr>{cells.map((cell) => cellOf(cell, cell.column.total ?? (cell.column.primary && "合计")))}</tr>
          </tfoot>
        )}
      </table>
    </ScrollFrame>
  );
}

function ColumnHead<Row>({ column }: { column: Column<Row> }) {
  const text = (
    <>
      {column.title}
      {column.unit && <span className="text-xs font-normal">（{column.unit}）</span>}
    </>
  );
  if (!column.sortHref) return text;
  return (
    <a href={column.sortHref} className={`inline-flex items-center gap-1 ${column.sorted ? "" : "text-secondary"}`}>
      {text}
      <Icon name={column.sorted ?? "sortable"} className="h-3.5 w-3.5 print:hidden" />
    </a>
  );
}
