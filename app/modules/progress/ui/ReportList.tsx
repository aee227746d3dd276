import { formatInstant } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { EXPLAINED, REPORT_STATUSES, type Explained, type Light, type ReportStatus } from "~/kernel/vocabulary";
import { DataTable, EmptyState, ErrorSummary, LightTag, Section, StatusTag, SubmitButton, type Column } from "~/ui";

import { REPORT_STATES, type ReportState } from "../report/report.lifecycle";
import { reportStateTone, reportStatusTone } from "../report/report.words";

/** A report of the list, as JSON brings it. */
interface ListedReport {
  readonly id: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly unitName: string;
  readonly period: Period;
  readonly dueOn: string;
  readonly firstSubmittedAt: string | null;
  readonly state: ReportState;
  readonly status: ReportStatus;
  readonly light: Light | null;
  readonly urgedAt: string | null;
  readonly explanations: readonly { readonly id: string; readonly about: Explained; readonly text: string }[];
}

interface ReportListProps {
  readonly title: string;
  readonly rows: readonly ListedReport[];
  readonly mayUrge: boolean;
  readonly errors: readonly string[];
  /** said when there are none */
  readonly empty: string;
  readonly more?: React.ReactNode;
}

const isUnsent = ({ firstSubmittedAt }: ListedReport): boolean => firstSubmittedAt === null;
const dayOf = (instant: string): string => formatInstant(new Date(instant)).slice(0, 10);

/** Reports with what their units explain of them; those not handed in can be urged, one by one or several at once. */
export function ReportList({ title, rows, mayUrge, errors, empty, more }: ReportListProps) {
  const canUrge = mayUrge && rows.some(isUnsent);
  const table = (
    <>
      <DataTable
        caption={title}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={empty} />}
        columns={[...(canUrge ? [CHOOSE] : []), ...COLUMNS, ...(canUrge ? [URGE] : [])]}
      />
      {more}
    </>
  );
  if (!canUrge) {
    return (
      <Section title={title} flush>
        {table}
      </Section>
    );
  }
  return (
    <form method="post">
      <ErrorSummary errors={errors.map((message) => ({ message }))} />
      <Section
        title={title}
        note="每份月报每天最多催报一次"
        flush
        actions={
          <SubmitButton variant="primary" pendingLabel="正在催报…">
            催报所选
          </SubmitButton>
        }
      >
        {table}
      </Section>
    </form>
  );
}

const CHOOSE: Column<ListedReport> = {
  key: "choose",
  title: "选择",
  render: (row) =>
    isUnsent(row) && (
      <input
        type="checkbox"
        name="report"
        value={row.id}
        defaultChecked
        aria-label={`催报 ${row.projectName}`}
        className="h-4 w-4"
      />
    ),
};

const URGE: Column<ListedReport> = {
  key: "urge",
  title: "催报",
  nowrap: true,
  render: (row) =>
    isUnsent(row) && (
      <SubmitButton
        variant="quiet"
        name="only"
        value={row.id}
        pendingLabel="正在催报…"
        aria-label={`只催报 ${row.projectName}`}
      >
        催报
      </SubmitButton>
    ),
};

const COLUMNS: readonly Column<ListedReport>[] = [
  {
    key: "project",
    title: "项目",
    primary: true,
    render: (row) => <a href={`/projects/${row.projectId}/reports/${row.period}`}>{row.projectName}</a>,
  },
  { key: "unit", title: "单位", render: (row) => row.unitName },
  { key: "due", title: "截止日期", nowrap: true, render: (row) => row.dueOn },
  {
    key: "submitted",
    title: "首次报送",
    nowrap: true,
    render: (row) => row.firstSubmittedAt && dayOf(row.firstSubmittedAt),
  },
  {
    key: "status",
    title: "报送情况",
    nowrap: true,
    render: (row) => <StatusTag tone={reportStatusTone(row.status)}>{REPORT_STATUSES[row.status]}</StatusTag>,
  },
  {
    key: "state",
    title: "办理状态",
    nowrap: true,
    render: (row) => <StatusTag tone={reportStateTone(row.state)}>{REPORT_STATES[row.state]}</StatusTag>,
  },
  { key: "light", title: "进度灯", nowrap: true, render: (row) => row.light && <LightTag light={row.light} /> },
  {
    key: "explanations",
    title: "单位说明",
    render: (row) =>
      row.explanations.map(({ id, about, text }) => (
        <span key={id} className="block">
          {EXPLAINED[about]}：{text}
        </span>
      )),
  },
  { key: "urged", title: "最近催报", nowrap: true, render: (row) => row.urgedAt && dayOf(row.urgedAt) },
];
