import { useLoaderData } from "@remix-run/react";

import { fen, sumFen } from "~/kernel/fen";
import { formatOfficialDate } from "~/kernel/local-date";
import { ENTRY_STATES } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import { Amount, DataTable, EmptyState, PageHead, Pagination, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { listContracts } from "../execution/entries.queries.server";
import { entryTone } from "../execution/execution.words";

export const handle = crumbs(() => [{ label: "合同" }]);

export const loader = pageLoader({
  access: "contract:read",
  load: async ({ ctx, query }) => {
    const asked = Number(query.get("page"));
    const page = Number.isInteger(asked) && asked > 0 && asked < 100_000 ? asked : 1;
    const list = await listContracts(ctx.db, ctx.actor, page);
    return { ...list, page, mayOpen: canEver(ctx.actor, "funding:read") };
  },
});

export default function Contracts() {
  const { rows, total, pageSize, page, mayOpen } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="合同" meta={`共 ${total} 份，最近签订的在前`} />
      <DataTable
        caption="合同列表"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有合同" explanation="本单位的合同，或由本单位运营的合同列在这里。" />}
        columns={[
          {
            key: "name",
            title: "合同",
            primary: true,
            render: (row) => (
              <span>
                {mayOpen ? <a href={`/funding/entries/contract/${row.id}`}>{row.name}</a> : row.name}
                <span className="block text-[0.8125rem] font-normal text-secondary">{row.number}</span>
              </span>
            ),
          },
          {
            key: "project",
            title: "项目和建设单位",
            render: (row) => (
              <span>
                {row.projectName}
                <span className="block text-[0.8125rem] text-secondary">{row.unitName}</span>
              </span>
            ),
          },
          { key: "supplier", title: "供应商", render: (row) => row.supplier },
          { key: "signed", title: "签订日期", nowrap: true, render: (row) => formatOfficialDate(row.signedOn) },
          {
            key: "ends",
            title: "履约截止",
            nowrap: true,
            wideOnly: true,
            render: (row) => row.endsOn && formatOfficialDate(row.endsOn),
          },
          {
            key: "amount",
            title: "金额",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.amountFen} />,
            total: <Amount fen={sumFen(rows.map((row) => row.amountFen))} />,
          },
          {
            key: "paid",
            title: "已支付",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(Number(row.paid))} />,
            total: <Amount fen={sumFen(rows.map((row) => fen(Number(row.paid))))} />,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={entryTone(row.state)}>{ENTRY_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
      <Pagination page={page} pageSize={pageSize} total={total} hrefFor={(to) => `/contracts?page=${to}`} />
    </>
  );
}
