import { useLoaderData } from "@remix-run/react";

import { RESOURCE_STATES, SHARING_METHODS } from "~/kernel/vocabulary";
import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Pagination, QueryBar, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { CONNECTION_STANDINGS, type ConnectionStanding } from "../connection/connection.rules";
import { connectionTone } from "../connection/connection.words";
import { listConnections, readConnectionQuery } from "../connection/connections.queries.server";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "资源挂接" }]);

const MEANINGS: Readonly<Record<ConnectionStanding, string>> = {
  untested: "单位已挂接、数据局尚未测试的共享资源。",
  failed: "最近一次测试未通过、等单位改正的共享资源。",
  none: "已登记或已发布、尚未挂接到共享交换平台的共享资源。",
  passed: "已挂接并由数据局测试通过的共享资源。",
};

export const loader = pageLoader({
  access: "delivery:read",
  load: async ({ ctx, query }) => {
    const { db, actor, today } = ctx;
    const scope = scopeFor(actor, "delivery:read");
    const question = readConnectionQuery(query);
    const [page, unit] = await Promise.all([
      listConnections(db, scope, question),
      unitFilter(db, scope, question.unit),
    ]);
    return { ...page, question, unit, cutoff: formatOfficialDate(today), search: query.toString() };
  },
});

const day = (value: LocalDate | null) => value && formatOfficialDate(value);

export default function Connections() {
  const { rows, counts, total, pageSize, question, unit, cutoff, search } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/catalog/connections", search, { page: undefined, ...changes });
  return (
    <>
      <PageHead title="资源挂接" meta={`共 ${total} 个共享资源 · 不予共享的资源不用挂接`} />
      <StatGrid>
        {(Object.keys(MEANINGS) as ConnectionStanding[]).map((standing) => (
          <Figure
            key={standing}
            label={CONNECTION_STANDINGS[standing]}
            value={counts[standing]}
            unit="个"
            definition={MEANINGS[standing]}
            cutoff={cutoff}
            href={here({ standing })}
            tone={standing === "failed" && counts.failed > 0 ? "bad" : "neutral"}
          />
        ))}
      </StatGrid>
      <QueryBar
        action="/catalog/connections"
        resetHref="/catalog/connections"
        search={{ name: "q", value: question.q, placeholder: "资源名称或代码" }}
        filters={[
          {
            name: "standing",
            label: "挂接情况",
            value: question.standing ?? "",
            options: optionsOf(CONNECTION_STANDINGS),
          },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="资源挂接"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的资源" explanation="请放宽查询条件，或减少搜索的字。" />}
        columns={[
          {
            key: "name",
            title: "数据资源",
            primary: true,
            render: (row) => <a href={`/catalog/${row.id}?tab=connection`}>{row.name}</a>,
          },
          { key: "code", title: "资源代码", nowrap: true, wideOnly: true, render: (row) => row.code },
          { key: "unit", title: "提供单位", render: (row) => row.unitName },
          { key: "state", title: "目录状态", nowrap: true, render: (row) => RESOURCE_STATES[row.state] },
          { key: "method", title: "方式", nowrap: true, render: (row) => row.method && SHARING_METHODS[row.method] },
          {
            key: "standing",
            title: "挂接情况",
            nowrap: true,
            render: (row) => (
              <StatusTag tone={connectionTone(row.standing)}>{CONNECTION_STANDINGS[row.standing]}</StatusTag>
            ),
          },
          { key: "published", title: "发布日期", nowrap: true, wideOnly: true, render: (row) => day(row.publishedOn) },
          { key: "connected", title: "挂接日期", nowrap: true, render: (row) => day(row.connectedOn) },
          { key: "tested", title: "测试日期", nowrap: true, wideOnly: true, render: (row) => day(row.testedOn) },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/catalog/connections", search, { page })}
      />
    </>
  );
}
