import { useLoaderData } from "@remix-run/react";

import { MATTER_STATES, MATTER_TYPES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { MATTER_TONES } from "../matter.words";
import { listMatters, MATTERS_PAGE, readMatterQuery, sumMatters } from "../matters.queries.server";

export const handle = crumbs(() => [{ label: "政务服务事项" }]);

export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "matter:read");
    const question = readMatterQuery(query);
    const [page, sums, unit] = await Promise.all([
      listMatters(ctx.db, scope, question),
      sumMatters(ctx.db, scope, question),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return {
      ...page,
      ...sums,
      pageSize: MATTERS_PAGE,
      question,
      unit,
      mayEdit: canEver(ctx.actor, "matter:edit"),
      search: query.toString(),
    };
  },
});

const YES_NO = (yes: string, no: string) => [
  { value: "yes", label: yes },
  { value: "no", label: no },
];

export default function Matters() {
  const { rows, total, online, withoutSystem, pageSize, question, unit, mayEdit, search } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="政务服务事项"
        meta={`共 ${total} 个事项，其中全程网办 ${online} 个，未关联系统 ${withoutSystem} 个`}
        actions={
          <>
            {mayEdit && <LinkButton href="/matters/new">登记事项</LinkButton>}
            {mayEdit && (
              <LinkButton href="/intake/matters" variant="secondary">
                导入
              </LinkButton>
            )}
            <LinkButton href={withQuery("/matters/export", search, { page: undefined })} variant="secondary">
              导出
            </LinkButton>
            <LinkButton href="/matters/materials" variant="secondary">
              事项材料
            </LinkButton>
          </>
        }
      />
      <QueryBar
        action="/matters"
        resetHref="/matters"
        search={{ name: "q", value: question.q, placeholder: "事项名称、编码或拼音首字母" }}
        filters={[
          ...(unit ? [unit] : []),
          { name: "type", label: "类型", value: question.type ?? "", options: optionsOf(MATTER_TYPES) },
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(MATTER_STATES) },
          { name: "online", label: "全程网办", value: question.online ?? "", options: YES_NO("是", "否") },
          { name: "system", label: "办理系统", value: question.system ?? "", options: YES_NO("已关联", "未关联") },
          {
            name: "relieved",
            label: "可免提交材料",
            value: question.relieved ? "yes" : "",
            options: [{ value: "yes", label: "有" }],
          },
        ]}
      />
      <Section flush>
        <DataTable
          caption="政务服务事项列表"
          rows={rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title="没有符合条件的事项" explanation="请放宽查询条件，或由单位填报人登记、导入事项。" />}
          columns={[
            { key: "code", title: "编码", nowrap: true, render: (row) => row.code },
            {
              key: "name",
              title: "事项名称",
              primary: true,
              render: (row) => <a href={`/matters/${row.id}`}>{row.name}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "type", title: "类型", nowrap: true, render: (row) => MATTER_TYPES[row.type] },
            { key: "systems", title: "办理系统", render: (row) => row.systems.join("、") || "未关联" },
            {
              key: "online",
              title: "全程网办",
              nowrap: true,
              wideOnly: true,
              render: (row) => (row.online ? "是" : "否"),
            },
            {
              key: "cases",
              title: "年办件量",
              unit: "件",
              align: "right",
              render: (row) => row.yearlyCases?.toLocaleString("zh-CN"),
            },
            { key: "papers", title: "材料", unit: "份", align: "right", render: (row) => row.papers },
            { key: "relieved", title: "可免提交", unit: "份", align: "right", render: (row) => row.relieved },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={MATTER_TONES[row.state]}>{MATTER_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/matters", search, { page })}
      />
    </>
  );
}
