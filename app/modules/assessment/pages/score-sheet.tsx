import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { add, parseRational, RATIONAL_ZERO, sum, toFixed } from "~/kernel/rational";
import { PERIOD_STATES, UNIT_GROUPS } from "~/kernel/vocabulary";
import {
  DataTable,
  EmptyState,
  Figure,
  Notice,
  PageHead,
  Place,
  PrintButton,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { explainAdjustment, explainCap, explainLeaf, explainVeto } from "../explain";
import { gradeTone, periodTone, provisionalNote } from "../period-words";
import { periodParam } from "../period.schema";
import { hasBase, quantityOf, unitOf } from "../quantity";
import { readScoreSheet } from "../score-sheet.queries.server";

export const handle = crumbs<{ period: { period: string }; head: { unitName: string } }>((data) => [
  { label: "排名", href: `/ranking?period=${data.period.period}` },
  { label: data.head.unitName },
]);

export const loader = pageLoader({
  access: "score:read",
  params: z.object({ period: periodParam, unitId: z.uuid() }),
  load: async ({ ctx, params }) => {
    const { period, schemeName, head, sheet } = await readScoreSheet(ctx.db, ctx.actor, params);
    const leaves = sheet.leaves.map((leaf) => ({ ...leaf, sentence: explainLeaf(leaf) }));
    const adjustments = [...sheet.bonus.items, ...sheet.deductions.items].map((item) => ({
      ...item,
      sentence: explainAdjustment(item),
    }));
    const vetoes = sheet.vetoes.map((veto) => ({ ...veto, sentence: explainVeto(veto) }));
    const base = sum(sheet.leaves.map((leaf) => parseRational(leaf.pointsExact)));
    return {
      period: { period: period.period, state: period.state, cutoffAt: period.cutoffAt },
      schemeName,
      head,
      leaves,
      adjustments,
      vetoes,
      caps: [explainCap(sheet.bonus, "bonus"), explainCap(sheet.deductions, "deduction")].filter((text) => text !== ""),
      weight: toFixed(
        sheet.leaves.reduce((total, leaf) => add(total, parseRational(leaf.effectiveWeightExact)), RATIONAL_ZERO),
        2,
      ),
      base: toFixed(base, 2),
      bonus: sheet.bonus.points,
      deductions: sheet.deductions.points,
      schemeVersion: sheet.schemeVersion,
      gradeByScore: sheet.gradeByScore,
    };
  },
});

export default function ScoreSheetPage() {
  const data = useLoaderData<typeof loader>();
  const { period, head, leaves, adjustments, vetoes, caps } = data;
  const cutoff = period.cutoffAt ? formatInstant(new Date(period.cutoffAt)) : "";
  const here = `/ranking/${period.period}/${head.unitId}`;
  const note = provisionalNote(period.state);
  return (
    <>
      <PageHead
        title={`${head.unitName}${formatPeriod(period.period)}考核得分表`}
        status={<StatusTag tone={periodTone(period.state)}>{PERIOD_STATES[period.state]}</StatusTag>}
        meta={`${UNIT_GROUPS[head.group]} · ${data.schemeName}第${data.schemeVersion}版 · 数据截至 ${cutoff}`}
        actions={<PrintButton />}
      />
      {note && <Notice tone="warn">{note}</Notice>}
      {vetoes.map((veto) => (
        <Notice key={veto.code} tone="bad" title="一票否决" action={<a href={`${here}/${veto.code}`}>查看依据</a>}>
          {veto.sentence}
        </Notice>
      ))}
      <StatGrid>
        <Figure
          label="考核得分"
          value={head.total}
          unit="分"
          definition={`各指标得分合计${data.base}分，加分${data.bonus}分，扣分${data.deductions}分；最后一步舍入，保留两位小数。`}
          cutoff={cutoff}
          href="#leaves"
          note={`指标${data.base}＋加分${data.bonus}－扣分${data.deductions}`}
        />
        <Figure
          label="考核等次"
          value={<StatusTag tone={gradeTone(head.grade)}>{head.grade}</StatusTag>}
          definition="按未舍入得分：优90分及以上，良80分及以上，中60分及以上，其余为差；有一票否决情形的按其上限。"
          cutoff={cutoff}
          note={data.gradeByScore !== head.grade ? `按得分为“${data.gradeByScore ?? ""}”，受一票否决限制` : undefined}
        />
        <Figure
          label="组内位次"
          value={<Place place={head.place} previous={head.previousPlace} />}
          definition="同组内按未舍入得分排列，得分相同位次并列；变化与上一个已定档的考核期相比。"
          cutoff={cutoff}
          href={`/ranking?period=${period.period}&group=${head.group}`}
          note={head.previousPlace === null ? "上期未参加排名" : `上期第${head.previousPlace}位`}
        />
      </StatGrid>
      <Section title="指标得分" id="leaves" flush note="点击指标查看规则、分子分母和每一条依据">
        <DataTable
          caption="指标得分"
          rows={leaves}
          rowKey={(row) => row.code}
          empty={<EmptyState title="方案没有指标" />}
          columns={[
            {
              key: "name",
              title: "指标",
              primary: true,
              total: "合计",
              render: (row) => (
                <span>
                  {row.path.length > 0 && (
                    <span className="block text-xs font-normal text-secondary">{row.path.join(" / ")}</span>
                  )}
                  <a href={`${here}/${row.code}`}>{row.name}</a>
                </span>
              ),
            },
            {
              key: "weight",
              title: "权重",
              unit: "分",
              align: "right",
              total: data.weight,
              render: (row) => (
                <Weight weight={row.weight} effective={row.effectiveWeight} spread={row.notApplicable} />
              ),
            },
            {
              key: "numerator",
              title: "分子",
              align: "right",
              render: (row) => !row.notApplicable && quantity(row.measure, row.measureNumerator),
            },
            {
              key: "denominator",
              title: "分母",
              align: "right",
              render: (row) =>
                !row.notApplicable && hasBase(row.measure) && quantity(row.measure, row.measureDenominator),
            },
            { key: "rate", title: "比率", align: "right", render: (row) => row.rate !== null && `${row.rate}%` },
            {
              key: "target",
              title: "目标",
              align: "right",
              render: (row) => row.target !== null && `${toFixed(parseRational(row.target), 2)}%`,
            },
            {
              key: "points",
              title: "得分",
              unit: "分",
              align: "right",
              total: data.base,
              render: (row) => (row.notApplicable ? "不适用" : <strong>{row.points}</strong>),
            },
            { key: "sentence", title: "说明", render: (row) => row.sentence },
          ]}
        />
      </Section>
      <Section title="加分和扣分" flush note={caps.join("")}>
        <DataTable
          caption="加分和扣分"
          rows={adjustments}
          rowKey={(row) => row.code}
          empty={<EmptyState title="方案没有加分、扣分事项" />}
          columns={[
            {
              key: "name",
              title: "事项",
              primary: true,
              render: (row) => <a href={`${here}/${row.code}`}>{row.name}</a>,
            },
            { key: "kind", title: "类别", nowrap: true, render: (row) => (row.ruleKind === "bonus" ? "加分" : "扣分") },
            { key: "counted", title: "次数", align: "right", render: (row) => row.counted },
            {
              key: "points",
              title: "分值",
              unit: "分",
              align: "right",
              render: (row) => (row.counted === "0" ? "0.00" : `${row.ruleKind === "bonus" ? "+" : "−"}${row.points}`),
            },
            { key: "sentence", title: "说明", render: (row) => row.sentence },
          ]}
        />
      </Section>
    </>
  );
}

/** The weight of the scheme; beneath it what it became when siblings did not apply. */
function Weight({ weight, effective, spread }: { weight: string; effective: string; spread: boolean }) {
  if (spread) return <span className="text-secondary line-through">{weight}</span>;
  if (weight === effective) return weight;
  return (
    <span>
      {toFixed(parseRational(effective), 2)}
      <span className="block text-xs text-secondary">原{weight}</span>
    </span>
  );
}

function quantity(measure: string, text: string | null) {
  if (text === null) return null;
  const unit = unitOf(measure);
  return (
    <span>
      {quantityOf(measure, text)}
      {unit && <span className="text-secondary"> {unit}</span>}
    </span>
  );
}
