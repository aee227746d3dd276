import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { unitFilter } from "~/modules/identity/index.server";
import { scopeFor } from "~/policy";
import { DataTable, EmptyState, Figure, PageHead, PrintButton, QueryBar, Section, StatGrid, type Column } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { readStatistics, readStatisticsQuery, type SupervisionFigures } from "../statistics/statistics.queries.server";
import { averageDays, STATISTICS_DEFINITIONS } from "../statistics/statistics.words";
import { SupervisionTabs } from "../ui/SupervisionTabs";

export const handle = crumbs(() => [{ label: "督办", href: "/supervision" }, { label: "统计" }]);

export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "supervision:read");
    const question = readStatisticsQuery(query, ctx.today);
    const [statistics, unit] = await Promise.all([
      readStatistics(ctx.db, scope, question, ctx.today),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    return { ...statistics, unit, question, today: ctx.today };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;
/** Whose rows a figure opens to. */
type Whose = { readonly unit?: string | undefined; readonly origin?: string | undefined };

export default function Statistics() {
  const data = useLoaderData<typeof loader>();
  const { units, origins, unit, question, today } = data;
  const [from, to] = [formatPeriod(question.from), formatPeriod(question.to)];
  const months = from === to ? from : `${from}至${to}`;
  return (
    <>
      <PageHead title="督办统计" meta={`${months} · 数据截至 ${formatOfficialDate(today)}`} actions={<PrintButton />} />
      <SupervisionTabs active="/supervision/statistics" />
      <QueryBar
        action="/supervision/statistics"
        resetHref="/supervision/statistics"
        filters={[
          { name: "from", label: "月份从", kind: "month", value: question.from },
          { name: "to", label: "到", kind: "month", value: question.to },
          ...(unit ? [unit] : []),
        ]}
      />
      <Tiles data={data} />
      <Section title="按承办单位" note={UNITS_NOTE} flush>
        <DataTable
          caption="各单位督办情况"
          rows={units}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="所选月份没有督办" explanation="可在上面放宽月份或单位再查。" />}
          columns={[
            { key: "name", title: "承办单位", primary: true, render: (row) => row.name },
            ...figureColumns<(typeof units)[number]>(data, (row) => ({ unit: row.unitId })),
          ]}
        />
      </Section>
      {origins.length > 0 && (
        <Section title="按来源" note={UNITS_NOTE} flush>
          <DataTable
            caption="各来源督办情况"
            rows={origins}
            rowKey={(row) => row.origin}
            empty={null}
            columns={[
              { key: "name", title: "来源", primary: true, render: (row) => row.name },
              ...figureColumns<(typeof origins)[number]>(data, (row) => ({ origin: row.origin })),
            ]}
          />
        </Section>
      )}
      <Section title="口径">
        <ul className="list-disc space-y-1 pl-5 text-[0.8125rem] text-secondary">
          {DEFINED.map(([key, label]) => (
            <li key={key}>
              {label}：{STATISTICS_DEFINITIONS[key]}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** The units of the figures, once for all columns. */
const UNITS_NOTE = "事项以项计，督办单以份计，约谈以次计，平均办结以自然日计";

const DEFINED: readonly (readonly [keyof typeof STATISTICS_DEFINITIONS, string])[] = [
  ["registered", "立项"],
  ["inTime", "按期销号"],
  ["late", "逾期销号"],
  ["open", "在办"],
  ["overdue", "超期未销号"],
  ["slips", "督办单"],
  ["talks", "约谈"],
  ["averageDays", "平均办结天数"],
];

/** Addresses of the rows behind the figures: the same months, the same unit, the same origin. */
function addresses({ question }: Page, whose: Whose = {}) {
  const { from, to, unit } = question;
  const to_ = (path: string, more: Record<string, string | undefined>) =>
    withQuery(path, "", { from, to, ...(unit && { unit }), ...whose, ...more });
  return {
    items: (standing?: string) => to_("/supervision", { standing }),
    slips: (colour: string) => to_("/supervision/slips", { colour }),
    talks: () => to_("/supervision/talks", {}),
  };
}

function Tiles({ data }: { readonly data: Page }) {
  const { all, today } = data;
  const cutoff = formatOfficialDate(today);
  const { items, slips, talks } = addresses(data);
  return (
    <StatGrid>
      <Figure
        label="立项"
        value={all.registered}
        unit="项"
        definition={STATISTICS_DEFINITIONS.registered}
        cutoff={cutoff}
        href={items()}
        note={`在办 ${all.open} 项`}
      />
      <Figure
        label="按期销号"
        value={all.inTime}
        unit="项"
        definition={STATISTICS_DEFINITIONS.inTime}
        cutoff={cutoff}
        href={items("inTime")}
        note={`平均 ${averageDays(all)} 天办结`}
      />
      <Figure
        label="逾期销号"
        value={all.late}
        unit="项"
        definition={STATISTICS_DEFINITIONS.late}
        cutoff={cutoff}
        href={items("late")}
      />
      <Figure
        label="超期未销号"
        value={all.overdue}
        unit="项"
        definition={STATISTICS_DEFINITIONS.overdue}
        cutoff={cutoff}
        href={items("overdue")}
        tone={all.overdue > 0 ? "bad" : "good"}
      />
      <Figure
        label="红色督办"
        value={all.red}
        unit="份"
        definition={STATISTICS_DEFINITIONS.slips}
        cutoff={cutoff}
        href={slips("red")}
        note={`橙色 ${all.orange} 份，蓝色 ${all.blue} 份`}
      />
      <Figure
        label="约谈"
        value={all.talks ?? 0}
        unit="次"
        definition={STATISTICS_DEFINITIONS.talks}
        cutoff={cutoff}
        href={talks()}
      />
    </StatGrid>
  );
}

/** The columns of figures, each opening to its rows and adding up to the figure of all. */
function figureColumns<Row extends SupervisionFigures>(data: Page, whoseOf: (row: Row) => Whose): Column<Row>[] {
  const { all } = data;
  type Linked = readonly [
    key: keyof SupervisionFigures,
    title: string,
    href: (to: ReturnType<typeof addresses>) => string,
  ];
  const linked: readonly Linked[] = [
    ["registered", "立项", (to) => to.items()],
    ["inTime", "按期销号", (to) => to.items("inTime")],
    ["late", "逾期销号", (to) => to.items("late")],
    ["open", "在办", (to) => to.items("open")],
    ["overdue", "超期未销号", (to) => to.items("overdue")],
    ["blue", "蓝色", (to) => to.slips("blue")],
    ["orange", "橙色", (to) => to.slips("orange")],
    ["red", "红色", (to) => to.slips("red")],
    ["talks", "约谈", (to) => to.talks()],
  ];
  return [
    ...linked.map(([key, title, href]): Column<Row> => ({
      key,
      title,
      align: "right",
      render: (row) => {
        const value = row[key];
        if (value === null) return <span className="text-secondary">不区分</span>;
        return value === 0 ? 0 : <a href={href(addresses(data, whoseOf(row)))}>{value}</a>;
      },
      total: all[key],
    })),
    {
      key: "averageDays",
      title: "平均天数",
      align: "right",
      render: (row) => averageDays(row),
      total: averageDays(all),
    },
  ];
}
