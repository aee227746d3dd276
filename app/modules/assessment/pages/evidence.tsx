import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { formatInstant } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { divide, multiply, parseRational, rational, toFixed } from "~/kernel/rational";
import { PERIOD_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import { DataTable, DescriptionList, EmptyState, Notice, PageHead, Section, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { readEvidence } from "../evidence.queries.server";
import { explainAdjustment, explainLeaf, explainVeto } from "../explain";
import { periodTone } from "../period-words";
import { periodParam } from "../period.schema";
import { hasBase, quantityOf, unitOf } from "../quantity";
import type { ScoreSheet } from "../score.types";
import { subjectHref } from "../subject-link";

export const handle = crumbs<{
  period: string;
  unitId: string;
  unitName: string;
  facts: { name: string };
  sheeted: boolean;
}>((data) => [
  { label: "排名", href: `/ranking?period=${data.period}` },
  { label: data.unitName, ...(data.sheeted && { href: `/ranking/${data.period}/${data.unitId}` }) },
  { label: data.facts.name },
]);

/** Where the rows of the whole city are shown instead of one unit's. */
const ALL = "all";

export const loader = pageLoader({
  access: "ranking:read",
  params: z.object({
    period: periodParam,
    unitId: z.union([z.literal(ALL), z.uuid()]),
    leaf: z.string().max(60),
  }),
  load: async ({ ctx, params }) => {
    const { period, unitName, facts, sheet, tables } = await readEvidence(ctx.db, ctx.actor, params);
    return {
      period: period.period,
      state: period.state,
      cutoffAt: period.cutoffAt,
      unitId: params.unitId,
      unitName,
      facts,
      sheeted: sheet !== undefined,
      outcome: sheet && outcomeOf(sheet, params.leaf),
      tables: tables.map((table) => ({
        ...table,
        byUnit: table.byUnit.map((row) => ({ ...row, mayOpen: can(ctx.actor, "score:read", row) })),
      })),
    };
  },
});

/** What the figure came to in the unit's score: the sentence, and for a leaf its points. */
function outcomeOf(sheet: ScoreSheet, code: string) {
  const leaf = sheet.leaves.find((each) => each.code === code);
  if (leaf) {
    const { points, effectiveWeight, target, rate, notApplicable } = leaf;
    return { sentence: explainLeaf(leaf), points, effectiveWeight, target, rate, notApplicable };
  }
  const item = [...sheet.bonus.items, ...sheet.deductions.items].find((each) => each.code === code);
  if (item) return { sentence: explainAdjustment(item), points: item.points };
  const veto = sheet.vetoes.find((each) => each.code === code);
  return veto && { sentence: explainVeto(veto) };
}

export default function Evidence() {
  const { period, state, cutoffAt, unitId, unitName, facts, outcome, tables } = useLoaderData<typeof loader>();
  const score = outcome && "rate" in outcome ? outcome : undefined;
  return (
    <>
      <PageHead
        title={facts.name}
        status={<StatusTag tone={periodTone(state)}>{PERIOD_STATES[state]}</StatusTag>}
        meta={`${unitName} · ${formatPeriod(period)} · 数据截至 ${formatInstant(new Date(cutoffAt))}`}
      />
      {outcome && <Notice tone="info">{outcome.sentence}</Notice>}
      {facts.rule !== undefined && (
        <Section title="计分规则">
          <DescriptionList
            columns={2}
            items={[
              { term: "规则", detail: facts.rule, wide: true },
              ...(facts.weight === undefined
                ? []
                : [
                    {
                      term: "权重",
                      detail:
                        score && !score.notApplicable && score.effectiveWeight !== facts.weight
                          ? `${facts.weight}分，分摊同级不适用指标后${toFixed(parseRational(score.effectiveWeight), 2)}分`
                          : `${facts.weight}分`,
                    },
                  ]),
              ...(score?.target ? [{ term: "本期目标", detail: `${toFixed(parseRational(score.target), 2)}%` }] : []),
              ...(score?.rate ? [{ term: "本期比率", detail: `${score.rate}%` }] : []),
              ...(outcome && "points" in outcome
                ? [{ term: "得分", detail: score?.notApplicable ? "不适用" : `${outcome.points}分` }]
                : []),
              ...(facts.path.length > 0 ? [{ term: "所属", detail: facts.path.join(" / ") }] : []),
            ]}
          />
        </Section>
      )}
      {tables.map((table) => (
        <MeasureRows key={table.code} table={table} period={period} whole={unitId === ALL} rated={facts.rated} />
      ))}
    </>
  );
}

type Table = ReturnType<typeof useLoaderData<typeof loader>>["tables"][number];

/** One measure: its definition, the figure, and each record behind it. */
function MeasureRows({
  table,
  period,
  whole,
  rated,
}: {
  table: Table;
  period: string;
  whole: boolean;
  rated: boolean;
}) {
  const { code, sum, rows, byUnit } = table;
  const based = hasBase(code);
  const unit = unitOf(code);
  const read = (text: string) => quantityOf(code, text);
  const figure = `${table.numeratorName}${read(sum.numerator)}${unit ?? ""}${
    based ? `，${table.denominatorName}${read(sum.denominator)}${unit ?? ""}` : ""
  }${rated ? rateOf(sum) : ""}`;
  return (
    <>
      <Section title={table.name}>
        <DescriptionList
          columns={1}
          items={[
            { term: "口径", detail: table.definition },
            { term: "本期数", detail: <strong>{sum.rowCount === 0 ? "无" : figure}</strong> },
          ]}
        />
      </Section>
      {whole && (
        <Section title={`${table.name}：各单位`} flush>
          <DataTable
            caption={`${table.name}各单位`}
            rows={byUnit}
            rowKey={(row) => row.unitId}
            empty={<EmptyState title="本期没有记录" />}
            columns={[
              {
                key: "unit",
                title: "单位",
                primary: true,
                total: "合计",
                render: (row) =>
                  row.mayOpen ? <a href={`/ranking/${period}/${row.unitId}/${code}`}>{row.unitName}</a> : row.unitName,
              },
              {
                key: "numerator",
                title: table.numeratorName,
                unit,
                align: "right",
                render: (row) => read(row.numerator),
                total: read(sum.numerator),
              },
              ...(based
                ? [
                    {
                      key: "denominator",
                      title: table.denominatorName,
                      unit,
                      align: "right" as const,
                      render: (row: Table["byUnit"][number]) => read(row.denominator),
                      total: read(sum.denominator),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
      <Section title={`${table.name}：明细`} flush note={detailNote(rows.length, sum.rowCount)}>
        <DataTable
          caption={`${table.name}明细`}
          rows={rows}
          rowKey={(row) => `${row.unitId} ${row.position}`}
          empty={
            <EmptyState
              title={
                sum.rowCount === 0 ? `本期没有${table.denominatorName || table.numeratorName}` : "没有可查看的明细"
              }
              explanation={sum.rowCount === 0 ? undefined : "明细只向本单位和考核管理人员显示。"}
            />
          }
          columns={[
            {
              key: "label",
              title: "记录",
              primary: true,
              ...(rows.length === sum.rowCount && { total: "合计" }),
              render: (row) => <RecordLink row={row} />,
            },
            ...(whole ? [{ key: "unit", title: "单位", render: (row: Table["rows"][number]) => row.unitName }] : []),
            {
              key: "numerator",
              title: table.numeratorName,
              unit,
              align: "right",
              render: (row) => read(row.numerator),
              ...(rows.length === sum.rowCount && { total: read(sum.numerator) }),
            },
            ...(based
              ? [
                  {
                    key: "denominator",
                    title: table.denominatorName,
                    unit,
                    align: "right" as const,
                    render: (row: Table["rows"][number]) => read(row.denominator),
                    ...(rows.length === sum.rowCount && { total: read(sum.denominator) }),
                  },
                ]
              : []),
            { key: "note", title: "说明", render: (row) => row.note },
          ]}
        />
      </Section>
    </>
  );
}

function rateOf({ numerator, denominator }: { numerator: string; denominator: string }): string {
  const base = parseRational(denominator);
  if (base.n === 0n) return "";
  return `，比率${toFixed(multiply(divide(parseRational(numerator), base), rational(100)), 2)}%`;
}

const detailNote = (shown: number, all: number): string =>
  shown === all ? `共 ${all} 条，合计即为本期数` : `共 ${all} 条，显示 ${shown} 条`;

function RecordLink({ row }: { row: Table["rows"][number] }) {
  const href = subjectHref(row);
  return href ? <a href={href}>{row.label}</a> : <>{row.label}</>;
}
