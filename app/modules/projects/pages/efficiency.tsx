import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { scopeFor } from "~/policy";
import { Countdown, DataTable, EmptyState, Notice, PageHead, Pagination, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { readEfficiency, readEfficiencyQuery } from "../review/efficiency.queries.server";
import type { Efficiency, MeasuredTurn, TurnShow } from "../review/efficiency.rules";
import { DESK_WORDS, OUTCOME_WORDS, type DeskName } from "../review/turn-words";

export const handle = crumbs(() => [{ label: "项目", href: "/projects" }, { label: "审核时效" }]);

export const loader = pageLoader({
  access: "efficiency:read",
  load: async ({ ctx, query }) => {
    const question = readEfficiencyQuery(query, ctx.today);
    const report = await readEfficiency(ctx.db, scopeFor(ctx.actor, "efficiency:read"), question, ctx.today);
    return { ...report, question, today: ctx.today, search: query.toString() };
  },
});

const SHOWS: Readonly<Record<TurnShow, string>> = {
  done: "已办结",
  late: "超时办结",
  open: "在办",
  overdue: "已超时未办结",
};

interface FigureRow extends Efficiency {
  readonly desk: DeskName;
  readonly reviewerId?: string | null;
}

export default function EfficiencyPage() {
  const data = useLoaderData<typeof loader>();
  const { desks, reviewers, question, search } = data;
  const rowsHref = (row: FigureRow, show: TurnShow) =>
    `${withQuery("/projects/efficiency", search, { desk: row.desk, reviewer: row.reviewerId ?? undefined, show, page: undefined })}#turns`;
  const figure = (show: TurnShow) => (row: FigureRow) =>
    row[show] === 0 ? <span className="text-secondary">0</span> : <a href={rowsHref(row, show)}>{row[show]}</a>;
  const figures = [
    { key: "done", title: "办结", unit: "件", align: "right" as const, render: figure("done") },
    {
      key: "median",
      title: "用时中位数",
      unit: "工作日",
      align: "right" as const,
      render: (row: FigureRow) => row.medianUsed ?? "–",
    },
    { key: "late", title: "超时办结", unit: "件", align: "right" as const, render: figure("late") },
    {
      key: "days",
      title: "累计超时",
      unit: "工作日",
      align: "right" as const,
      render: (row: FigureRow) =>
        row.lateDays === 0 ? (
          <span className="text-secondary">0</span>
        ) : (
          <a href={rowsHref(row, "late")}>{row.lateDays}</a>
        ),
    },
  ];
  return (
    <>
      <PageHead
        title="审核时效"
        meta={`${formatPeriod(question.from)}至${formatPeriod(question.to)}办结的件，和截至 ${formatOfficialDate(data.today)}在办的件`}
      />
      <QueryBar
        action="/projects/efficiency"
        resetHref="/projects/efficiency"
        filters={[
          { name: "from", label: "办结月份从", kind: "month", value: question.from },
          { name: "to", label: "到", kind: "month", value: question.to },
        ]}
      />
      <Section title="各环节" flush>
        <DataTable
          caption="各环节审核时效"
          rows={desks}
          rowKey={(row) => row.desk}
          empty={null}
          columns={[
            { key: "desk", title: "环节", primary: true, render: (row) => DESK_WORDS[row.desk] },
            ...figures,
            { key: "open", title: "在办", unit: "件", align: "right", render: figure("open") },
            { key: "overdue", title: "其中已超时", unit: "件", align: "right", render: figure("overdue") },
          ]}
        />
      </Section>
      <Section title="各审核人" flush>
        <DataTable
          caption="各审核人审核时效"
          rows={reviewers}
          rowKey={(row) => `${row.desk} ${row.reviewerId ?? ""}`}
          empty={<EmptyState title="所选月份没有办结的件" explanation="请放宽月份后再查。" />}
          columns={[
            { key: "name", title: "审核人", primary: true, render: (row) => row.reviewerName },
            { key: "desk", title: "环节", nowrap: true, render: (row) => DESK_WORDS[row.desk] },
            ...figures,
          ]}
        />
      </Section>
      <Turns {...data} />
      <Notice>
        <p>
          口径：从转到该环节的次日起算，到作出决定当日止，只计工作日（含调休）；退回补正到再次签批上报之间时钟停止，不计入任何环节。每一环节的时限扣除以前几轮已用的工作日，但至少留一个工作日。申报单位撤回的不计。
        </p>
      </Notice>
    </>
  );
}

function Turns({
  listed,
  listedTotal,
  pageSize,
  question,
  reviewers,
  search,
}: ReturnType<typeof useLoaderData<typeof loader>>) {
  const { show, desk, reviewerId } = question;
  if (!show) return null;
  const who = reviewers.find((row) => row.reviewerId === reviewerId)?.reviewerName;
  const title = [desk && DESK_WORDS[desk], who, SHOWS[show]].filter(Boolean).join(" · ");
  return (
    <Section
      title={`明细：${title}`}
      id="turns"
      note={`共 ${listedTotal} 件`}
      actions={
        <a
          href={withQuery("/projects/efficiency", search, {
            show: undefined,
            desk: undefined,
            reviewer: undefined,
            page: undefined,
          })}
        >
          收起
        </a>
      }
      flush
    >
      <DataTable
        caption={`明细：${title}`}
        rows={listed}
        rowKey={(turn) => turn.id}
        empty={<EmptyState title="没有这样的件" />}
        isHighlighted={(turn) => turn.late > 0}
        columns={[
          {
            key: "project",
            title: "项目",
            primary: true,
            render: (turn) => <a href={`/projects/${turn.projectId}?tab=history`}>{turn.projectName}</a>,
          },
          {
            key: "desk",
            title: "环节",
            nowrap: true,
            render: (turn) => `${DESK_WORDS[turn.desk]}（第 ${turn.round} 次）`,
          },
          { key: "opened", title: "转入", nowrap: true, render: (turn) => formatOfficialDate(turn.openedOn) },
          { key: "due", title: "截止", nowrap: true, render: (turn) => formatOfficialDate(turn.dueOn) },
          { key: "state", title: "结果", nowrap: true, render: (turn) => <TurnState turn={turn} /> },
          { key: "reviewer", title: "审核人", nowrap: true, render: (turn) => turn.reviewerName },
          { key: "used", title: "用时", unit: "工作日", align: "right", render: (turn) => turn.used },
          { key: "late", title: "超时", unit: "工作日", align: "right", render: (turn) => turn.late || "" },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={listedTotal}
        hrefFor={(page) => `${withQuery("/projects/efficiency", search, { page })}#turns`}
      />
    </Section>
  );
}

function TurnState({ turn }: { turn: MeasuredTurn }) {
  if (turn.remaining !== null) return <Countdown remaining={turn.remaining} />;
  const { word, tone } = OUTCOME_WORDS[turn.outcome ?? "withdrawn"];
  return (
    <>
      <StatusTag tone={tone}>{word}</StatusTag>{" "}
      <span className="text-[0.8125rem] text-secondary">{turn.closedOn && formatOfficialDate(turn.closedOn)}</span>
    </>
  );
}
