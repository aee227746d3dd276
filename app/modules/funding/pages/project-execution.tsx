import { useLoaderData } from "@remix-run/react";

import { formatOfficialDate } from "~/kernel/local-date";
import { isMoneyOpen } from "~/modules/compliance";
import { readGate } from "~/modules/compliance/index.server";
import { stageTone } from "~/modules/projects";
import { PROJECT_STAGES } from "~/kernel/vocabulary";
import { can, scopeFor } from "~/policy";
import { Amount, Figure, LightTag, Notice, PageHead, Percent, StatGrid, StatusTag } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { readExecution } from "../execution/entries.queries.server";
import { isEnterable } from "../execution/entry.rules";
import { executionOfYear, readExecutionQuery } from "../execution/execution.queries.server";
import { RATE_DEFINITIONS, sayAlarm, sayTime } from "../execution/execution.words";
import { countedTotals } from "../execution/limits.rules";
import {
  endedMonths,
  frameworkRate,
  gapPoints,
  sayGap,
  selfEvaluationRate,
  yearElapsed,
} from "../execution/rates.rules";
import { ledgerOf } from "../execution/read-ledger.server";
import { ArrivalTable, ChangeTable, ContractTable, PaymentTable } from "../execution/ui/LedgerTables";

export const handle = crumbs<Loaded>(({ project }) => [
  { label: "资金执行", href: "/funding/execution" },
  { label: project.name },
]);

export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const { year } = readExecutionQuery(query, ctx.today);
    const execution = await readExecution(ctx.db, ctx.actor, params.id);
    const { project, rows } = execution;
    const scope = scopeFor(ctx.actor, "funding:read");
    const [[sums], gate] = await Promise.all([
      executionOfYear(ctx.db, scope, { year, unit: undefined, light: undefined }, ctx.today, params.id),
      readGate(ctx.db, project.unitId, ctx.today),
    ]);
    const may = (
      action: "contract:enter" | "arrival:enter" | "payment:enter",
      kind: "contract" | "arrival" | "payment",
    ) => can(ctx.actor, action, project) && isEnterable(kind, project.stage);
    const bought = rows.contracts.some(({ state }) => state === "confirmed");
    return {
      ...execution,
      counted: countedTotals(ledgerOf(project, rows)),
      sums: sums ?? null,
      year,
      today: ctx.today,
      moneyOpen: isMoneyOpen(gate, project),
      gateReasons: gate.reasons.length,
      may: {
        contract: may("contract:enter", "contract"),
        contractChange: may("contract:enter", "contract") && bought,
        arrival: may("arrival:enter", "arrival"),
        payment: may("payment:enter", "payment") && bought,
      },
    };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ProjectExecution() {
  const data = useLoaderData<typeof loader>();
  const { project, rows, names, may, unitName } = data;
  const enterHref = (kind: keyof Loaded["may"]) => (may[kind] ? `/funding/${project.id}/execution/${kind}` : undefined);
  const common = { ledger: rows, names };
  return (
    <>
      <PageHead
        title={`资金执行：${project.name}`}
        code={project.code}
        status={<StatusTag tone={stageTone(project.stage)}>{PROJECT_STAGES[project.stage]}</StatusTag>}
        meta={
          <span>
            {unitName} · <a href={`/projects/${project.id}`}>查看项目</a> ·{" "}
            <a href={`/funding/${project.id}`}>资金评估</a>
          </span>
        }
      />
      <Alarms data={data} />
      <Sums data={data} />
      <ContractTable {...common} enterHref={enterHref("contract")} />
      <ChangeTable {...common} enterHref={enterHref("contractChange")} />
      <ArrivalTable {...common} enterHref={enterHref("arrival")} />
      <PaymentTable {...common} enterHref={enterHref("payment")} />
    </>
  );
}

function Alarms({ data: { sums, moneyOpen, gateReasons, project } }: { data: Loaded }) {
  return (
    <>
      {project.stage === "suspended" && (
        <Notice tone="warn" title="项目已暂停">
          恢复之前不登记新的合同和支付，也不确认支付。
        </Notice>
      )}
      {!moneyOpen && (
        <Notice tone="bad" title="共享闸口关闭，不能确认支付">
          <a href={`/funding/${project.id}`}>查看 {gateReasons} 条原因和证据</a>，原因消除后自动打开。
        </Notice>
      )}
      {(sums?.alarms ?? []).map((alarm) => (
        <Notice key={alarm.code} tone={alarm.light === "red" ? "bad" : "warn"}>
          <LightTag light={alarm.light} /> {sayAlarm(alarm)}{" "}
          <a href={alarm.code === "idle" ? "#arrival" : "#payment"}>查看明细</a>
        </Notice>
      ))}
    </>
  );
}

function Sums({ data: { project, counted, sums, year, today } }: { data: Loaded }) {
  const cutoff = formatOfficialDate(today);
  const [time, months] = [yearElapsed(year, today), endedMonths(year, today)];
  const rate = sums && selfEvaluationRate(sums.yearPaidFen, sums.yearBudgetFen);
  return (
    <StatGrid>
      <Figure
        label="批复金额"
        value={<Amount fen={project.approvedFen ?? project.reviewedFen} />}
        unit="万元"
        definition="批复金额；批复之前为资金评估核定金额。合同、到位资金各自的合计都不能超过它。"
        cutoff={cutoff}
        href={`/funding/${project.id}`}
      />
      <Figure
        label="累计到位"
        value={<Amount fen={counted.arrivedFen} />}
        unit="万元"
        definition="已确认的到位资金之和。"
        cutoff={cutoff}
        href="#arrival"
      />
      <Figure
        label="合同金额"
        value={<Amount fen={counted.contractedFen} />}
        unit="万元"
        definition="已确认合同的金额之和，含已确认的变更。"
        cutoff={cutoff}
        href="#contract"
      />
      <Figure
        label="累计支付"
        value={<Amount fen={counted.paidFen} />}
        unit="万元"
        definition="财政已确认的支付之和。"
        cutoff={cutoff}
        href="#payment"
        note={
          sums && (
            <>
              {year} 年 <Amount fen={sums.yearPaidFen} unit />
            </>
          )
        }
      />
      <Figure
        label="预算执行率（自评口径）"
        value={<Percent share={rate} digits={2} />}
        definition={RATE_DEFINITIONS.selfEvaluation}
        cutoff={cutoff}
        href="#payment"
        note={
          sums && (
            <>
              {year} 年预算 <Amount fen={sums.yearBudgetFen} unit />
            </>
          )
        }
      />
      <Figure
        label="支出率（财政框架口径）"
        value={<Percent share={frameworkRate(counted.paidFen, counted.arrivedFen)} digits={2} />}
        definition={RATE_DEFINITIONS.framework}
        cutoff={cutoff}
        href="#arrival"
      />
      <Figure
        label="时间进度"
        value={<Percent share={time} digits={2} />}
        definition={
          <>
            <p>{RATE_DEFINITIONS.time}</p>
            <p>{RATE_DEFINITIONS.gap}</p>
          </>
        }
        cutoff={cutoff}
        note={rate ? sayGap(gapPoints(rate, time)) : sayTime(time, months)}
      />
    </StatGrid>
  );
}
