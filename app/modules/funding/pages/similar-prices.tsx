import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { parseRational, toFixed } from "~/kernel/rational";
import { BUDGET_CATEGORIES } from "~/kernel/vocabulary";
import { Amount, DataTable, EmptyState, Figure, Notice, PageHead, Pagination, Section, StatGrid } from "~/ui";
import { formatOfficialDate } from "~/kernel/local-date";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { inUnit, readMoneyUnit, type MoneyUnit } from "../funding.schema";
import { judgePrice } from "../price/price.rules";
import { readSimilarLines } from "../price/similar-lines.queries.server";
import { shownPrice } from "../ui/money-text";
import { UnitSwitch } from "../ui/UnitSwitch";

export const handle = crumbs<{ project: { id: string; name: string } }>(({ project }) => [
  { label: "资金评估", href: "/funding" },
  { label: project.name, href: `/funding/${project.id}` },
  { label: "单价比对" },
]);

/** More pages than a list can have. */
const MOST_PAGES = 100_000;

export const loader = pageLoader({
  access: "funding:read",
  params: z.object({ id: z.uuid(), lineId: z.uuid() }),
  load: async ({ ctx, params: { id, lineId }, query }) => {
    const asked = Number(query.get("page"));
    const page = Number.isInteger(asked) && asked > 0 && asked < MOST_PAGES ? asked : 1;
    const found = await readSimilarLines(ctx.db, ctx.actor, { projectId: id, lineId, page, today: ctx.today });
    return { ...found, page, unit: readMoneyUnit(query), today: ctx.today };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

/** An exact price as an amount of the unit shown. */
function Price({ exact, unit }: { exact: string | null; unit: MoneyUnit }) {
  return <Amount fen={exact === null ? null : shownPrice(parseRational(exact))} in={unit} digits={4} />;
}

export default function SimilarPricesPage() {
  const data = useLoaderData<typeof loader>();
  const { project, line, prices, peers, page, pageSize, unit } = data;
  const address = `/funding/${project.id}/prices/${line.id}`;
  const word = unit === "wan" ? "万元" : "元";
  return (
    <>
      <PageHead
        title={line.name}
        meta={
          <span>
            {BUDGET_CATEGORIES[line.category]} · {Number(line.quantity)} {line.measureUnit} ·{" "}
            <a href={withQuery(`/funding/${project.id}`, "", inUnit(unit))}>{project.name}</a>
          </span>
        }
      />
      <Standing {...data} />
      <Section
        title="可比明细"
        flush
        note={prices ? `共 ${prices.count} 条，单价高的在前` : undefined}
        actions={<UnitSwitch unit={unit} hrefFor={(to) => withQuery(address, "", inUnit(to))} />}
      >
        <DataTable
          caption="可比明细"
          rows={peers}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              title="没有可比的明细"
              explanation="近几年批复的其他项目中，没有同类别、同计量单位且名称相似的明细。"
            />
          }
          columns={[
            { key: "name", title: "明细", primary: true, render: (row) => row.name },
            {
              key: "project",
              title: "项目",
              render: (row) => <a href={withQuery(`/funding/${row.projectId}`, "", inUnit(unit))}>{row.projectName}</a>,
            },
            { key: "unit", title: "单位", render: (row) => row.unitName },
            { key: "year", title: "批复年度", nowrap: true, render: (row) => row.year },
            {
              key: "quantity",
              title: "数量",
              align: "right",
              render: (row) => `${Number(row.quantity)} ${row.measureUnit}`,
            },
            {
              key: "declared",
              title: "申报单价",
              unit: word,
              align: "right",
              render: (row) => <Price exact={row.declaredPrice} unit={unit} />,
            },
            {
              key: "reviewed",
              title: "核定单价",
              unit: word,
              align: "right",
              render: (row) => <Price exact={row.reviewedPrice} unit={unit} />,
            },
          ]}
        />
      </Section>
      <Pagination
        page={page}
        pageSize={pageSize}
        total={prices?.count ?? 0}
        hrefFor={(to) => withQuery(address, "", { ...inUnit(unit), page: to })}
      />
    </>
  );
}

/** This line's price beside those of its kind. */
function Standing({ line, prices, figures, unit, today }: Page) {
  if (!prices) return null;
  const own = line.reviewedPrice ?? line.declaredPrice;
  const which = line.reviewedPrice === null ? "申报单价" : "核定单价";
  const standing = judgePrice(
    own === null ? undefined : parseRational(own),
    parseRational(prices.median),
    parseRational(figures.highPercent),
  );
  const cutoff = formatOfficialDate(today);
  const definition = `近 ${figures.years} 年批复的其他项目中，同类别、同计量单位、名称相似度不低于 ${figures.similarity} 的明细，核定金额 ÷ 数量；核减为零的不计。`;
  const figure = (label: string, exact: string | null) => (
    <Figure
      label={label}
      value={<Price exact={exact} unit={unit} />}
      unit={`${unit === "wan" ? "万元" : "元"}/${line.measureUnit}`}
      definition={definition}
      cutoff={cutoff}
    />
  );
  return (
    <>
      {standing?.isHigh && (
        <Notice tone="warn" title={`${which}比同类中位数高 ${toFixed(standing.deviation, 1)}%`}>
          超过提示比例 {figures.highPercent}%，请核对测算依据；确有特殊要求的，请在评估意见中说明。
        </Notice>
      )}
      <StatGrid>
        {figure(`本项目${which}`, own)}
        {figure("同类最低", prices.lowest)}
        {figure("同类中位数", prices.median)}
        {figure("同类最高", prices.highest)}
      </StatGrid>
    </>
  );
}
