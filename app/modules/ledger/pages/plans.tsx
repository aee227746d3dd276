import { useLoaderData } from "@remix-run/react";

import { LEDGER_PLAN_STATES } from "~/kernel/vocabulary";
import { DataTable, EmptyState, LinkButton, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { planTone } from "../ledger.words";
import { listPlans } from "../plan/plan.queries.server";

export const handle = crumbs(() => [{ label: "任务台账", href: "/tasks" }, { label: "方案管理" }]);

export const loader = pageLoader({
  access: "task:confirm",
  load: async ({ ctx }) => ({ plans: await listPlans(ctx.db, ctx.actor) }),
});

export default function Plans() {
  const { plans } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="方案管理"
        meta="导入、确认、下达执行；没有下达的方案，单位看不到"
        actions={<LinkButton href="/tasks/import">导入方案</LinkButton>}
      />
      <Section title="方案" note={`共 ${plans.length} 个`} flush>
        <DataTable
          caption="方案"
          rows={plans}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有方案" explanation="导入一个方案的任务台账，确认后下达各单位执行。" />}
          columns={[
            {
              key: "title",
              title: "方案",
              primary: true,
              render: (row) => (
                <>
                  <a href={`/tasks/plans/${row.id}`}>{row.title}</a>
                  <span className="block text-[0.8125rem] font-normal text-secondary">{row.documentNumber}</span>
                </>
              ),
            },
            { key: "issued", title: "印发日期", nowrap: true, render: (row) => row.issuedOn },
            { key: "tasks", title: "任务", unit: "项", align: "right", render: (row) => row.tasks },
            {
              key: "confirmed",
              title: "已确认",
              unit: "项",
              align: "right",
              render: (row) => row.confirmed,
            },
            { key: "closed", title: "已办结", unit: "项", align: "right", render: (row) => row.closed },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={planTone(row.state)}>{LEDGER_PLAN_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
    </>
  );
}
