import { useLoaderData } from "@remix-run/react";

import { localDateOf } from "~/kernel/local-date";
import { DEMAND_STATES, keysOf } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import { DataTable, EmptyState, LinkButton, PageHead, Pagination, QueryBar, Section, StatusTag, Tabs } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listDemands, listOwner, readDemandQuery, seesAllDemands } from "../demand/demand-list.queries.server";
import { DEMAND_LISTS } from "../demand/demand-words";
import { demandTone } from "../resource-words";

export const handle = crumbs(() => [{ label: "数据需求" }]);

export const loader = pageLoader({
  access: "demand:read",
  load: async ({ ctx, query }) => {
    const question = readDemandQuery(query);
    const reach = scopeFor(ctx.actor, "catalog:read");
    const choosesUnit = seesAllDemands(ctx.actor);
    const [page, owner, unit, counterpart] = await Promise.all([
      listDemands(ctx.db, ctx.actor, question, ctx.today),
      listOwner(ctx.db, ctx.actor, question),
      choosesUnit ? unitFilter(ctx.db, reach, question.unit) : undefined,
      unitFilter(ctx.db, reach, question.counterpart),
    ]);
    return {
      ...page,
      question,
      owner,
      unit,
      counterpart,
      choosesUnit,
      mayApply: canEver(ctx.actor, "demand:apply"),
      today: ctx.today,
      search: query.toString(),
    };
  },
});

export default function Demands() {
  const data = useLoaderData<typeof loader>();
  const { rows, counts, total, pageSize, question, owner, unit, counterpart, choosesUnit, mayApply, today, search } =
    data;
  const here = (changes: Record<string, string | number | undefined>, path = "/catalog/demands") =>
    withQuery(path, search, changes);
  const isDuties = question.list === "duties";
  const [provider, applicant] = ["提供单位", "需求单位"] as const;
  return (
    <>
      <PageHead
        title={`${owner}数据${DEMAND_LISTS[question.list]}`}
        meta={
          isDuties
            ? "责任清单：其他单位需要、应由本清单单位提供的数据"
            : "需求清单：本清单单位履职需要、由其他单位提供的数据"
        }
        actions={
          <>
            {mayApply && (
              <LinkButton href="/catalog/demands/new" variant="primary">
                提出数据需求
              </LinkButton>
            )}
            <LinkButton href={here({ page: undefined }, "/catalog/demands/sheet")}>导出 Excel</LinkButton>
            <LinkButton href={here({ page: undefined }, "/catalog/demands/form")} target="_blank" rel="noreferrer">
              打印清单
            </LinkButton>
          </>
        }
      />
      <Tabs
        label="清单"
        tabs={keysOf(DEMAND_LISTS).map((list) => ({
          href: here({ list, page: undefined, state: undefined, overdue: undefined, counterpart: undefined }),
          label: DEMAND_LISTS[list],
          active: list === question.list,
          ...(list === question.list && { count: counts.all }),
        }))}
      />
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-secondary">
        <span>
          共 <strong className="text-ink">{counts.all}</strong> 条
        </span>
        <span>
          办理中 <strong className="text-ink">{counts.open}</strong> 条
        </span>
        <span>
          已提供 <strong className="text-ink">{counts.delivered}</strong> 条
        </span>
        <span>
          <a href={here({ overdue: "yes", page: undefined })}>已逾期 {counts.overdue} 条</a>
        </span>
      </p>
      <QueryBar
        action="/catalog/demands"
        resetHref={withQuery("/catalog/demands", "", { list: question.list })}
        keep={{ list: question.list }}
        search={{ name: "q", value: question.q, placeholder: "需要的数据、场景或依据" }}
        filters={[
          ...(unit ? [{ ...unit, label: isDuties ? provider : applicant }] : []),
          ...(counterpart ? [{ ...counterpart, name: "counterpart", label: isDuties ? applicant : provider }] : []),
          {
            name: "state",
            label: "办理情况",
            value: question.state ?? "",
            options: keysOf(DEMAND_STATES).map((value) => ({ value, label: DEMAND_STATES[value] })),
          },
          {
            name: "overdue",
            label: "期限",
            value: question.overdue ? "yes" : "",
            options: [{ value: "yes", label: "已逾期" }],
          },
        ]}
      />
      <Section flush>
        <DataTable
          caption={DEMAND_LISTS[question.list]}
          rows={rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="没有符合条件的数据需求"
              explanation={
                isDuties
                  ? "其他单位的需求经数据局合规审查后列入这里。"
                  : "可在资源目录中找到资源后申请，也可随项目申报登记。"
              }
            />
          }
          columns={[
            {
              key: "wanted",
              title: "需要的数据",
              primary: true,
              render: (row) => <a href={`/catalog/demands/${row.id}`}>{row.wanted}</a>,
            },
            ...(choosesUnit || isDuties
              ? [{ key: "unit", title: "需求单位", render: (row: Row) => row.unitName }]
              : []),
            ...(choosesUnit || !isDuties
              ? [{ key: "provider", title: "提供单位", render: (row: Row) => row.providerName ?? "待明确" }]
              : []),
            { key: "scene", title: "应用场景", wideOnly: true, render: (row) => row.scene },
            {
              key: "applied",
              title: "提出日期",
              nowrap: true,
              render: (row) => row.appliedAt && localDateOf(new Date(row.appliedAt)),
            },
            {
              key: "due",
              title: "当前期限",
              nowrap: true,
              render: (row) =>
                row.dueNow && (
                  <>
                    {row.dueNow} {row.dueNow < today && <StatusTag tone="bad">已逾期</StatusTag>}
                  </>
                ),
            },
            {
              key: "delivered",
              title: "提供日期",
              nowrap: true,
              render: (row) =>
                row.deliveredAt && (
                  <>
                    {localDateOf(new Date(row.deliveredAt))}{" "}
                    {row.dueOn && localDateOf(new Date(row.deliveredAt)) > row.dueOn && (
                      <StatusTag tone="warn">逾期提供</StatusTag>
                    )}
                  </>
                ),
            },
            {
              key: "state",
              title: "办理情况",
              nowrap: true,
              render: (row) => <StatusTag tone={demandTone(row.state)}>{DEMAND_STATES[row.state]}</StatusTag>,
            },
          ]}
        />
      </Section>
      <Pagination page={question.page} pageSize={pageSize} total={total} hrefFor={(page) => here({ page })} />
    </>
  );
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];
