import { useLoaderData } from "@remix-run/react";

import { scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, Pagination, QueryBar, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listExperts, readExpertQuery, specialties } from "../experts.queries.server";

export const handle = crumbs(() => [{ label: "专家库" }]);

export const loader = pageLoader({
  access: "expert:convene",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "expert:convene");
    const question = readExpertQuery(query);
    const [page, known] = await Promise.all([listExperts(ctx.db, scope, question), specialties(ctx.db, scope)]);
    return { ...page, question, specialties: known, search: query.toString() };
  },
});

export default function Experts() {
  const { rows, total, pageSize, question, specialties: known, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="专家库" meta={`共 ${total} 位专家`} />
      <QueryBar
        action="/experts"
        resetHref="/experts"
        search={{ name: "q", value: question.q, placeholder: "姓名、专业或工作单位" }}
        filters={[
          {
            name: "specialty",
            label: "专业",
            value: question.specialty,
            options: known.map((value) => ({ value, label: value })),
          },
        ]}
      />
      <Section flush>
        <DataTable
          caption="专家库"
          rows={rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有符合条件的专家" explanation="请放宽查询条件，或请系统管理员登记专家。" />}
          columns={[
            { key: "name", title: "姓名", primary: true, nowrap: true, render: (row) => row.name },
            { key: "title", title: "职称", nowrap: true, render: (row) => row.title },
            { key: "specialty", title: "专业", render: (row) => row.specialty },
            { key: "employer", title: "工作单位", render: (row) => row.employer },
            { key: "open", title: "在办", unit: "项", align: "right", render: (row) => row.open },
            { key: "given", title: "已出具意见", unit: "份", align: "right", render: (row) => row.given },
            { key: "invited", title: "受邀", unit: "次", align: "right", render: (row) => row.invited },
            {
              key: "avoidance",
              title: "回避率",
              unit: "%",
              align: "right",
              render: (row) =>
                row.declared === 0 ? (
                  <span className="text-secondary">—</span>
                ) : (
                  `${Math.round((row.avoided / row.declared) * 100)}（${row.avoided}/${row.declared}）`
                ),
            },
          ]}
        />
      </Section>
      <p className="mb-4 text-[0.8125rem] text-secondary">回避率 = 声明回避的次数 ÷ 已作声明的次数。</p>
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/experts", search, { page })}
      />
    </>
  );
}
