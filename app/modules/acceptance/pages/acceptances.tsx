import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";

import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { ACCEPTANCE_STATES, EXTENSION_STATES, keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { stageTone } from "~/modules/projects";
import { scopeFor } from "~/policy";
import {
  Countdown,
  DataTable,
  EmptyState,
  LightTag,
  PageHead,
  Pagination,
  QueryBar,
  StatusTag,
  Tabs,
  type Column,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import {
  acceptanceTitle,
  acceptanceTone,
  APPLY_TONES,
  APPLY_STATES,
  EVALUATION_STATES,
  extensionTone,
  sayDaysLeft,
} from "../acceptance.words";
import { listAcceptances, readAcceptanceQuery } from "../list.queries.server";
import { ACCEPTANCE_TABS, TAB_STATES } from "../list.words";

export const handle = crumbs(() => [{ label: "验收" }]);

export const loader = pageLoader({
  access: "project:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "project:read");
    const question = readAcceptanceQuery(query);
    const [list, unit] = await Promise.all([
      listAcceptances(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { list, question, unit, search: query.toString() };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type ListOf<Tab extends Loaded["list"]["tab"]> = Extract<Loaded["list"], { tab: Tab }>["rows"][number];

export default function Acceptances() {
  const { list, question, unit, search } = useLoaderData<typeof loader>();
  const { tab } = question;
  return (
    <>
      <PageHead title="验收" meta={`${ACCEPTANCE_TABS[tab]}共 ${list.total} 件`} />
      <Tabs
        label="验收事项"
        tabs={keysOf(ACCEPTANCE_TABS).map((key) => ({
          href: key === "due" ? "/acceptance" : `/acceptance?tab=${key}`,
          label: ACCEPTANCE_TABS[key],
          active: key === tab,
        }))}
      />
      <QueryBar
        action="/acceptance"
        resetHref={tab === "due" ? "/acceptance" : `/acceptance?tab=${tab}`}
        keep={tab === "due" ? {} : { tab }}
        search={{ name: "q", value: question.q, placeholder: "项目名称或编号" }}
        filters={[
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(TAB_STATES[tab]) },
          ...(unit ? [unit] : []),
        ]}
      />
      <Rows list={list} />
      <Pagination
        page={question.page}
        pageSize={list.pageSize}
        total={list.total}
        hrefFor={(page) => withQuery("/acceptance", search, { page })}
      />
    </>
  );
}

function Rows({ list }: { readonly list: Loaded["list"] }): ReactNode {
  switch (list.tab) {
    case "due":
      return <DueRows rows={list.rows} />;
    case "applications":
      return <ApplicationRows rows={list.rows} />;
    case "extensions":
      return <ExtensionRows rows={list.rows} />;
    case "evaluation":
      return <EvaluationRows rows={list.rows} />;
  }
}

interface OfProject {
  readonly projectId: string;
  readonly projectName: string;
  readonly unitName: string;
}

/** The first columns of every list: the project, leading to its acceptance page, and whose it is. */
function projectColumns<Row extends OfProject>(title: (row: Row) => string = (row) => row.projectName): Column<Row>[] {
  return [
    {
      key: "name",
      title: "项目",
      primary: true,
      render: (row) => <a href={`/projects/${row.projectId}/acceptance`}>{title(row)}</a>,
    },
    { key: "unit", title: "建设单位", render: (row) => row.unitName },
  ];
}

function DueRows({ rows }: { readonly rows: readonly ListOf<"due">[] }) {
  return (
    <DataTable
      caption="待验收的项目"
      rows={rows}
      rowKey={(row) => row.projectId}
      empty={<EmptyState title="没有待验收的项目" explanation="项目宣布完工后列在这里，终验通过后移出。" />}
      columns={[
        ...projectColumns<ListOf<"due">>(),
        {
          key: "stage",
          title: "阶段",
          nowrap: true,
          render: (row) => <StatusTag tone={stageTone(row.stage)}>{PROJECT_STAGES[row.stage]}</StatusTag>,
        },
        { key: "completed", title: "完工日期", nowrap: true, render: (row) => formatOfficialDate(row.completedOn) },
        {
          key: "limit",
          title: "申请终验期限",
          nowrap: true,
          render: (row) => `${formatOfficialDate(row.limit)}${row.extended ? "（已延期）" : ""}`,
        },
        {
          key: "left",
          title: "剩余天数",
          nowrap: true,
          render: (row) => (
            <StatusTag tone={APPLY_TONES[row.state]}>
              {row.state === "applied" ? APPLY_STATES.applied : sayDaysLeft(row.daysLeft)}
            </StatusTag>
          ),
        },
      ]}
    />
  );
}

function ApplicationRows({ rows }: { readonly rows: readonly ListOf<"applications">[] }) {
  return (
    <DataTable
      caption="验收申请"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的验收申请" explanation="建设单位在项目的验收页面申请。" />}
      columns={[
        ...projectColumns<ListOf<"applications">>(),
        { key: "kind", title: "申请", render: (row) => acceptanceTitle(row.kind, row.number) },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={acceptanceTone(row.state)}>{ACCEPTANCE_STATES[row.state]}</StatusTag>,
        },
        {
          key: "submitted",
          title: "提交时间",
          nowrap: true,
          render: (row) => (row.submittedAt ? formatInstant(new Date(row.submittedAt)) : "未提交"),
        },
        {
          key: "due",
          title: "剩余工作日",
          nowrap: true,
          render: (row) => row.remaining !== null && <Countdown remaining={row.remaining} compact />,
        },
      ]}
    />
  );
}

function ExtensionRows({ rows }: { readonly rows: readonly ListOf<"extensions">[] }) {
  return (
    <DataTable
      caption="延期验收申请"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的延期申请" explanation="不能按期申请终验的项目，在验收页面申请延期。" />}
      columns={[
        ...projectColumns<ListOf<"extensions">>((row) => `${row.projectName}（第${row.number}次）`),
        { key: "from", title: "原期限", nowrap: true, render: (row) => formatOfficialDate(row.fromOn) },
        { key: "until", title: "申请延至", nowrap: true, render: (row) => formatOfficialDate(row.untilOn) },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={extensionTone(row.state)}>{EXTENSION_STATES[row.state]}</StatusTag>,
        },
        { key: "at", title: "申请时间", nowrap: true, render: (row) => formatInstant(new Date(row.requestedAt)) },
      ]}
    />
  );
}

function EvaluationRows({ rows }: { readonly rows: readonly ListOf<"evaluation">[] }) {
  return (
    <DataTable
      caption="终验项目的自评价时间"
      rows={rows}
      rowKey={(row) => row.projectId}
      empty={
        <EmptyState title="没有符合条件的项目" explanation="终验通过的项目列在这里；自评价表的填报功能尚未开放。" />
      }
      columns={[
        ...projectColumns<ListOf<"evaluation">>(),
        { key: "accepted", title: "终验日期", nowrap: true, render: (row) => formatOfficialDate(row.acceptedOn) },
        { key: "opens", title: "可自评起", nowrap: true, render: (row) => formatOfficialDate(row.opensOn) },
        {
          key: "warns",
          title: "亮黄灯",
          nowrap: true,
          wideOnly: true,
          render: (row) => formatOfficialDate(row.warnsOn),
        },
        { key: "due", title: "亮红灯", nowrap: true, render: (row) => formatOfficialDate(row.dueOn) },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <LightTag light={row.light} word={EVALUATION_STATES[row.state]} />,
        },
      ]}
    />
  );
}
