import { useLoaderData } from "@remix-run/react";

import { CORRECTION_STATES, keysOf } from "~/kernel/vocabulary";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendars } from "~/platform/calendar.server";
import { canEver, scopeFor } from "~/policy";
import { Countdown, DataTable, EmptyState, PageHead, Pagination, QueryBar, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { CORRECTION_SIDES, isOpenCorrection } from "../correction/correction.words";
import { listCorrections, readCorrectionQuery } from "../correction/corrections.queries.server";
import { correctionTone } from "../resource-words";

export const handle = crumbs(() => [{ label: "资源目录", href: "/catalog" }, { label: "数据纠错" }]);

export const loader = pageLoader({
  access: "demand:read",
  load: async ({ ctx, query }) => {
    const question = readCorrectionQuery(query);
    const [page, calendarOf] = await Promise.all([
      listCorrections(ctx.db, ctx.actor, scopeFor(ctx.actor, "demand:read"), question),
      loadCalendars(ctx.db),
    ]);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        ...row,
        remaining: isOpenCorrection(row.state) ? workdaysBetween(calendarOf(row.regionId), ctx.today, row.dueOn) : null,
      })),
      question,
      hasSides: canEver(ctx.actor, "correction:report") || canEver(ctx.actor, "correction:answer"),
      search: query.toString(),
    };
  },
});

export default function Corrections() {
  const { rows, total, pageSize, question, hasSides, search } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/catalog/corrections", search, changes);
  return (
    <>
      <PageHead title="数据纠错" meta={`共 ${total} 件 · 在资源页面可以反映数据有误`} />
      {hasSides && (
        <Tabs
          label="数据纠错"
          tabs={[
            { href: here({ side: undefined, page: undefined }), label: "全部", active: question.side === undefined },
            ...keysOf(CORRECTION_SIDES).map((side) => ({
              href: here({ side, page: undefined }),
              label: CORRECTION_SIDES[side],
              active: question.side === side,
            })),
          ]}
        />
      )}
      <QueryBar
        action="/catalog/corrections"
        resetHref="/catalog/corrections"
        keep={question.side ? { side: question.side } : {}}
        filters={[
          {
            name: "state",
            label: "状态",
            value: question.state ?? "",
            options: keysOf(CORRECTION_STATES).map((value) => ({ value, label: CORRECTION_STATES[value] })),
          },
        ]}
      />
      <DataTable
        caption="数据纠错"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有数据纠错" explanation="发现共享数据有误时，请在资源页面的“数据纠错”中反映。" />}
        columns={[
          {
            key: "what",
            title: "问题",
            primary: true,
            render: (row) => (
              <a href={`/catalog/corrections/${row.id}`} className="line-clamp-2">
                {row.item ? `${row.item}：` : ""}
                {row.description}
              </a>
            ),
          },
          { key: "resource", title: "数据资源", render: (row) => row.resourceName },
          { key: "reporter", title: "反映单位", wideOnly: true, render: (row) => row.reporterName },
          { key: "provider", title: "提供单位", render: (row) => row.providerName },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={correctionTone(row.state)}>{CORRECTION_STATES[row.state]}</StatusTag>,
          },
          { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
          {
            key: "left",
            title: "剩余工作日",
            nowrap: true,
            render: (row) => row.remaining !== null && <Countdown remaining={row.remaining} compact />,
          },
        ]}
      />
      <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
    </>
  );
}
