import { useLoaderData } from "@remix-run/react";

import { PANEL_STATES } from "~/kernel/vocabulary";
import { Countdown, DataTable, EmptyState, PageHead, Pagination, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { SEAT_TONES } from "../expert-words";
import { SEAT_STATES } from "../opinion.lifecycle";
import { listInvitations } from "../opinions.queries.server";

export const handle = crumbs(() => [{ label: "专家意见" }]);

export const loader = pageLoader({
  access: "expert:opine",
  load: async ({ ctx, query }) => {
    const asked = Number(query.get("page"));
    const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
    return { ...(await listInvitations(ctx.db, ctx.actor.userId, page, ctx.today)), page };
  },
});

export default function Opinions() {
  const { rows, total, page, pageSize } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="专家意见" meta={`共受邀 ${total} 次`} />
      <Section flush>
        <DataTable
          caption="我的评审邀请"
          rows={rows}
          rowKey={(row) => row.id}
          isHighlighted={(row) => (row.remainingWorkdays ?? 0) < 0}
          empty={
            <EmptyState title="还没有评审邀请" explanation="数据局邀请您参加专家评审时，会在这里列出并发消息告知您。" />
          }
          columns={[
            {
              key: "project",
              title: "项目",
              primary: true,
              render: (row) => <a href={`/opinions/${row.id}`}>{row.projectName}</a>,
            },
            { key: "unit", title: "申报单位", render: (row) => row.unitName },
            {
              key: "state",
              title: "我的状态",
              nowrap: true,
              render: (row) => <StatusTag tone={SEAT_TONES[row.state]}>{SEAT_STATES[row.state]}</StatusTag>,
            },
            { key: "panel", title: "评审", nowrap: true, render: (row) => PANEL_STATES[row.panelState] },
            { key: "due", title: "期限", nowrap: true, render: (row) => row.dueOn },
            {
              key: "left",
              title: "剩余",
              nowrap: true,
              render: (row) => row.remainingWorkdays !== null && <Countdown remaining={row.remainingWorkdays} />,
            },
          ]}
        />
      </Section>
      <Pagination page={page} pageSize={pageSize} total={total} hrefFor={(n) => `/opinions?page=${n}`} />
    </>
  );
}
