import { REPORT_STATUSES } from "~/kernel/vocabulary";
import { DataTable, EmptyState, Notice, Section, StatusTag, SubmitButton, TextArea, TextInput } from "~/ui";

import type { EntryRow, GridReply } from "../bulk/entry.types";
import { REPORT_STATES } from "../report/report.lifecycle";
import type { ReportTyping } from "../report/report.rules";
import { REPORT_FIELDS } from "../report/report-values";
import { reportStateTone, reportStatusTone } from "../report/report.words";

interface ReportGridProps {
  readonly rows: readonly EntryRow[];
  readonly month: string;
  readonly reply: GridReply | undefined;
}

const TEXTS = ["doneThisMonth", "nextMonth", "problems", "mattersToSettle"] as const;

/** A unit's reports of a month, a row for each: what is typed is saved together, each row with its own version. */
export function ReportGrid({ rows, month, reply }: ReportGridProps) {
  const numbered = rows.map((row, index) => ({ row, index }));
  return (
    <form method="post">
      <Section
        title={`${month}待填报`}
        note="已按上月月报、里程碑计划和上云登记预填；只保存改动过的行"
        flush
        actions={
          rows.length > 0 && (
            <>
              <SubmitButton name="intent" value="save" variant="secondary" pendingLabel="正在保存…">
                保存修改
              </SubmitButton>
              <SubmitButton name="intent" value="submit" variant="primary" pendingLabel="正在提交…">
                提交所选
              </SubmitButton>
            </>
          )
        }
      >
        <DataTable
          caption={`${month}待填报的月报`}
          rows={numbered}
          rowKey={({ row }) => row.id}
          empty={<EmptyState title={`${month}没有待填报的月报`} explanation="可在上面换一个月份查看。" />}
          columns={[
            {
              key: "choose",
              title: "选择",
              render: ({ row }) => (
                <input
                  type="checkbox"
                  name="chosen"
                  value={row.id}
                  defaultChecked={reply?.chosen.includes(row.id) ?? false}
                  aria-label={`提交 ${row.projectName}`}
                  className="h-4 w-4"
                />
              ),
            },
            {
              key: "project",
              title: "项目",
              primary: true,
              render: ({ row, index }) => <ProjectCell row={row} index={index} reply={reply} />,
            },
            {
              key: "planned",
              title: "计划进度",
              unit: "%",
              align: "right",
              render: ({ row }) => Math.round(Number(row.plannedPercent) * 100) / 100,
            },
            {
              key: "actual",
              title: "实际进度",
              unit: "%",
              render: ({ row, index }) => (
                <TextInput
                  {...wiredIn(row, index, "actualPercent", reply)}
                  labelHidden
                  required
                  inputMode="decimal"
                  className="w-16"
                />
              ),
            },
            ...TEXTS.map((field) => ({
              key: field,
              title: REPORT_FIELDS[field],
              render: ({ row, index }: { row: EntryRow; index: number }) => (
                <TextArea {...wiredIn(row, index, field, reply)} labelHidden rows={3} className="min-w-[8rem]" />
              ),
            })),
          ]}
        />
      </Section>
    </form>
  );
}

/** Name, value and errors of one cell: what was typed into a row that was refused, otherwise what is saved. */
function wiredIn(row: EntryRow, index: number, field: keyof ReportTyping, reply: GridReply | undefined) {
  const refused = reply?.refused[row.id];
  return {
    name: `rows[${index}].${field}`,
    label: `${row.projectName} ${REPORT_FIELDS[field]}`,
    defaultValue: refused?.typed[field] ?? row.values[field],
    error: refused?.errors[field],
  };
}

function ProjectCell({ row, index, reply }: { row: EntryRow; index: number; reply: GridReply | undefined }) {
  const refused = reply?.refused[row.id];
  // A row that somebody else saved goes on from their version: both are in sight, saving again is a decision.
  const from = refused && !refused.isOvertaken ? refused.typed : { version: String(row.version), opened: row.opened };
  return (
    <div className="min-w-[9rem]">
      <input type="hidden" name={`rows[${index}].reportId`} value={row.id} />
      <input type="hidden" name={`rows[${index}].version`} value={from["version"]} />
      <input type="hidden" name={`rows[${index}].opened`} value={from["opened"]} />
      <a href={`/projects/${row.projectId}/reports/${row.period}`}>{row.projectName}</a>
      <p className="flex flex-wrap gap-1">
        <StatusTag tone={reportStateTone(row.state)}>{REPORT_STATES[row.state]}</StatusTag>
        <StatusTag tone={reportStatusTone(row.status)}>{REPORT_STATUSES[row.status]}</StatusTag>
      </p>
      {row.dueMilestones > 0 && (
        <p className="text-[0.8125rem] text-secondary">有 {row.dueMilestones} 个到期里程碑，完成情况请点项目名称填写</p>
      )}
      {refused?.errors[""] && <Notice tone="bad">{refused.errors[""].join("")}</Notice>}
      {refused?.isOvertaken && <Theirs values={row.values} />}
    </div>
  );
}

/** What the other person saved, beside what is typed in the row. */
const Theirs = ({ values }: { values: ReportTyping }) => (
  <details open>
    <summary className="cursor-pointer">他人已保存的内容</summary>
    <ul className="text-[0.8125rem]">
      {(["actualPercent", ...TEXTS] as const).map((field) => (
        <li key={field}>
          {REPORT_FIELDS[field]}：{values[field] || "（空）"}
        </li>
      ))}
    </ul>
    <p className="text-[0.8125rem] text-secondary">再次保存将以您填写的为准。</p>
  </details>
);
