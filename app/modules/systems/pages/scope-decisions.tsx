import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { SCOPE_DECISION_STATES, SCOPE_REASONS, SCOPE_RESULTS } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listScopeDecisions, readScopeQuery } from "../cloud/scope/scope.queries.server";
import { SCOPE_TONES } from "../cloud/scope/scope.words";
import { CloudTabs } from "../ui/CloudTabs";

export const handle = crumbs(() => [{ label: "上云迁移", href: "/cloud" }, { label: "范围认定" }]);

export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => {
    const question = readScopeQuery(query);
    const [page, unit] = await Promise.all([
      listScopeDecisions(ctx.db, ctx.actor, question),
      unitFilter(ctx.db, scopeFor(ctx.actor, "system:read"), question.unit),
    ]);
    return { ...page, question, unit, mayPropose: canEver(ctx.actor, "scope:propose"), search: query.toString() };
  },
});

export default function ScopeDecisions() {
  const { rows, total, pageSize, question, unit, mayPropose, search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="上云范围认定"
        meta={`${question.system && rows[0] ? `${rows[0].systemName}：` : ""}共 ${total} 件；一人提出、另一人复核，复核通过以前照原来的认定计算`}
        actions={
          mayPropose && (
            <LinkButton href={question.system ? `/cloud/scope/new?system=${question.system}` : "/cloud/scope/new"}>
              提出认定
            </LinkButton>
          )
        }
      />
      <CloudTabs active="scope" />
      <QueryBar
        action="/cloud/scope"
        resetHref="/cloud/scope"
        keep={question.system ? { system: question.system } : {}}
        filters={[
          ...(unit ? [unit] : []),
          { name: "state", label: "状态", value: question.state ?? "", options: optionsOf(SCOPE_DECISION_STATES) },
          { name: "scope", label: "认定结果", value: question.scope ?? "", options: optionsOf(SCOPE_RESULTS) },
        ]}
      />
      <Section flush>
        <DataTable
          caption="范围认定列表"
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title={question.system ? "该系统没有符合条件的认定" : "没有符合条件的认定"}
              explanation="系统登记、修改或移交后按规则需要变动的，会自动提请认定。"
            />
          }
          columns={[
            {
              key: "system",
              title: "系统",
              primary: true,
              render: (row) => <a href={`/cloud/scope/${row.id}`}>{row.systemName}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "scope", title: "认定为", nowrap: true, render: (row) => SCOPE_RESULTS[row.scope] },
            {
              key: "reason",
              title: "理由",
              render: (row) =>
                row.reason &&
                `${SCOPE_REASONS[row.reason]}${row.scope === "special" ? (row.managed ? "，已纳管" : "，未纳管") : ""}`,
            },
            {
              key: "proposed",
              title: "提出",
              nowrap: true,
              render: (row) => `${row.proposerName ?? ""} ${formatInstant(new Date(row.proposedAt))}`,
            },
            {
              key: "state",
              title: "状态",
              nowrap: true,
              render: (row) => <StatusTag tone={SCOPE_TONES[row.state]}>{SCOPE_DECISION_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery("/cloud/scope", search, { page })}
      />
    </>
  );
}
