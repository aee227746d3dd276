import { useLoaderData } from "@remix-run/react";

import { fen } from "~/kernel/fen";
import { formatOfficialDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import { FUNDING_SOURCES } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  Amount,
  DataTable,
  EmptyState,
  Figure,
  LinkButton,
  PageHead,
  Pagination,
  Percent,
  QueryBar,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { listPlans, readPlanQuery } from "../plan/plan.queries.server";

export const handle = crumbs(() => [{ label: "年度资金计划" }]);

export const loader = pageLoader({
  access: "funding:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "funding:read");
    const question = readPlanQuery(query, ctx.today);
    const [page, unit] = await Promise.all([
      listPlans(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    const mayPropose = canEver(ctx.actor, "plan:propose");
    return { ...page, question, unit, mayPropose, search: query.toString(), today: ctx.today };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;
type PlanLine = Page["rows"][number];

const ADDRESS = "/funding/plan";
const newPlanHref = (year: number, row?: PlanLine) =>
  withQuery(`${ADDRESS}/new`, "", { year, unit: row?.unitId, source: row?.source });

export default function Plans() {
  const data = useLoaderData<typeof loader>();
  const { rows, totals, total, pageSize, question, unit, search, mayPropose } = data;
  const { year } = question;
  const thisYear = Number(data.today.slice(0, 4));
  return (
    <>
      <PageHead
        title={`${year} 年度资金计划`}
        meta={
          totals.waiting > 0 ? `${totals.waiting} 项调整待复核` : "按单位和资金来源编制；调整须由另一位财政人员复核"
        }
        actions={
          <>
            {mayPropose && (
              <LinkButton href={newPlanHref(year)} variant="primary">
                编制计划
              </LinkButton>
            )}
            <LinkButton href={withQuery(`${ADDRESS}/sheet`, search, { page: undefined })}>导出 Excel</LinkButton>
          </>
        }
      />
      <Figures {...data} />
      <QueryBar
        action={ADDRESS}
        resetHref={ADDRESS}
        filters={[
          {
            name: "year",
            label: "年度",
            value: String(year),
            options: [...new Set([thisYear + 1, thisYear, thisYear - 1, thisYear - 2, year])].map((each) => ({
              value: String(each),
              label: `${each} 年`,
            })),
          },
          { name: "source", label: "资金来源", value: question.source ?? "", options: optionsOf(FUNDING_SOURCES) },
          ...(unit ? [unit] : []),
        ]}
      />
      <DataTable
        caption={`${year} 年度资金计划`}
        rows={rows}
        rowKey={(row) => `${row.unitId} ${row.source}`}
        empty={<EmptyState title="没有符合条件的计划" explanation="还没有编制计划，也没有安排在该年度的已批项目。" />}
        columns={[
          {
            key: "unit",
            title: "单位",
            primary: true,
            render: (row) => (
              <span className="inline-flex flex-wrap items-center gap-x-2">
                {row.planId ? <a href={`${ADDRESS}/${row.planId}`}>{row.unitName}</a> : row.unitName}
                {row.sanctioned && <StatusTag tone="bad">资金惩戒执行中</StatusTag>}
              </span>
            ),
          },
          { key: "source", title: "资金来源", nowrap: true, render: (row) => FUNDING_SOURCES[row.source] },
          {
            key: "planned",
            title: "计划",
            unit: "万元",
            align: "right",
            render: (row) => <Planned row={row} href={mayPropose ? newPlanHref(year, row) : null} />,
            total: <Amount fen={totals.plannedFen} />,
          },
          {
            key: "waiting",
            title: "待复核",
            unit: "万元",
            align: "right",
            render: (row) =>
              row.proposedFen !== null && (
                <a href={`${ADDRESS}/${row.planId ?? ""}`}>
                  <Amount fen={row.proposedFen} />
                </a>
              ),
          },
          {
            key: "needed",
            title: "项目本年安排",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.neededFen} />,
            total: <Amount fen={totals.neededFen} />,
          },
          {
            key: "difference",
            title: "计划减安排",
            unit: "万元",
            align: "right",
            render: (row) => <Difference plannedFen={row.amountFen ?? 0} neededFen={row.neededFen} />,
            total: <Difference plannedFen={totals.plannedFen} neededFen={totals.neededFen} />,
          },
          {
            key: "arrived",
            title: "本年已到位",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.arrivedFen} />,
            total: <Amount fen={totals.arrivedFen} />,
          },
        ]}
      />
      <Pagination
        page={question.page}
        pageSize={pageSize}
        total={total}
        hrefFor={(page) => withQuery(ADDRESS, search, { page })}
      />
    </>
  );
}

function Planned({ row, href }: { row: PlanLine; href: string | null }) {
  if (row.amountFen !== null) return <Amount fen={row.amountFen} />;
  return href ? <a href={href}>未编制</a> : <span className="text-secondary">未编制</span>;
}

/** More is planned than projects need, or (marked) less. */
function Difference({ plannedFen, neededFen }: { plannedFen: number; neededFen: number }) {
  const difference = fen(plannedFen - neededFen);
  return (
    <span className={difference < 0 ? "text-[color:var(--bad-text)]" : undefined}>
      <Amount fen={difference} />
    </span>
  );
}

function Figures({ totals, question: { year }, today }: Page) {
  const { plannedFen, neededFen, arrivedFen, paidFen } = totals;
  const cutoff = formatOfficialDate(today);
  const share = (part: number) => (plannedFen === 0 ? null : rational(part, plannedFen));
  return (
    <StatGrid>
      <Figure
        label="计划合计"
        value={<Amount fen={plannedFen} />}
        unit="万元"
        definition={`${year} 年各单位、各资金来源已生效的计划金额之和；待复核的调整不计。`}
        cutoff={cutoff}
      />
      <Figure
        label="已批项目本年安排"
        value={<Amount fen={neededFen} />}
        unit="万元"
        definition={`已批复且未终止的项目，批复金额 × ${year} 年安排 ÷ 各年安排之和，按申报的资金来源比例分摊。`}
        cutoff={cutoff}
        tone={neededFen > plannedFen ? "bad" : "neutral"}
        note={neededFen > plannedFen ? "超出计划" : undefined}
      />
      <Figure
        label="本年已到位"
        value={<Amount fen={arrivedFen} />}
        unit="万元"
        definition={`${year} 年到位并经确认的资金，按到位登记的资金来源统计。`}
        cutoff={cutoff}
        note={
          <>
            占计划 <Percent share={share(arrivedFen)} />
          </>
        }
      />
      <Figure
        label="本年已支付"
        value={<Amount fen={paidFen} />}
        unit="万元"
        definition={`${year} 年支付并经财政确认的金额；支付不分资金来源，只按单位筛选。`}
        cutoff={cutoff}
        note={
          <>
            占计划 <Percent share={share(paidFen)} />
          </>
        }
      />
    </StatGrid>
  );
}
