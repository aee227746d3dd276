import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import { SHARING_FIGURE_CODES, SHARING_FIGURES, type SharingFigure } from "~/kernel/sharing-figures";
import { keysOf, UNIT_GROUPS } from "~/kernel/vocabulary";
import { canEver } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, Percent, QueryBar, Section, StatGrid } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { EXPLAINED_RULES, signed } from "../points/points-words";
import { pointRulesOn, readAsOf, readStandings } from "../points/points.queries.server";

export const handle = crumbs(() => [{ label: "共享积分" }]);

export const loader = pageLoader({
  access: "catalog:read",
  load: async ({ ctx, query }) => {
    const asOf = readAsOf(query, ctx.today);
    const [standings, rules] = await Promise.all([readStandings(ctx.db, ctx.actor, asOf), pointRulesOn(ctx.db, asOf)]);
    return {
      ...standings,
      rules,
      asOf,
      today: ctx.today,
      ownUnitId: ctx.actor.unitId,
      mayReadFigures: canEver(ctx.actor, "figure:read"),
    };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Account = Loaded["units"][number];

export default function Points() {
  const data = useLoaderData<typeof loader>();
  const { asOf, today, units, region } = data;
  const cutoff = formatOfficialDate(asOf);
  return (
    <>
      <PageHead
        title="共享积分与共享指标"
        meta={`${asOf.slice(0, 4)} 年度，截至${cutoff}：发布、更新、满足需求、被使用加分，逾期未更新、无依据拒绝、数据有错减分`}
      />
      <QueryBar
        action="/catalog/points"
        resetHref="/catalog/points"
        filters={[{ name: "asOf", label: "截至日期", kind: "date", value: asOf === today ? "" : asOf }]}
      />
      <StatGrid>
        {SHARING_FIGURE_CODES.map((code) => (
          <Figure
            key={code}
            label={SHARING_FIGURES[code].name}
            value={<Rate share={region[code]} />}
            definition={SHARING_FIGURES[code].definition}
            cutoff={cutoff}
            href="#units"
            note={`${SHARING_FIGURES[code].part} ${region[code].numerator} ${SHARING_FIGURES[code].counter}，${SHARING_FIGURES[code].base} ${region[code].denominator} ${SHARING_FIGURES[code].counter}`}
          />
        ))}
      </StatGrid>
      {keysOf(UNIT_GROUPS).map((group) => (
        <Ranking key={group} {...data} title={UNIT_GROUPS[group]} rows={units.filter((unit) => unit.group === group)} />
      ))}
      <Rules {...data} />
    </>
  );
}

function Rate({ share }: { share: { numerator: number; denominator: number } }) {
  return <Percent share={share.denominator > 0 ? rational(share.numerator, share.denominator) : null} />;
}

function Ranking({ title, rows, asOf, ownUnitId }: Loaded & { title: string; rows: readonly Account[] }) {
  if (rows.length === 0) return null;
  const account = (unit: Account, view?: SharingFigure) =>
    `/catalog/points/${unit.unitId}?asOf=${asOf}${view ? `&view=${view}` : ""}`;
  return (
    <Section title={title} id="units" flush note={`${rows.length} 个单位，同分同名次`}>
      <DataTable
        caption={`${title}共享积分`}
        rows={rows}
        rowKey={(row) => row.unitId}
        isHighlighted={(row) => row.unitId === ownUnitId}
        empty={<EmptyState title="没有单位" />}
        columns={[
          { key: "place", title: "名次", align: "right", render: (row) => <strong>{row.place}</strong> },
          {
            key: "name",
            title: "单位",
            primary: true,
            render: (row) => (row.mayOpen ? <a href={account(row)}>{row.name}</a> : row.name),
          },
          {
            key: "points",
            title: "积分",
            align: "right",
            render: (row) => <strong>{row.points}</strong>,
          },
          { key: "gained", title: "加分", align: "right", render: (row) => row.gained },
          { key: "lost", title: "减分", align: "right", render: (row) => row.lost && signed(row.lost) },
          ...SHARING_FIGURE_CODES.map((code) => ({
            key: code,
            title: SHARING_FIGURES[code].name,
            align: "right" as const,
            render: (row: Account) => {
              const share = row.rates[code];
              const figure = (
                <>
                  <Rate share={share} />{" "}
                  {share.denominator > 0 && (
                    <span className="text-xs text-secondary">
                      {share.numerator}/{share.denominator}
                    </span>
                  )}
                </>
              );
              return row.mayOpen && share.denominator > 0 ? (
                <a href={account(row, code)} className="no-underline hover:underline">
                  {figure}
                </a>
              ) : (
                figure
              );
            },
          })),
        ]}
      />
    </Section>
  );
}

function Rules({ rules, mayReadFigures }: Loaded) {
  const order = [...EXPLAINED_RULES.keys()];
  const sorted = [...rules].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
  return (
    <Section title="计分规则" id="rules" flush note="分值由规则参数设定，每条记录按发生当日的规则计分">
      <DataTable
        caption="共享积分规则"
        rows={sorted}
        rowKey={(row) => row.code}
        empty={<EmptyState title="还没有计分规则" explanation="请系统管理员在规则参数中登记。" />}
        columns={[
          {
            key: "name",
            title: "规则",
            primary: true,
            render: (row) => (mayReadFigures ? <a href={`/admin/figures/${row.code}`}>{row.name}</a> : row.name),
          },
          { key: "value", title: "分值", align: "right", render: (row) => `${row.value} ${row.unit}` },
          {
            key: "how",
            title: "怎样计",
            render: (row) => EXPLAINED_RULES.get(row.code),
          },
          { key: "from", title: "生效日期", nowrap: true, render: (row) => row.from },
          { key: "source", title: "依据", wideOnly: true, render: (row) => row.source },
        ]}
      />
    </Section>
  );
}
