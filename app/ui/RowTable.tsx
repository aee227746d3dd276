import type { ReactNode } from "react";

import { DataTable, type Column } from "./DataTable";
import { fieldId } from "./field-id";
import { ROWS_BUTTON } from "./rows-button";
import { Section } from "./Section";
import { SubmitButton } from "./SubmitButton";

export interface RowTableProps<Row> {
  /** the list's field name: its rows are `name[0].column` */
  readonly name: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** rows that one press adds */
  readonly adds?: number;
  /** the order of the rows matters: each can be moved up */
  readonly ordered?: boolean;
  readonly errors?: readonly string[] | undefined;
}

/** A list typed row by row. Its buttons post the whole form, so it grows and shrinks without JavaScript. */
export function RowTable<Row>({
  name,
  title,
  note,
  rows,
  columns,
  adds = 1,
  ordered = false,
  errors = [],
}: RowTableProps<Row>) {
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
              <>
                {ordered && index > 0 && (
                  <RowButton list={name} value={`raise:${name}:${index}`} label={`上移${title}第 ${index + 1} 行`}>
                    上移
                  </RowButton>
                )}
                <RowButton list={name} value={`remove:${name}:${index}`} label={`删除${title}第 ${index + 1} 行`}>
                  删除
                </RowButton>
              </>
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

interface RowButtonProps {
  readonly list: string;
  readonly value: string;
  readonly label: string;
  readonly children: ReactNode;
}

function RowButton({ list, value, label, children }: RowButtonProps) {
  return (
    <SubmitButton
      variant="quiet"
      name={ROWS_BUTTON}
      value={value}
      formAction={`#${fieldId(list)}`}
      aria-label={label}
      pendingLabel="请稍候…"
    >
      {children}
    </SubmitButton>
  );
}
