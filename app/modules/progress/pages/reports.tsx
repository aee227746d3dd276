import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatOfficialDate, formatInstant, localDate } from "~/kernel/local-date";
import { formatPeriod, monthOf, period, type Period } from "~/kernel/period";
import { keysOf, LIGHTS, REPORT_STATUSES, type Light, type ReportStatus } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  ErrorSummary,
  Figure,
  LightTag,
  Notice,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
  SubmitButton,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm } from "~/web/form.server";
import { pageAction, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { REPORT_STATES } from "../report/report.lifecycle";
import { readMatrix, readMatrixQuery, unsentReports } from "../matrix/report-matrix.queries.server";
import { urgeSchema } from "../report/report.schema";
import { reportStateTone, reportStatusTone } from "../report/report.words";
import { urgeReports } from "../matrix/urge-reports.server";

export const handle = crumbs(() => [{ label: "月报" }]);

export const loader = pageLoader({
  access: "report:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "report:read");
    const question = readMatrixQuery(query, ctx.today);
    const [matrix, unsent, unit] = await Promise.all([
      readMatrix(ctx.db, scope, question, ctx.today),
      unsentReports(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return {
      ...matrix,
      ...{ unsent, unit, question },
      today: ctx.today,
      mayUrge: canEver(ctx.actor, "report:urge"),
      search: query.toString(),
      urged: query.get("urged"),
      passed: query.get("passed"),
    };
  },
});

export const action = pageAction({
  access: "report:urge",
  run: async ({ ctx, form, query }) => {
    const submission = parseForm(form, urgeSchema);
    if (submission.status !== "success") return invalid(submission);
    const result = await urgeReports(ctx, submission.value.report);
    if (!result.ok) throw new Error("urging refuses nothing");
    return redirect(withQuery("/reports", query.toString(), result.value));
  },
});

/** What each count counts. */
const DEFINITIONS: Readonly<Record<ReportStatus, string>> = {
  onTime: "首次报送（分管领导签批）不晚于截止日期的月报。",
  late: "首次报送晚于截止日期的月报，事后更正不改变。",
  missing: "截止日期已过、至今未报送的月报。",
  notDue: "截止日期未到、尚未报送的月报。",
};

export default function Reports() {
  const {
    pageSize,
    periods,
    rows,
    total,
    counts,
    cells,
    unsent,
    unit,
    question,
    today,
    mayUrge,
    search,
    urged,
    passed,
  } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/reports", search, { urged: undefined, passed: undefined, ...changes });
  const countOf = (month: string, test: { status?: ReportStatus; light?: Light }) =>
    counts
      .filter((c) => c.period === month)
      .filter((c) => (test.status ? c.status === test.status : c.light === test.light))
      .reduce((sum, { n }) => sum + n, 0);
  const month = formatPeriod(period(question.period));
  const cellAt = new Map(cells.map((cell) => [`${cell.projectId} ${cell.period}`, cell]));
  return (
    <>
      <PageHead title="月报" meta={`${month} · 共 ${total} 个项目`} />
      {urged !== null && (
        <Notice tone="good">
          已催报 {urged} 份{Number(passed) > 0 && `；另有 ${passed} 份今天已催过或已报送，未重复发送`}。
        </Notice>
      )}
      <QueryBar
        action="/reports"
        resetHref="/reports"
        filters={[
          { name: "period", label: "截至月份", kind: "month", value: question.period },
          ...(unit ? [unit] : []),
        ]}
      />
      <StatGrid>
        {keysOf(REPORT_STATUSES).map((status) => (
          <Figure
            key={status}
            label={`${month}${REPORT_STATUSES[status]}`}
            value={countOf(question.period, { status })}
            unit="份"
            definition={DEFINITIONS[status]}
            cutoff={formatOfficialDate(localDate(today))}
            tone={reportStatusTone(status)}
          />
        ))}
        <Figure
          label={`${month}亮灯`}
          value={
            <span className="flex gap-3 text-base">
              {(["red", "yellow", "green"] as const).map((light) => (
                <LightTag key={light} light={light} word={String(countOf(question.period, { light }))} />
              ))}
            </span>
          }
          definition="已报送月报当月的进度灯：方形滞后、三角预警、圆形正常。"
          cutoff={formatOfficialDate(localDate(today))}
        />
      </StatGrid>
      <Section title="近十二个月" note="每格上为报送情况，下为当月进度灯；点击查看月报" flush>
        <DataTable
          caption="单位、项目、月份的月报报送与进度灯"
          rows={rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有应报月报的项目" explanation="项目开工后按月产生月报任务。" />}
          columns={[
            {
              key: "project",
              title: "项目",
              primary: true,
              total: "合计",
              render: (row) => <a href={`/projects/${row.id}`}>{row.name}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            ...periods.map((each) => ({
              key: each,
              title: shortMonth(period(each)),
              align: "center" as const,
              nowrap: true,
              render: (row: { id: string }) => {
                const cell = cellAt.get(`${row.id} ${each}`);
                return cell && <Cell projectId={row.id} cell={cell} />;
              },
              total: <MonthTotal of={(status) => countOf(each, { status })} />,
            })),
          ]}
        />
        <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
      </Section>
      <Unsent rows={unsent} month={month} mayUrge={mayUrge} />
    </>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** "7月", and the year where it begins */
const shortMonth = (month: Period): string =>
  monthOf(month) === 1 ? `${month.slice(2, 4)}年1月` : `${monthOf(month)}月`;

function Cell({ projectId, cell }: { projectId: string; cell: Data["cells"][number] }) {
  return (
    <a href={`/projects/${projectId}/reports/${cell.period}`} className="inline-flex flex-col items-center gap-0.5">
      <StatusTag tone={reportStatusTone(cell.status)}>{REPORT_STATUSES[cell.status]}</StatusTag>
      {cell.light && (
        <span className="text-xs">
          <LightTag light={cell.light} word={LIGHTS[cell.light]} />
        </span>
      )}
    </a>
  );
}

function MonthTotal({ of }: { of: (status: ReportStatus) => number }) {
  const parts = (["onTime", "late", "missing"] as const).map((status) => `${REPORT_STATUSES[status]} ${of(status)}`);
  return (
    <span className="text-xs font-normal">
      {parts.map((part) => (
        <span key={part} className="block">
          {part}
        </span>
      ))}
    </span>
  );
}

function Unsent({ rows, month, mayUrge }: { rows: Data["unsent"]; month: string; mayUrge: boolean }) {
  const reply = useActionData<typeof action>();
  const errors = Object.values(reply?.form.error ?? {}).flatMap((messages) => messages ?? []);
  const table = (
    <DataTable
      caption={`${month}尚未报送的月报`}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title={`${month}没有未报送的月报`} />}
      columns={[
        ...(mayUrge
          ? [
              {
                key: "choose",
                title: "选择",
                render: (row: Data["unsent"][number]) => (
                  <input
                    type="checkbox"
                    name="report"
                    value={row.id}
                    defaultChecked
                    aria-label={`催报 ${row.projectName}`}
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
          render: (row) => <a href={`/projects/${row.projectId}/reports/${row.period}`}>{row.projectName}</a>,
        },
        { key: "unit", title: "单位", render: (row) => row.unitName },
        { key: "due", title: "截止日期", nowrap: true, render: (row) => row.dueOn },
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
        {
          key: "urged",
          title: "最近催报",
          nowrap: true,
          render: (row) => row.urgedAt && formatInstant(new Date(row.urgedAt)).slice(0, 10),
        },
      ]}
    />
  );
  if (!mayUrge || rows.length === 0) {
    return (
      <Section title={`${month}尚未报送`} flush>
        {table}
      </Section>
    );
  }
  return (
    <form method="post">
      <ErrorSummary errors={errors.map((message) => ({ message }))} />
      <Section
        title={`${month}尚未报送`}
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
