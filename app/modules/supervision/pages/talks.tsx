import { useLoaderData } from "@remix-run/react";

import { TALK_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { Countdown, DataTable, EmptyState, PageHead, Pagination, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { talkTone } from "../talks/talk.words";
import { listTalks, readTalksQuery, TALKS_PAGE } from "../talks/talks.queries.server";
import { SupervisionTabs } from "../ui/SupervisionTabs";

export const handle = crumbs(() => [{ label: "督办", href: "/supervision" }, { label: "约谈" }]);

export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "supervision:read");
    const question = readTalksQuery(query);
    const [list, unit] = await Promise.all([
      listTalks(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...list, unit, question, pageSize: TALKS_PAGE, search: query.toString() };
  },
});

export default function Talks() {
  const { rows, total, unit, question, pageSize, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="约谈" meta={`共 ${total} 次 · 单位连续多次红色督办的，自动发起约谈`} />
      <SupervisionTabs active="/supervision/talks" />
      <QueryBar
        action="/supervision/talks"
        resetHref="/supervision/talks"
        filters={[
          ...(unit ? [unit] : []),
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(TALK_STATES) },
          { name: "from", label: "发起月份从", kind: "month", value: question.from ?? "" },
          { name: "to", label: "到", kind: "month", value: question.to ?? "" },
        ]}
      />
      <Section flush>
        <DataTable
          caption="约谈"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="没有约谈"
              explanation="单位的督办事项连续红色督办达到规则参数规定的次数时，系统自动发起约谈。"
            />
          }
          columns={[
            {
              key: "number",
              title: "编号",
              primary: true,
              nowrap: true,
              render: (row) => <a href={`/supervision/talks/${row.id}`}>{row.number}</a>,
            },
            { key: "unit", title: "约谈单位", render: (row) => row.unitName },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => (
                <StatusTag tone={talkTone(row.state, (row.remainingWorkdays ?? 0) < 0)}>
                  {TALK_STATES[row.state]}
                </StatusTag>
              ),
            },
            { key: "reds", title: "连续红色督办", unit: "次", align: "right", render: (row) => row.reds },
            { key: "called", title: "发起日期", nowrap: true, render: (row) => row.calledOn },
            { key: "due", title: "约谈期限", nowrap: true, render: (row) => row.dueOn },
            {
              key: "left",
              title: "剩余工作日",
              nowrap: true,
              render: (row) =>
                row.remainingWorkdays !== null && <Countdown remaining={row.remainingWorkdays} compact />,
            },
            { key: "held", title: "约谈日期", nowrap: true, render: (row) => row.heldOn },
          ]}
        />
        <Pagination
          page={question.page}
          pageSize={pageSize}
          total={total}
          hrefFor={(page) => withQuery("/supervision/talks", search, { page })}
        />
      </Section>
    </>
  );
}
