import { useLoaderData } from "@remix-run/react";

import { sumFen } from "~/kernel/fen";
import { formatInstant, formatOfficialDate } from "~/kernel/local-date";
import { ENTRY_STATES, LIGHTS } from "~/kernel/vocabulary";
import { unitFilter } from "~/modules/identity/index.server";
import { canEver, scopeFor } from "~/policy";
import {
  Amount,
  DataTable,
  EmptyState,
  Figure,
  LightTag,
  LinkButton,
  PageHead,
  Pagination,
  Percent,
  QueryBar,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { optionsOf } from "~/web/options";
import { pageLoader } from "~/web/page.server";
import { withQuery } from "~/web/query";

import { waitingEntries } from "../execution/entries.queries.server";
import { ENTRY_KINDS } from "../execution/entry.lifecycle";
import { executionOfYear, readExecutionQuery } from "../execution/execution.queries.server";
import { entryTone, RATE_DEFINITIONS, sayAlarm, sayTime } from "../execution/execution.words";
import {
  endedMonths,
  frameworkRate,
  gapPoints,
  sayGap,
  selfEvaluationRate,
  yearElapsed,
} from "../execution/rates.rules";

const PAGE_SIZE = 50;

export const handle = crumbs(() => [{ label: "资金评估", href: "/funding" }, { label: "资金执行" }]);

export const loader = pageLoader({
  access: "funding:read",
  load: async ({ ctx, query }) => {
    const scope = scopeFor(ctx.actor, "funding:read");
    const question = readExecutionQuery(query, ctx.today);
    const [rows, waiting, unit] = await Promise.all([
      executionOfYear(ctx.db, scope, question, ctx.today),
      waitingEntries(ctx.db, ctx.actor),
      unitFilter(ctx.db, scope, question.unit),
    ]);
    const sum = (key: "approvedFen" | "yearBudgetFen" | "yearPaidFen" | "arrivedFen" | "contractedFen" | "paidFen") =>
      sumFen(rows.map((row) => row[key]));
    return {
      rows: rows.slice((question.page - 1) * PAGE_SIZE, question.page * PAGE_SIZE),
      total: rows.length,
      totals: {
        approvedFen: sum("approvedFen"),
        yearBudgetFen: sum("yearBudgetFen"),
        yearPaidFen: sum("yearPaidFen"),
        arrivedFen: sum("arrivedFen"),
        contractedFen: sum("contractedFen"),
        paidFen: sum("paidFen"),
      },
      alarmed: rows.filter(({ light }) => light !== "green").length,
      waiting,
      unit,
      question,
      search: query.toString(),
      today: ctx.today,
      mayImport: canEver(ctx.actor, "payment:import"),
    };
  },
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Execution() {
  const data = useLoaderData<typeof loader>();
  const { rows, total, totals, question, unit, search, mayImport, waiting } = data;
  const years = [0, 1, 2, 3].map((back) => Number(data.today.slice(0, 4)) + 1 - back);
  const exportHref = withQuery("/funding/execution/export", search, { page: undefined });
  return (
    <>
      <PageHead
        title="资金执行"
        meta={`${question.year} 年，共 ${total} 个项目，${data.alarmed} 个有预警`}
        actions={
          <>
            {mayImport && <LinkButton href="/funding/payments/import">国库支付明细</LinkButton>}
            <LinkButton href={exportHref}>导出表格</LinkButton>
          </>
        }
      />
      {waiting.length > 0 && <Waiting rows={waiting} />}
      <Totals data={data} />
      <QueryBar
        action="/funding/execution"
        resetHref="/funding/execution"
        filters={[
          {
            name: "year",
            label: "年度",
            value: String(question.year),
            options: years.map((year) => ({ value: String(year), label: `${year} 年` })),
          },
          { name: "light", label: "执行预警", value: question.light ?? "", options: optionsOf(LIGHTS) },
          ...(unit ? [unit] : []),
        ]}
      />
      <Section title="项目执行情况" note="合计为全部查询结果，不只本页" flush>
        <Projects rows={rows} totals={totals} year={question.year} today={data.today} />
        <Pagination
          page={question.page}
          pageSize={PAGE_SIZE}
          total={total}
          hrefFor={(page) => withQuery("/funding/execution", search, { page })}
        />
      </Section>
    </>
  );
}

function Totals({ data: { totals, question, today } }: { data: Page }) {
  const [time, months] = [yearElapsed(question.year, today), endedMonths(question.year, today)];
  const rate = selfEvaluationRate(totals.yearPaidFen, totals.yearBudgetFen);
  const cutoff = formatOfficialDate(today);
  return (
    <StatGrid>
      <Figure
        label="预算执行率（自评口径）"
        value={<Percent share={rate} digits={2} />}
        definition={RATE_DEFINITIONS.selfEvaluation}
        cutoff={cutoff}
        note={rate && sayGap(gapPoints(rate, time))}
      />
      <Figure
        label="支出率（财政框架口径）"
        value={<Percent share={frameworkRate(totals.paidFen, totals.arrivedFen)} digits={2} />}
        definition={RATE_DEFINITIONS.framework}
        cutoff={cutoff}
      />
      <Figure
        label="时间进度"
        value={<Percent share={time} digits={2} />}
        definition={RATE_DEFINITIONS.time}
        cutoff={cutoff}
        note={sayTime(time, months)}
      />
      <Figure
        label="本年预算"
        value={<Amount fen={totals.yearBudgetFen} />}
        unit="万元"
        definition="查询结果中各项目的本年度资金，按批复金额与申报金额之比折算到分后相加。"
        cutoff={cutoff}
        note={
          <>
            本年已支付 <Amount fen={totals.yearPaidFen} unit />
          </>
        }
      />
      <Figure
        label="累计到位"
        value={<Amount fen={totals.arrivedFen} />}
        unit="万元"
        definition="两人确认的到位资金之和；待确认、退回、作废的不计。"
        cutoff={cutoff}
        note={
          <>
            累计支付 <Amount fen={totals.paidFen} unit />
          </>
        }
      />
    </StatGrid>
  );
}

function Waiting({ rows }: { rows: Page["waiting"] }) {
  return (
    <Section title="待我办理" id="waiting" note="待确认的由登记人以外的人确认；退回的由登记方更正" flush>
      <DataTable
        caption="待我办理的登记"
        rows={rows}
        rowKey={(row) => `${row.kind} ${row.id}`}
        empty={null}
        columns={[
          {
            key: "what",
            title: "登记",
            primary: true,
            render: (row) => (
              <a href={`/funding/entries/${row.kind}/${row.id}`}>
                {ENTRY_KINDS[row.kind]}：{row.projectName}
              </a>
            ),
          },
          { key: "unit", title: "单位", render: (row) => row.unitName },
          {
            key: "amount",
            title: "金额",
            unit: "元",
            align: "right",
            render: (row) => <Amount fen={row.amountFen} in="yuan" />,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={entryTone(row.state)}>{ENTRY_STATES[row.state]}</StatusTag>,
          },
          { key: "at", title: "登记时间", nowrap: true, render: (row) => formatInstant(new Date(row.enteredAt)) },
        ]}
      />
    </Section>
  );
}

function Projects({ rows, totals, year, today }: Pick<Page, "rows" | "totals" | "today"> & { year: number }) {
  const time = yearElapsed(year, today);
  const money = (key: keyof Page["totals"], title: string, wideOnly = false) => ({
    key,
    title,
    unit: "万元",
    align: "right" as const,
    wideOnly,
    render: (row: Page["rows"][number]) => <Amount fen={row[key]} />,
    total: <Amount fen={totals[key]} />,
  });
  const totalRate = selfEvaluationRate(totals.yearPaidFen, totals.yearBudgetFen);
  return (
    <DataTable
      caption={`${year} 年项目资金执行情况`}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的项目" explanation="已批复且本年有预算、到位或支付的项目列在这里。" />}
      columns={[
        {
          key: "name",
          title: "项目",
          primary: true,
          render: (row) => (
            <span>
              <a href={`/funding/${row.id}/execution?year=${year}`}>{row.name}</a>
              <span className="block text-[0.8125rem] font-normal text-secondary">{row.unitName}</span>
            </span>
          ),
        },
        {
          key: "light",
          title: "预警",
          nowrap: true,
          render: (row) => (
            <span title={row.alarms.map(sayAlarm).join("")}>
              <LightTag light={row.light} />
            </span>
          ),
        },
        money("approvedFen", "批复"),
        money("yearBudgetFen", "本年预算"),
        money("arrivedFen", "到位"),
        money("contractedFen", "合同", true),
        money("paidFen", "支付"),
        {
          key: "rate",
          title: "执行率",
          align: "right",
          render: (row) => <Percent share={selfEvaluationRate(row.yearPaidFen, row.yearBudgetFen)} />,
          total: <Percent share={totalRate} />,
        },
        {
          key: "framework",
          title: "支出率",
          align: "right",
          render: (row) => <Percent share={frameworkRate(row.paidFen, row.arrivedFen)} />,
          total: <Percent share={frameworkRate(totals.paidFen, totals.arrivedFen)} />,
        },
        {
          key: "gap",
          title: "与时间进度",
          unit: "百分点",
          align: "right",
          render: (row) => {
            const rate = selfEvaluationRate(row.yearPaidFen, row.yearBudgetFen);
            return rate && sayGap(gapPoints(rate, time)).replace(" 个百分点", "");
          },
        },
      ]}
    />
  );
}
