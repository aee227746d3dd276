import { useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { CHANGE_REASONS, CHANGE_ROUTES, CHANGE_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { Amount, Countdown, DataTable, EmptyState, PageHead, Pagination, QueryBar, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listChanges, readChangeQuery } from "../change.queries.server";
import { changeNumber } from "../change.rules";
import { changeTone } from "../change.words";

export const handle = crumbs(() => [{ label: "项目变更" }]);

export const loader = pageLoader({
  access: "project:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "project:read");
    const question = readChangeQuery(query);
    const [page, unit] = await Promise.all([
      listChanges(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...page, question, unit, search: query.toString() };
  },
});

export default function Changes() {
  const { rows, total, pageSize, question, unit, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="项目变更" meta={`共 ${total} 件；待办理的按期限排在前面`} />
      <QueryBar
        action="/changes"
        resetHref="/changes"
        search={{ name: "q", value: question.q, placeholder: "项目名称或编号" }}
        filters={[
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(CHANGE_STATES) },
          { name: "route", label: "方式", value: question.route ?? "", options: optionsOf(CHANGE_ROUTES) },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="项目变更列表"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的变更" explanation="批复后的项目需要调整时，在项目页面“变更”中申请。" />}
        columns={[
          {
            key: "name",
            title: "项目",
            primary: true,
            render: (row) => (
              <a href={`/changes/${row.id}`}>
                {row.projectName}（{changeNumber(row.number)}）
              </a>
            ),
          },
          { key: "unit", title: "建设单位", render: (row) => row.unitName },
          { key: "reason", title: "理由", nowrap: true, render: (row) => CHANGE_REASONS[row.reasonKind] },
          {
            key: "route",
            title: "方式",
            nowrap: true,
            render: (row) => (
              <span className="inline-flex flex-wrap gap-1">
                {row.route && (
                  <StatusTag tone={row.route === "filed" ? "good" : "warn"}>{CHANGE_ROUTES[row.route]}</StatusTag>
                )}
                {row.mustBeReported && <StatusTag tone="warn">须报告</StatusTag>}
              </span>
            ),
          },
          {
            key: "moved",
            title: "概算内调整",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.movedFen)} />,
          },
          {
            key: "new",
            title: "变更后概算",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.newEstimateFen)} />,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={changeTone(row.state)}>{CHANGE_STATES[row.state]}</StatusTag>,
          },
          {
            key: "due",
            title: "剩余工作日",
            nowrap: true,
            render: (row) => row.remainingWorkdays !== null && <Countdown remaining={row.remainingWorkdays} compact />,
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/changes", search, { page })}
      />
    </>
  );
}
