import { INTAKE_OUTCOMES, type IntakeOutcome } from "~/kernel/vocabulary";
import { DataTable, EmptyState, StatusTag } from "~/ui";

import { outcomeTone } from "../intake.words";

interface ShownRow {
  readonly rowNumber: number;
  readonly outcome: IntakeOutcome;
  readonly label: string;
  readonly changes: readonly { readonly title: string; readonly before: string; readonly after: string }[];
  /** sentences, each with the title of its column */
  readonly problems: readonly string[];
}

/** The rows of a sheet: what each is about, what it would do, and what would change or is wrong. */
export function IntakeRows({ rows }: { rows: readonly ShownRow[] }) {
  return (
    <DataTable
      caption="逐行检查结果"
      rows={rows}
      rowKey={(row) => String(row.rowNumber)}
      empty={<EmptyState title="没有这一类的行" />}
      isHighlighted={(row) => row.outcome === "problem"}
      columns={[
        { key: "row", title: "行号", align: "right", render: (row) => row.rowNumber },
        { key: "label", title: "内容", primary: true, render: (row) => row.label || "（空）" },
        {
          key: "outcome",
          title: "结果",
          nowrap: true,
          render: (row) => <StatusTag tone={outcomeTone(row.outcome)}>{INTAKE_OUTCOMES[row.outcome]}</StatusTag>,
        },
        { key: "what", title: "将要写入的内容或问题", render: (row) => <What row={row} /> },
      ]}
    />
  );
}

function What({ row }: { row: ShownRow }) {
  if (row.outcome === "problem")
    return (
      <ul className="text-[color:var(--bad-text)]">
        {row.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    );
  if (row.changes.length === 0) return null;
  return (
    <ul>
      {row.changes.map(({ title, before, after }) => (
        <li key={`${title} ${after}`}>
          <span className="text-secondary">{title}：</span>
          {row.outcome === "change" && (
            <>
              <del className="text-secondary">{before || "（空）"}</del>
              <span aria-hidden> → </span>
              <span className="sr-only">改为</span>
            </>
          )}
          <ins className="no-underline">{after || "（空）"}</ins>
        </li>
      ))}
    </ul>
  );
}
