import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, PageHead, Pagination, QueryBar, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listGates, readGateQuery } from "../gate-pages.queries.server";
import { GATE_STANDINGS, standingOf, standingTone, stoppedWords } from "../gate.words";

export const handle = crumbs(() => [{ label: "共享闸口" }]);

export const loader = pageLoader({
  access: "gate:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "gate:read");
    if (scope.regionIds.length === 0) throw redirect(`/gates/${ctx.actor.unitId}`);
    const question = readGateQuery(query);
    const [page, unit] = await Promise.all([
      listGates(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...page, question, unit, search: query.toString() };
  },
});

export default function Gates() {
  const { rows, total, pageSize, question, unit, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="共享闸口" meta={`共 ${total} 个单位；已关闭的排在前面，原因消除后自动打开`} />
      <QueryBar
        action="/gates"
        resetHref="/gates"
        filters={[
          { name: "state", label: "状态", value: question.standing ?? "", options: optionsOf(GATE_STANDINGS) },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="各单位共享闸口"
        rows={rows}
        rowKey={(row) => row.unitId}
        empty={<EmptyState title="没有符合条件的单位" explanation="换一个状态或单位再查。" />}
        columns={[
          {
            key: "unit",
            title: "单位",
            primary: true,
            render: (row) => <a href={`/gates/${row.unitId}`}>{row.unitName}</a>,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => (
              <StatusTag tone={standingTone(standingOf(row))}>{GATE_STANDINGS[standingOf(row)]}</StatusTag>
            ),
          },
          { key: "stopped", title: "停办事项", render: (row) => stoppedWords(row.blocked) },
          { key: "reasons", title: "原因", unit: "项", align: "right", render: (row) => row.reasons.length || null },
          {
            key: "since",
            title: "当前状态起",
            nowrap: true,
            render: (row) => row.sinceOn && formatOfficialDate(row.sinceOn),
          },
          {
            key: "exempted",
            title: "豁免至",
            nowrap: true,
            render: (row) => row.exemption && formatOfficialDate(row.exemption.untilOn),
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/gates", search, { page })}
      />
    </>
  );
}
