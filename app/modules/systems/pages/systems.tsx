import { useLoaderData } from "@remix-run/react";

import { CLOUD_STEPS, HOSTINGS, keysOf, OWNERSHIPS } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, Pagination, QueryBar, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listSystems, readSystemQuery } from "../inventory/systems.queries.server";

export const handle = crumbs(() => [{ label: "系统清单" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "system:read");
    const question = readSystemQuery(query);
    const [page, unit] = await Promise.all([
      listSystems(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...page, question, unit, search: query.toString() };
  },
});

export default function Systems() {
  const { rows, total, pageSize, question, unit, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="信息系统清单" meta={`共 ${total} 个系统；国垂、省垂系统只登记不考核`} />
      <QueryBar
        action="/systems"
        resetHref="/systems"
        search={{ name: "q", value: question.q, placeholder: "系统名称、编号或拼音首字母" }}
        filters={[
          {
            name: "ownership",
            label: "建设层级",
            value: question.ownership ?? "",
            options: keysOf(OWNERSHIPS).map((value) => ({ value, label: OWNERSHIPS[value] })),
          },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="信息系统清单"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的系统" explanation="请放宽查询条件。" />}
        columns={[
          { key: "code", title: "编号", nowrap: true, render: (row) => row.code },
          {
            key: "name",
            title: "系统名称",
            primary: true,
            render: (row) => <a href={`/systems/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "主管单位", render: (row) => row.unitName },
          { key: "ownership", title: "建设层级", nowrap: true, render: (row) => OWNERSHIPS[row.ownership] },
          { key: "mlps", title: "等保级别", align: "right", render: (row) => row.mlpsLevel },
          { key: "hosting", title: "部署", nowrap: true, render: (row) => HOSTINGS[row.hosting] },
          { key: "backup", title: "备份", nowrap: true, render: (row) => (row.backedUp ? "已备份" : "未备份") },
          { key: "batch", title: "上云批次", render: (row) => row.batch },
          {
            key: "steps",
            title: "上云进展",
            nowrap: true,
            render: (row) => {
              if (row.scope === "out") return <StatusTag tone="neutral">不在范围</StatusTag>;
              if (row.stepsDone === CLOUD_STEPS.length) return <StatusTag tone="good">已上云</StatusTag>;
              return <StatusTag tone="info">{`${row.stepsDone}/${CLOUD_STEPS.length} 步`}</StatusTag>;
            },
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/systems", search, { page })}
      />
    </>
  );
}
