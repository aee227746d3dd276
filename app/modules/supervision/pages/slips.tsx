import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { ISSUED_COLOURS, keysOf, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Pagination, QueryBar, Section, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listSlips, readSlipsQuery, SLIPS_PAGE } from "../slips/slips.queries.server";
import { slipTone, supervisionTone } from "../supervision.words";
import { SupervisionTabs } from "../ui/SupervisionTabs";

export const handle = crumbs(() => [{ label: "督办", href: "/supervision" }, { label: "督办单" }]);

export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "supervision:read");
    const question = readSlipsQuery(query);
    const [list, unit] = await Promise.all([
      listSlips(ctx.db, scope, question),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...list, unit, question, pageSize: SLIPS_PAGE, search: query.toString(), today: ctx.today };
  },
});

export default function Slips() {
  const { rows, counts, total, unit, question, pageSize, search, today } = useLoaderData<typeof loader>();
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery("/supervision/slips", search, { page: undefined, ...changes });
  return (
    <>
      <PageHead title="督办单" meta="到期前蓝色提醒，超期橙色警示，长期超期红色督办；每个工作日自动发出" />
      <SupervisionTabs active="/supervision/slips" />
      <StatGrid>
        {keysOf(ISSUED_COLOURS).map((colour) => (
          <Figure
            key={colour}
            label={ISSUED_COLOURS[colour]}
            value={counts[colour]}
            unit="份"
            definition={`符合下面条件的${ISSUED_COLOURS[colour]}督办单份数；每个事项每种颜色每轮只发一次，重新督办后另计。`}
            cutoff={formatOfficialDate(today)}
            href={here({ colour })}
            tone={slipTone(colour)}
          />
        ))}
      </StatGrid>
      <QueryBar
        action="/supervision/slips"
        resetHref="/supervision/slips"
        filters={[
          ...(unit ? [unit] : []),
          { name: "colour", label: "颜色", value: question.colour ?? "", options: optionsOf(ISSUED_COLOURS) },
          { name: "origin", label: "来源", value: question.origin ?? "", options: optionsOf(SUPERVISION_ORIGINS) },
          { name: "from", label: "发单月份从", kind: "month", value: question.from ?? "" },
          { name: "to", label: "到", kind: "month", value: question.to ?? "" },
        ]}
      />
      <Section flush>
        <DataTable
          caption="督办单"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="没有符合条件的督办单"
              explanation="事项临近期限或超期后，系统在下一个工作日自动发单；可放宽上面的条件再查。"
            />
          }
          columns={[
            {
              key: "number",
              title: "督办单",
              primary: true,
              nowrap: true,
              render: (row) => <a href={`/supervision/slips/${row.id}/pdf`}>{row.number}</a>,
            },
            {
              key: "colour",
              title: "颜色",
              nowrap: true,
              render: (row) => <StatusTag tone={slipTone(row.colour)}>{ISSUED_COLOURS[row.colour]}</StatusTag>,
            },
            {
              key: "item",
              title: "督办事项",
              render: (row) => (
                <>
                  <a href={`/supervision/${row.itemId}`}>{row.title}</a>
                  <span className="block whitespace-nowrap text-[0.8125rem] text-secondary">{row.itemNumber}</span>
                </>
              ),
            },
            { key: "unit", title: "承办单位", render: (row) => row.unitName },
            { key: "due", title: "办理期限", nowrap: true, render: (row) => row.dueOn },
            { key: "issued", title: "发单日期", nowrap: true, render: (row) => row.issuedOn },
            {
              key: "state",
              title: "事项现状",
              nowrap: true,
              render: (row) => <StatusTag tone={supervisionTone(row.state)}>{SUPERVISION_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
        <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
      </Section>
    </>
  );
}
