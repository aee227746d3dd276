import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import { SHARING_FIGURE_CODES, SHARING_FIGURES } from "~/kernel/sharing-figures";
import { keysOf, SHARING_POINT_KINDS } from "~/kernel/vocabulary";
import { DataTable, EmptyState, PageHead, Pagination, Percent, QueryBar, Section, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { signed, subjectHref } from "../points/points-words";
import { accountOwner, listEntries, listFigureRows, readAccountQuery } from "../points/points.queries.server";

export const handle = crumbs<{ unit: { name: string } }>(({ unit }) => [
  { label: "共享积分", href: "/catalog/points" },
  { label: unit.name },
]);

export const loader = pageLoader({
  access: "catalog:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const question = readAccountQuery(query, ctx.today);
    const unit = await accountOwner(ctx.db, ctx.actor, params.id);
    const { view } = question;
    const [entries, figure] = await Promise.all([
      listEntries(ctx.db, unit.unitId, question),
      view === "entries" ? null : listFigureRows(ctx.db, unit, view, question),
    ]);
    return { unit, question, entries, figure, search: query.toString() };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function UnitPoints() {
  const data = useLoaderData<typeof loader>();
  const { unit, question, entries, search } = data;
  const here = (changes: Record<string, string | number | undefined>) =>
    withQuery(`/catalog/points/${unit.unitId}`, search, changes);
  const total = entries.kinds.reduce((sum, { points }) => sum + points, 0);
  return (
    <>
      <PageHead
        title={`${unit.name}共享积分`}
        status={<StatusTag tone={total < 0 ? "bad" : "info"}>{total} 分</StatusTag>}
        meta={`${question.asOf.slice(0, 4)} 年度，截至${formatOfficialDate(question.asOf)}`}
      />
      <Tabs
        label="明细"
        tabs={[
          {
            href: here({ view: undefined, page: undefined }),
            label: "积分记录",
            active: question.view === "entries",
          },
          ...SHARING_FIGURE_CODES.map((code) => ({
            href: here({ view: code, kind: undefined, page: undefined }),
            label: SHARING_FIGURES[code].name,
            active: question.view === code,
          })),
        ]}
      />
      {data.figure ? <FigureRows {...data} here={here} /> : <Entries {...data} here={here} />}
    </>
  );
}

type Here = (changes: Record<string, string | number | undefined>) => string;

function Entries({ entries, question, unit, here }: Loaded & { here: Here }) {
  const { rows, kinds, total, pageSize } = entries;
  return (
    <>
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-secondary">
        {kinds.map(({ kind, entries: times, points }) => (
          <span key={kind}>
            <a href={here({ kind, page: undefined })}>{SHARING_POINT_KINDS[kind]}</a> {times} 次{" "}
            <strong className="text-ink">{signed(points)}</strong>
          </span>
        ))}
      </p>
      <QueryBar
        action={`/catalog/points/${unit.unitId}`}
        resetHref={`/catalog/points/${unit.unitId}`}
        filters={[
          {
            name: "kind",
            label: "类别",
            value: question.kind ?? "",
            options: keysOf(SHARING_POINT_KINDS).map((value) => ({ value, label: SHARING_POINT_KINDS[value] })),
          },
          { name: "asOf", label: "截至日期", kind: "date", value: question.asOf },
        ]}
      />
      <Section flush>
        <DataTable
          caption="积分记录"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title="还没有积分记录" explanation="发布资源、按时更新、满足需求和被其他单位使用都会加分。" />
          }
          columns={[
            { key: "on", title: "日期", nowrap: true, render: (row) => row.on },
            { key: "kind", title: "类别", nowrap: true, render: (row) => SHARING_POINT_KINDS[row.kind] },
            {
              key: "subject",
              title: "来自",
              primary: true,
              render: (row) => <a href={subjectHref(row.subjectType, row.subjectId)}>{row.subject ?? "查看"}</a>,
            },
            {
              key: "points",
              title: "积分",
              align: "right",
              render: (row) => <StatusTag tone={row.points < 0 ? "bad" : "good"}>{signed(row.points)}</StatusTag>,
            },
            {
              key: "rule",
              title: "所依规则",
              render: (row) => (
                <>
                  {row.ruleName}：{row.ruleValue} 分
                  {row.kind === "used" && ` × ${row.points / Number(row.ruleValue)} 番`}
                  <span className="block text-xs text-secondary">
                    {row.ruleFrom} 起施行 · {row.ruleSource}
                  </span>
                </>
              ),
            },
          ]}
        />
      </Section>
      <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
    </>
  );
}

function FigureRows({ figure, question, here }: Loaded & { here: Here }) {
  if (!figure || question.view === "entries") return null;
  const { name, definition, base, part, counter } = SHARING_FIGURES[question.view];
  const { share, rows, total, pageSize } = figure;
  return (
    <>
      <Section
        title={name}
        flush
        note={
          <>
            <Percent share={share.denominator > 0 ? rational(share.numerator, share.denominator) : null} />：{part}{" "}
            {share.numerator} {counter}，{base} {share.denominator} {counter}。口径：{definition}
          </>
        }
      >
        <DataTable
          caption={`${name}明细`}
          rows={rows}
          rowKey={(row) => `${row.subjectType} ${row.subjectId}`}
          empty={<EmptyState title={`没有${base}`} explanation="没有计入分母的事项，这一指标不适用于本单位。" />}
          columns={[
            {
              key: "label",
              title: "事项",
              primary: true,
              render: (row) => <a href={subjectHref(row.subjectType, row.subjectId)}>{row.label}</a>,
            },
            { key: "note", title: "情况", render: (row) => row.note },
            {
              key: "counted",
              title: "是否计入分子",
              nowrap: true,
              render: (row) => (
                <StatusTag tone={row.numerator > 0 ? "good" : "warn"}>
                  {row.numerator > 0 ? part : `未${part.replace(/^已/, "")}`}
                </StatusTag>
              ),
            },
          ]}
        />
      </Section>
      <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
    </>
  );
}
