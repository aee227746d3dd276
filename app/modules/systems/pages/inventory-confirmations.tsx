import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Pagination, Section, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { confirmationDue, listConfirmations, sumConfirmations } from "../inventory/confirmations.queries.server";

export const handle = crumbs(() => [{ label: "系统清单", href: "/systems" }, { label: "清单确认" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "system:read");
    if (scope.regionIds.length === 0) throw redirect(`/systems/confirmation/${ctx.actor.unitId}`);
    const asked = Number(query.get("page"));
    const page = Number.isInteger(asked) && asked > 0 && asked < 100_000 ? asked : 1;
    const open = query.get("state") === "open";
    const [list, sums, dueOn] = await Promise.all([
      listConfirmations(ctx.db, scope, { today: ctx.today, page, open }),
      sumConfirmations(ctx.db, scope, ctx.today),
      confirmationDue(ctx.db, ctx.today),
    ]);
    return { ...list, page, open, sums, dueOn, today: ctx.today, search: query.toString() };
  },
});

export default function InventoryConfirmations() {
  const { rows, total, pageSize, page, open, sums, dueOn, today, search } = useLoaderData<typeof loader>();
  const missing = sums.units - sums.confirmed;
  const late = today > dueOn;
  const cutoff = formatOfficialDate(today);
  return (
    <>
      <PageHead
        title="系统清单年度确认"
        meta={`${today.slice(0, 4)} 年度，${formatOfficialDate(dueOn)}前由各单位负责人确认${late ? "，已过期限" : ""}`}
      />
      <StatGrid>
        <Figure
          label="应确认单位"
          value={sums.units}
          unit="个"
          definition="清单上至少有一个未下线系统的单位，不论建设层级。"
          cutoff={cutoff}
          href="/systems/confirmation"
        />
        <Figure
          label="已确认"
          value={sums.confirmed}
          unit="个"
          definition="单位负责人已签认本年度清单；签认时清单上没有待补全的系统。"
          cutoff={cutoff}
        />
        <Figure
          label={late ? "逾期未确认" : "未确认"}
          value={missing}
          unit="个"
          definition="应确认单位中本年度尚未签认的单位。"
          cutoff={cutoff}
          href="/systems/confirmation?state=open"
          tone={missing === 0 ? "good" : late ? "bad" : "warn"}
        />
      </StatGrid>
      <Section
        title={open ? "未确认的单位" : "各单位确认情况"}
        actions={
          open ? (
            <a href="/systems/confirmation">看全部单位</a>
          ) : (
            <a href="/systems/confirmation?state=open">只看未确认</a>
          )
        }
        flush
      >
        <DataTable
          caption="各单位清单确认情况"
          rows={rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title={open ? "各单位都已确认" : "没有登记系统的单位"} />}
          columns={[
            {
              key: "unit",
              title: "单位",
              primary: true,
              render: (row) => <a href={`/systems/confirmation/${row.id}`}>{row.name}</a>,
            },
            {
              key: "total",
              title: "系统",
              unit: "个",
              align: "right",
              render: (row) => <a href={`/systems?unit=${row.id}`}>{row.total}</a>,
            },
            {
              key: "incomplete",
              title: "待补全",
              unit: "个",
              align: "right",
              render: (row) =>
                row.incomplete > 0 ? <a href={`/systems?unit=${row.id}&incomplete=yes`}>{row.incomplete}</a> : 0,
            },
            {
              key: "confirmed",
              title: "确认日期",
              nowrap: true,
              render: (row) =>
                row.confirmedOn ?? <StatusTag tone={late ? "bad" : "warn"}>{late ? "逾期未确认" : "未确认"}</StatusTag>,
            },
            {
              key: "changed",
              title: "确认后变动",
              unit: "项",
              align: "right",
              render: (row) => row.changed,
            },
          ]}
        />
        <Pagination
          page={page}
          pageSize={pageSize}
          total={total}
          hrefFor={(to) => withQuery("/systems/confirmation", search, { page: to })}
        />
      </Section>
    </>
  );
}
