import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { keysOf, PERIOD_STATES, UNIT_GROUPS, type Grade } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  DataTable,
  EmptyState,
  Notice,
  PageHead,
  Place,
  PrintButton,
  Section,
  Select,
  StatGrid,
  StatusTag,
  SubmitButton,
  Tabs,
  Figure,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { gradeTone, periodTone, provisionalNote } from "../period-words";
import { readRanking, visiblePeriods } from "../ranking.queries.server";

export const handle = crumbs(() => [{ label: "排名" }]);

export const loader = pageLoader({
  access: "ranking:read",
  load: async ({ ctx, query }) => {
    const periods = await visiblePeriods(ctx.db, ctx.actor);
    const shown = periods.find(({ period }) => period === query.get("period")) ?? periods[0];
    const all = shown ? await readRanking(ctx.db, shown.id) : [];
    const groups = keysOf(UNIT_GROUPS).filter((each) => all.some((row) => row.group === each));
    const asked = groups.find((each) => each === query.get("group"));
    const group = asked ?? all.find((row) => row.unitId === ctx.actor.unitId)?.group ?? groups[0];
    return {
      periods: periods.map(({ period, state }) => ({ period, state })),
      shown,
      group,
      counts: groups.map((each) => ({ group: each, units: all.filter((row) => row.group === each).length })),
      rows: all
        .filter((row) => row.group === group)
        .map((row) => ({ ...row, mayOpen: can(ctx.actor, "score:read", row) })),
      ownUnitId: ctx.actor.unitId,
      search: query.toString(),
    };
  },
});

export default function Ranking() {
  const { periods, shown, group, counts, rows, ownUnitId, search } = useLoaderData<typeof loader>();
  if (!shown || !group) {
    return (
      <>
        <PageHead title="排名" />
        <EmptyState title="还没有公布的考核结果" explanation="考核期冻结并公布后，各单位的得分和位次显示在这里。" />
      </>
    );
  }
  const cutoff = shown.cutoffAt ? formatInstant(new Date(shown.cutoffAt)) : "";
  const note = provisionalNote(shown.state);
  const counted = (grade: Grade) => rows.filter((row) => row.grade === grade).length;
  return (
    <>
      <PageHead
        title={`${formatPeriod(shown.period)}考核排名`}
        status={<StatusTag tone={periodTone(shown.state)}>{PERIOD_STATES[shown.state]}</StatusTag>}
        meta={`${shown.schemeName}第${shown.schemeVersion}版 · 数据截至 ${cutoff}`}
        actions={<PrintButton />}
      />
      {note && <Notice tone="warn">{note}</Notice>}
      <form method="get" action="/ranking" className="mb-4 flex flex-wrap items-end gap-3 print:hidden">
        <input type="hidden" name="group" value={group} />
        <Select
          name="period"
          label="考核期"
          defaultValue={shown.period}
          options={periods.map(({ period, state }) => ({
            value: period,
            label: `${formatPeriod(period)}（${PERIOD_STATES[state]}）`,
          }))}
        />
        <SubmitButton variant="secondary" pendingLabel="查询中…">
          查看
        </SubmitButton>
      </form>
      <Tabs
        label="单位分组"
        tabs={counts.map((each) => ({
          href: withQuery("/ranking", search, { group: each.group }),
          label: UNIT_GROUPS[each.group],
          active: each.group === group,
          count: each.units,
        }))}
      />
      <StatGrid>
        {(["优", "良", "中", "差"] as const).map((grade) => (
          <Figure
            key={grade}
            label={`考核等次“${grade}”`}
            value={counted(grade)}
            unit="个单位"
            definition="按未舍入的考核得分和一票否决规定确定等次：优90分及以上，良80分及以上，中60分及以上，其余为差。"
            cutoff={cutoff}
          />
        ))}
      </StatGrid>
      <Section flush>
        <DataTable
          caption={`${UNIT_GROUPS[group]}排名`}
          rows={rows}
          rowKey={(row) => row.unitId}
          empty={<EmptyState title="本组没有参加排名的单位" />}
          isHighlighted={(row) => row.unitId === ownUnitId}
          columns={[
            {
              key: "place",
              title: "位次",
              nowrap: true,
              render: (row) => <Place place={row.place} previous={row.previousPlace} />,
            },
            {
              key: "unit",
              title: "单位",
              primary: true,
              render: (row) =>
                row.mayOpen ? <a href={`/ranking/${shown.period}/${row.unitId}`}>{row.unitName}</a> : row.unitName,
            },
            { key: "score", title: "得分", unit: "分", align: "right", render: (row) => row.score },
            {
              key: "grade",
              title: "等次",
              align: "center",
              render: (row) => <StatusTag tone={gradeTone(row.grade)}>{row.grade}</StatusTag>,
            },
            {
              key: "previous",
              title: "上期位次",
              align: "right",
              wideOnly: true,
              render: (row) => row.previousPlace ?? "—",
            },
          ]}
        />
      </Section>
      <p className="text-[0.8125rem] text-secondary">
        位次按未舍入得分在同组内排列，得分相同位次并列、其后位次空缺；位次变化与上一个已定档的考核期相比。没有考核事项的单位不参加排名。
      </p>
    </>
  );
}
