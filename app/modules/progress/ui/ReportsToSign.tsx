import { DataTable, EmptyState, Section, SubmitButton } from "~/ui";

import type { EntryRow, GridReply } from "../bulk/entry.types";
import { REPORT_FIELDS } from "../report/report-values";

interface ReportsToSignProps {
  readonly rows: readonly EntryRow[];
  readonly month: string;
  readonly reply: GridReply | undefined;
}

/** The reports of a month that wait for the leader, who signs several in one go; who filled them sees them here. */
export function ReportsToSign({ rows, month, reply }: ReportsToSignProps) {
  const maySign = rows.some((row) => row.maySign);
  const text = (value: string) => <span className="whitespace-pre-line">{value}</span>;
  return (
    <form method="post">
      <Section
        title={`${month}待签批`}
        note="每份月报单独报送，签批时间即报送时间"
        flush
        actions={
          maySign && (
            <SubmitButton name="intent" value="sign" variant="primary" pendingLabel="正在签批…">
              签批所选
            </SubmitButton>
          )
        }
      >
        <DataTable
          caption={`${month}待签批的月报`}
          rows={rows.map((row, index) => ({ row, index }))}
          rowKey={({ row }) => row.id}
          empty={<EmptyState title={`${month}没有待签批的月报`} />}
          columns={[
            ...(maySign
              ? [
                  {
                    key: "choose",
                    title: "选择",
                    render: ({ row }: { row: EntryRow }) =>
                      row.maySign && (
                        <input
                          type="checkbox"
                          name="chosen"
                          value={row.id}
                          defaultChecked={reply?.chosen.includes(row.id) ?? true}
                          aria-label={`签批 ${row.projectName}`}
                          className="h-4 w-4"
                        />
                      ),
                  },
                ]
              : []),
            {
              key: "project",
              title: "项目",
              primary: true,
              render: ({ row, index }) => (
                <>
                  <input type="hidden" name={`rows[${index}].reportId`} value={row.id} />
                  <input type="hidden" name={`rows[${index}].version`} value={row.version} />
                  <input type="hidden" name={`rows[${index}].name`} value={row.projectName} />
                  <a href={`/projects/${row.projectId}/reports/${row.period}`}>{row.projectName}</a>
                  {reply?.refused[row.id]?.errors[""]?.map((message) => (
                    <p key={message} className="text-[0.8125rem] text-[color:var(--bad-text)]">
                      {message}
                    </p>
                  ))}
                </>
              ),
            },
            { key: "filler", title: "填报人", nowrap: true, render: ({ row }) => row.filler },
            {
              key: "progress",
              title: "实际／计划进度",
              unit: "%",
              align: "right",
              render: ({ row }) => `${row.values.actualPercent}／${Math.round(Number(row.plannedPercent) * 100) / 100}`,
            },
            ...(["doneThisMonth", "nextMonth", "problems", "mattersToSettle"] as const).map((field) => ({
              key: field,
              title: REPORT_FIELDS[field],
              render: ({ row }: { row: EntryRow }) => text(row.values[field]),
            })),
          ]}
        />
      </Section>
    </form>
  );
}
