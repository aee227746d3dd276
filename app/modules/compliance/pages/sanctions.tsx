import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { SANCTION_RUNGS, SANCTION_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { RUNG_TONES, SANCTION_TONES } from "../gate.words";
import { listSanctions, readSanctionQuery } from "../sanction/sanction.queries.server";

export const handle = crumbs(() => [{ label: "惩戒" }]);

export const loader = pageLoader({
  access: "gate:read",
  load: async ({ ctx, query }) => {
    const question = readSanctionQuery(query);
    const [page, unit] = await Promise.all([
      listSanctions(ctx.db, ctx.actor, question),
      unitFilter(ctx.db, scopeFor(ctx.actor, "gate:read"), question.unit),
    ]);
    return {
      ...page,
      question,
      unit,
      today: ctx.today,
      mayPropose: canEver(ctx.actor, "sanction:propose"),
      search: query.toString(),
    };
  },
});

export default function Sanctions() {
  const { rows, total, pageSize, question, unit, today, mayPropose, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="惩戒"
        meta={`共 ${total} 件；限期整改、通报批评不影响资金，暂缓投资及以上关闭共享闸口`}
        actions={mayPropose && <LinkButton href="/sanctions/new">提出惩戒</LinkButton>}
      />
      <QueryBar
        action="/sanctions"
        resetHref="/sanctions"
        filters={[
          { name: "rung", label: "措施", value: question.rung ?? "", options: optionsOf(SANCTION_RUNGS) },
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(SANCTION_STATES) },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption="惩戒列表"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有符合条件的惩戒" explanation="由数据局一人提出、另一人复核后实施。" />}
        columns={[
          {
            key: "unit",
            title: "单位",
            primary: true,
            render: (row) => (
              <a href={`/sanctions/${row.id}`}>
                {row.unitName}（{row.number}号）
              </a>
            ),
          },
          {
            key: "rung",
            title: "措施",
            nowrap: true,
            render: (row) => <StatusTag tone={RUNG_TONES[row.rung]}>{SANCTION_RUNGS[row.rung]}</StatusTag>,
          },
          { key: "project", title: "项目", render: (row) => row.projectName },
          { key: "reason", title: "事由", render: (row) => row.reason },
          {
            key: "from",
            title: "起始",
            nowrap: true,
            render: (row) => row.state !== "proposed" && row.state !== "declined" && formatOfficialDate(row.fromOn),
          },
          {
            key: "due",
            title: "整改期限",
            nowrap: true,
            render: (row) =>
              row.dueOn && (
                <span>
                  {formatOfficialDate(row.dueOn)}
                  {row.state === "standing" && row.dueOn < today && (
                    <>
                      {" "}
                      <StatusTag tone="bad">逾期</StatusTag>
                    </>
                  )}
                </span>
              ),
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={SANCTION_TONES[row.state]}>{SANCTION_STATES[row.state]}</StatusTag>,
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/sanctions", search, { page })}
      />
    </>
  );
}
