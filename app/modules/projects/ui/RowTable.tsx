import type { ReactNode } from "react";

import { DataTable, fieldId, Section, SubmitButton, type Column } from "~/ui";

import { ROWS_BUTTON } from "../form-rows";

export interface RowTableProps<Row> {
  /** the list's field name: its rows are `name[0].column` */
  readonly name: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** rows that one press adds */
  readonly adds?: number;
  readonly errors?: readonly string[] | undefined;
}

/** A list typed row by row. Its buttons post the whole form, so it grows and shrinks without JavaScript. */
export function RowTable<Row>({ name, title, note, rows, columns, adds = 1, errors = [] }: RowTableProps<Row>) {
  const numbered = rows.map((row, index) => ({ row, index }));
  return (
    <Section id={fieldId(name)} title={title} note={note} flush>
      {errors.map((message) => (
        <p key={message} className="px-4 pt-2 text-[color:var(--bad-text)]">
          {message}
        </p>
      ))}
      <DataTable
        caption={title}
        rows={numbered}
        rowKey={({ index }) => String(index)}
        empty={null}
        columns={[
          ...columns.map((column) => ({
            ...column,
            render: ({ row, index }: { row: Row; index: number }) => column.render(row, index),
          })),
          {
            key: "remove",
            title: "操作",
            nowrap: true,
            render: ({ index }) => (
              <SubmitButton
                variant="quiet"
                name={ROWS_BUTTON}
                value={`remove:${name}:${index}`}
                formAction={`#${fieldId(name)}`}
                aria-label={`删除${title}第 ${index + 1} 行`}
                pendingLabel="正在删除…"
              >
                删除
              </SubmitButton>
            ),
          },
        ]}
      />
      <div className="px-4 py-2">
        <SubmitButton
          variant="secondary"
          name={ROWS_BUTTON}
          value={`add:${name}:${adds}`}
          formAction={`#${fieldId(name)}`}
          pendingLabel="正在增加…"
        >
          增加{adds === 1 ? "一" : ` ${adds} `}行
        </SubmitButton>
      </div>
    </Section>
  );
}
