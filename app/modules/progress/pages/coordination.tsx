import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { COORDINATION_STATES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import {
  Countdown,
  DataTable,
  EmptyState,
  Figure,
  LightTag,
  LinkButton,
  PageHead,
  Pagination,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import {
  COORDINATION_FILTERS,
  COORDINATION_PAGE,
  coordinationFigures,
  listMatters,
  readCoordinationQuery,
} from "../coordination/coordination.queries.server";
import { COORDINATION_DEFINITIONS, coordinationTone } from "../coordination/coordination.words";

export const handle = crumbs(() => [{ label: "需协调事项" }]);

export const loader = pageLoader({
  access: "coordination:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "coordination:read");
    const question = readCoordinationQuery(query);
    const [list, figures, unit] = await Promise.all([
      listMatters(ctx.db, scope, question, ctx.today),
      coordinationFigures(ctx.db, scope, question.unit, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return {
      ...list,
      ...{ figures, unit, question },
      filters: optionsOf(COORDINATION_FILTERS),
      pageSize: COORDINATION_PAGE,
      today: ctx.today,
      search: query.toString(),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Coordination() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, question, unit, filters, pageSize, search } = data;
  return (
    <>
      <PageHead
        title="需协调事项"
        meta="各单位在月报中提请领导小组协调解决的事项，待答复的排在最前"
        actions={
          <LinkButton href={withQuery("/coordination/export", search, { page: undefined })}>导出表格</LinkButton>
        }
      />
      <Tiles data={data} />
      <QueryBar
        action="/coordination"
        resetHref="/coordination"
        search={{ name: "q", value: question.q, placeholder: "项目名称或事项内容" }}
        filters={[
          ...(unit ? [unit] : []),
          { name: "state", label: "状态", value: question.state ?? "", options: filters },
        ]}
      />
      <Section title="事项" note={`共 ${total} 件`} flush>
        <Matters rows={rows} />
        <Pagination
          page={question.page}
          pageSize={pageSize}
          total={total}
          hrefFor={(page) => withQuery("/coordination", search, { page })}
        />
      </Section>
    </>
  );
}

function Tiles({ data: { figures, search, today } }: { readonly data: Page }) {
  const cutoff = formatOfficialDate(today);
  const rows = (state: string) => withQuery("/coordination", search, { page: undefined, q: undefined, state });
  return (
    <StatGrid>
      <Figure
        label="待答复"
        value={figures.raised}
        unit="件"
        definition={COORDINATION_DEFINITIONS.raised}
        cutoff={cutoff}
        href={rows("raised")}
        tone={figures.raised > 0 ? "warn" : "neutral"}
      />
      <Figure
        label="其中已超期"
        value={figures.overdue}
        unit="件"
        definition={COORDINATION_DEFINITIONS.overdue}
        cutoff={cutoff}
        href={rows("overdue")}
        tone={figures.overdue > 0 ? "bad" : "neutral"}
      />
      <Figure
        label="已答复，单位仍在提"
        value={figures.answered}
        unit="件"
        definition={COORDINATION_DEFINITIONS.answered}
        cutoff={cutoff}
        href={rows("answered")}
      />
      <Figure
        label="已转督办"
        value={figures.itemised}
        unit="件"
        definition={COORDINATION_DEFINITIONS.itemised}
        cutoff={cutoff}
        href={rows("itemised")}
      />
    </StatGrid>
  );
}

function Matters({ rows }: { readonly rows: Page["rows"] }) {
  return (
    <DataTable
      caption="需协调事项"
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          title="没有符合条件的事项"
          explanation="单位在月报“需协调事项”中填写、分管领导签批后，自动列在这里；也可放宽上面的条件再查。"
        />
      }
      columns={[
        {
          key: "project",
          title: "项目",
          primary: true,
          render: (row) => (
            <>
              <a href={`/coordination/${row.id}`}>{row.projectName}</a>
              <span className="block text-[0.8125rem] font-normal text-secondary">{row.unitName}</span>
            </>
          ),
        },
        { key: "light", title: "进度灯", nowrap: true, render: (row) => <LightTag light={row.light} /> },
        { key: "text", title: "事项", render: (row) => row.text },
        {
          key: "state",
          title: "状态",
          nowrap: true,
          render: (row) => <StatusTag tone={coordinationTone(row.state)}>{COORDINATION_STATES[row.state]}</StatusTag>,
        },
        { key: "raised", title: "提出日期", nowrap: true, render: (row) => row.raisedOn },
        {
          key: "due",
          title: "答复截止",
          nowrap: true,
          render: (row) =>
            row.remainingWorkdays === null ? (
              row.answerDueOn
            ) : (
              <>
                {row.answerDueOn}
                <span className="block">
                  <Countdown remaining={row.remainingWorkdays} />
                </span>
              </>
            ),
        },
        { key: "advice", title: "数据局意见", render: (row) => row.advice },
        {
          key: "answer",
          title: "答复",
          render: (row) => (
            <>
              {row.answer}
              {row.itemId && (
                <a href={`/supervision/${row.itemId}`} className="block whitespace-nowrap">
                  {row.itemNumber}
                </a>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
