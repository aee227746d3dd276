import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { DEADLINE_KINDS, LEDGER_TASK_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  DataTable,
  EmptyState,
  Figure,
  LinkButton,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { LEDGER_DEFINITIONS, sayRole, taskTone } from "../ledger.words";
import { LEDGER_ROLES, LEDGER_SHOWS, readLedgerQuery } from "../list/list-query";
import { isShown, judgedTasks, ledgerFigures, plansInSight, taskRows } from "../list/tasks.queries.server";
import { DeadlineWords } from "../ui/DeadlineWords";

const PAGE_SIZE = 50;

export const handle = crumbs(() => [{ label: "任务台账" }]);

export const loader = pageLoader({
  access: "task:read",
  load: async ({ ctx, query }) => {
    const { actor, db, today } = ctx;
    const question = readLedgerQuery(query);
    const [judged, plans, unit] = await Promise.all([
      judgedTasks(db, actor, question, today),
      plansInSight(db, actor),
      unitFilter(db, scopeFor(actor, "task:read"), question.unit),
    ]);
    const shown = judged.filter((task) => isShown(task, question.show));
    const page = shown.slice((question.page - 1) * PAGE_SIZE, question.page * PAGE_SIZE);
    return {
      rows: await taskRows(db, actor, page),
      total: shown.length,
      figures: ledgerFigures(judged),
      ...{ plans, unit, question, today },
      search: query.toString(),
      isUnit: scopeFor(actor, "task:read").regionIds.length === 0,
      mayImport: canEver(actor, "task:import"),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Tasks() {
  const data = useLoaderData<typeof loader>();
  const { question, plans, unit, search, total, mayImport, isUnit } = data;
  return (
    <>
      <PageHead
        title="任务台账"
        meta={isUnit ? "本单位牵头、负责，或因单位集合列入的任务" : "方案、要点分解的任务及其每月进展"}
        actions={
          <>
            {mayImport && <LinkButton href="/tasks/plans">方案管理</LinkButton>}
            {mayImport && <LinkButton href="/tasks/import">导入方案</LinkButton>}
            <LinkButton href={withQuery("/tasks/export", search, { page: undefined })}>导出表格</LinkButton>
          </>
        }
      />
      <Tiles data={data} />
      <QueryBar
        action="/tasks"
        resetHref="/tasks"
        search={{ name: "q", value: question.q, placeholder: "任务标题或内容" }}
        filters={[
          ...(plans.length > 1 ? [{ name: "plan", label: "方案", value: question.plan ?? "", options: plans }] : []),
          ...(unit ? [unit] : []),
          { name: "role", label: "单位角色", value: question.role ?? "", options: optionsOf(LEDGER_ROLES) },
          { name: "kind", label: "时限类型", value: question.kind ?? "", options: optionsOf(DEADLINE_KINDS) },
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(LEDGER_TASK_STATES) },
          { name: "show", label: "范围", value: question.show ?? "", options: optionsOf(LEDGER_SHOWS) },
        ]}
      />
      <Section title="任务" note={`共 ${total} 项`} flush>
        <Rows data={data} />
        <Pagination
          page={question.page}
          pageSize={PAGE_SIZE}
          total={total}
          hrefFor={(page) => withQuery("/tasks", search, { page })}
        />
      </Section>
    </>
  );
}

function Tiles({ data: { figures, search, today } }: { readonly data: Page }) {
  const cutoff = formatOfficialDate(today);
  const rows = (changes: Record<string, string | undefined>) =>
    withQuery("/tasks", search, { page: undefined, state: undefined, show: undefined, ...changes });
  return (
    <StatGrid>
      <Figure
        label="全部任务"
        value={figures.all}
        unit="项"
        definition={LEDGER_DEFINITIONS.all}
        cutoff={cutoff}
        href={rows({})}
        note={`推进中 ${figures.open} 项`}
      />
      <Figure
        label="已逾期"
        value={figures.overdue}
        unit="项"
        definition={LEDGER_DEFINITIONS.overdue}
        cutoff={cutoff}
        href={rows({ show: "overdue" })}
        tone={figures.overdue > 0 ? "bad" : "good"}
      />
      <Figure
        label="本月未填进展"
        value={figures.noUpdate}
        unit="项"
        definition={LEDGER_DEFINITIONS.noUpdate}
        cutoff={cutoff}
        href={rows({ show: "noUpdate" })}
        tone={figures.noUpdate > 0 ? "warn" : "good"}
      />
      <Figure
        label="申请办结"
        value={figures.closing}
        unit="项"
        definition={LEDGER_DEFINITIONS.closing}
        cutoff={cutoff}
        href={rows({ state: "closing" })}
      />
      <Figure
        label="已办结"
        value={figures.closed}
        unit="项"
        definition={LEDGER_DEFINITIONS.closed}
        cutoff={cutoff}
        href={rows({ state: "closed" })}
      />
    </StatGrid>
  );
}

type Row = Page["rows"][number];

function Rows({ data: { rows, isUnit, mayImport } }: { readonly data: Page }) {
  return (
    <DataTable
      caption="任务台账"
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          title="没有符合条件的任务"
          explanation={mayImport ? "可放宽上面的条件，或导入一个方案的任务台账。" : "可放宽上面的条件再查。"}
        />
      }
      columns={[
        { key: "number", title: "序号", align: "right", render: (row) => row.number },
        {
          key: "title",
          title: "任务",
          primary: true,
          render: (row) => (
            <div className="min-w-[14rem]">
              <a href={`/tasks/${row.id}`}>{row.title ?? (row.content.slice(0, 40) || "（无标题）")}</a>
              <span className="block text-[0.8125rem] font-normal text-secondary">{row.plan}</span>
            </div>
          ),
        },
        ...(isUnit
          ? [
              {
                key: "own",
                title: "本单位角色",
                render: (row: Row) => row.own.map(sayRole).join("、"),
              },
            ]
          : []),
        { key: "lead", title: "牵头单位", render: (row) => row.leads.join("、") || "未列明" },
        {
          key: "responsible",
          title: "责任单位",
          wideOnly: true,
          render: (row) => row.responsible.join("、") || "未列明",
        },
        {
          key: "deadline",
          title: "完成时限",
          render: (row) => <DeadlineWords task={row} overdueDays={row.overdueDays} closedOn={row.closedOn} />,
        },
        { key: "state", title: "状态", nowrap: true, render: (row) => <Standing row={row} /> },
      ]}
    />
  );
}

/** The task's state, and whether this month was told. */
function Standing({ row }: { readonly row: Row }) {
  if (row.planState === "confirming") {
    return row.confirmed ? <StatusTag tone="good">已确认</StatusTag> : <StatusTag tone="warn">导入待确认</StatusTag>;
  }
  return (
    <div className="space-y-0.5">
      <StatusTag tone={taskTone(row.state)}>{LEDGER_TASK_STATES[row.state]}</StatusTag>
      {row.planState === "ended" && <p className="text-[0.8125rem] text-secondary">方案已结束</p>}
      {row.planState === "active" && row.state === "open" && (
        <p className="text-[0.8125rem]">
          {row.updated ? (
            <span className="text-secondary">本月已填{row.hasDifficulty && "，有困难"}</span>
          ) : (
            <span className="text-[color:var(--warn-text)]">本月未填</span>
          )}
        </p>
      )}
    </div>
  );
}
