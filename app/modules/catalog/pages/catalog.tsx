import { useLoaderData } from "@remix-run/react";

import { keysOf, RESOURCE_STATES, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import { unitOptions } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listResources, readCatalogQuery } from "../catalog.queries.server";
import { resourceTone } from "../resource-words";

export const handle = crumbs(() => [{ label: "资源目录" }]);

export const loader = pageLoader({
  access: "catalog:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "catalog:read");
    const question = readCatalogQuery(query);
    const [page, units] = await Promise.all([
      listResources(ctx.db, ctx.actor, scope, scopeFor(ctx.actor, "catalog:publish"), question),
      unitOptions(ctx.db, scope),
    ]);
    return { ...page, question, units, mayImport: canEver(ctx.actor, "catalog:register"), search: query.toString() };
  },
});

export default function Catalog() {
  const { rows, total, pageSize, question, units, mayImport, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="政务信息资源目录"
        meta={`共 ${total} 个资源`}
        actions={mayImport && <LinkButton href="/catalog/import">导入资源目录</LinkButton>}
      />
      <QueryBar
        action="/catalog"
        resetHref="/catalog"
        search={{ name: "q", value: question.q, placeholder: "资源名称、代码或拼音首字母" }}
        filters={[
          {
            name: "state",
            label: "状态",
            value: question.state ?? "",
            options: keysOf(RESOURCE_STATES).map((value) => ({ value, label: RESOURCE_STATES[value] })),
          },
          {
            name: "sharing",
            label: "共享类型",
            value: question.sharingType ?? "",
            options: keysOf(SHARING_TYPES).map((value) => ({ value, label: SHARING_TYPES[value] })),
          },
          {
            name: "unit",
            label: "提供单位",
            value: question.unitId ?? "",
            options: units.map((unit) => ({ value: unit.id, label: unit.name })),
          },
        ]}
      />
      <DataTable
        caption="政务信息资源目录"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的资源" explanation="请放宽查询条件。" />}
        columns={[
          { key: "code", title: "资源代码", nowrap: true, render: (row) => row.code ?? "待发布" },
          {
            key: "name",
            title: "资源名称",
            primary: true,
            render: (row) => <a href={`/catalog/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "提供单位", render: (row) => row.unitName },
          { key: "category", title: "分类", render: (row) => row.category },
          { key: "sharing", title: "共享类型", nowrap: true, render: (row) => SHARING_TYPES[row.sharingType] },
          {
            key: "method",
            title: "共享方式",
            nowrap: true,
            render: (row) => row.method && SHARING_METHODS[row.method],
          },
          { key: "cycle", title: "更新周期", nowrap: true, render: (row) => UPDATE_CYCLES[row.updateCycle] },
          { key: "updated", title: "最近更新", nowrap: true, render: (row) => row.lastUpdatedOn },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={resourceTone(row.state)}>{RESOURCE_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/catalog", search, { page })}
      />
    </>
  );
}
