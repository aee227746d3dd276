import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { DataTable, EmptyState, Notice, PageHead, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { figuresByTopic } from "../figures.queries.server";

export const handle = crumbs(() => [{ label: "规则参数" }]);

export const loader = pageLoader({
  access: "figure:read",
  load: async ({ ctx, query }) => {
    const q = (query.get("q") ?? "").trim().slice(0, 100);
    return { topics: await figuresByTopic(ctx.db, q, ctx.today), q };
  },
});

export default function Figures() {
  const { topics, q } = useLoaderData<typeof loader>();
  const total = topics.reduce((sum, { figures }) => sum + figures.length, 0);
  return (
    <>
      <PageHead title="规则参数" meta={`共 ${total} 项：审核时限、比例和分值的现行数值、依据和生效日期`} />
      <Notice tone="info">
        所有人都可以查阅评判自己的规则。新值由系统管理员登记，只能从以后的日期起生效；已经作出的决定保留当时的数值。
      </Notice>
      <div className="mt-4">
        <QueryBar
          action="/admin/figures"
          resetHref="/admin/figures"
          search={{ name: "q", value: q, placeholder: "参数名称、依据或用途" }}
        />
      </div>
      {topics.length === 0 && (
        <EmptyState title="没有符合条件的规则参数" explanation="请换一个词查询，或清空条件查看全部。" />
      )}
      {topics.map(({ topic, figures }) => (
        <Section key={topic} title={topic} flush>
          <DataTable
            caption={`${topic}的规则参数`}
            rows={figures}
            rowKey={(row) => row.code}
            empty={null}
            columns={[
              {
                key: "name",
                title: "参数",
                primary: true,
                render: (row) => <a href={`/admin/figures/${row.code}`}>{row.name}</a>,
              },
              {
                key: "value",
                title: "现行数值",
                align: "right",
                render: (row) => (row.value === null ? "尚未生效" : `${row.value} ${row.unit}`),
              },
              { key: "from", title: "生效日期", nowrap: true, render: (row) => row.inForceFrom },
              {
                key: "next",
                title: "将调整为",
                render: (row) =>
                  row.next && (
                    <StatusTag tone="warn">
                      {formatOfficialDate(row.next.inForceFrom)}起 {row.next.value} {row.unit}
                    </StatusTag>
                  ),
              },
              { key: "source", title: "依据", render: (row) => row.source },
              { key: "use", title: "用在哪里", wideOnly: true, render: (row) => row.usedIn },
            ]}
          />
        </Section>
      ))}
    </>
  );
}
