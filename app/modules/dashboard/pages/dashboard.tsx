import { useLoaderData } from "@remix-run/react";

import { fen, sumFen } from "~/kernel/fen";
import { formatPeriod, period as periodFrom } from "~/kernel/period";
import { multiply, parseRational, rational, RATIONAL_ZERO, subtract, toFixed } from "~/kernel/rational";
import { COORDINATION_STATES, keysOf, PROJECT_STAGES, SLIP_COLOURS, UNIT_GROUPS } from "~/kernel/vocabulary";
import {
  Amount,
  Columns,
  DataTable,
  EmptyState,
  Figure,
  LightTag,
  PageHead,
  Percent,
  Place,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { DEFINITIONS } from "../dashboard-words";
import { readDashboard } from "../read-dashboard.server";

export const handle = crumbs(() => [{ label: "驾驶舱" }]);

export const loader = pageLoader({ access: "dashboard:read", load: ({ ctx }) => readDashboard(ctx) });

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Dashboard() {
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="驾驶舱" meta={`数据截至 ${data.today}，点开任一数字可见明细`} />
      <Tiles data={data} />
      <Columns count={2}>
        <Stages data={data} />
        <Ranking ranking={data.ranking} />
      </Columns>
      <Matters matters={data.matters} figures={data.coordination} />
      <Columns count={2}>
        <Lit lit={data.lit} />
        <Overdue overdue={data.overdue} />
      </Columns>
    </>
  );
}

function Tiles({ data }: { data: Shown }) {
  const { stages, paidFen, light, reports, resources, cloud, coordination, overdue, today, reported } = data;
  const month = formatPeriod(periodFrom(reported));
  const total = stages.reduce((sum, row) => sum + row.projects, 0);
  return (
    <StatGrid>
      <Figure label="项目" value={total} unit="个" definition={DEFINITIONS.projects} cutoff={today} href="#stages" />
      <Figure
        label="申报金额"
        value={<Amount fen={sumFen(stages.map((row) => fen(row.declaredFen)))} />}
        unit="万元"
        definition={DEFINITIONS.declared}
        cutoff={today}
        href="/projects?sort=declaredFen&order=desc"
      />
      <Figure
        label="批复金额"
        value={<Amount fen={sumFen(stages.map((row) => fen(row.approvedFen)))} />}
        unit="万元"
        definition={DEFINITIONS.approved}
        cutoff={today}
        href="/funding"
      />
      <Figure
        label="已支付"
        value={<Amount fen={fen(paidFen)} />}
        unit="万元"
        definition={DEFINITIONS.paid}
        cutoff={today}
        href="/funding"
      />
      <Execution data={data} />
      <Figure
        label="红灯项目"
        value={light.red}
        unit="个"
        definition={DEFINITIONS.lights}
        cutoff={today}
        href="#lights"
        tone={light.red > 0 ? "bad" : "good"}
        note={`黄灯 ${light.yellow} 个 · 绿灯 ${light.green} 个`}
      />
      <Figure
        label="上云率"
        value={<Percent share={cloud.due > 0 ? rational(cloud.done, cloud.due) : null} />}
        definition={DEFINITIONS.cloud}
        cutoff={today}
        href="/cloud"
        note={`${cloud.done} / ${cloud.due} 个${cloud.target === null ? "" : ` · 目标 ${cloud.target}%`}`}
      />
      <Figure
        label="已发布数据资源"
        value={resources.published}
        unit="项"
        definition={DEFINITIONS.resources}
        cutoff={today}
        href="/catalog?state=published"
        note={`待发布 ${resources.waiting} 项`}
      />
      <Figure
        label={`${month}月报按时`}
        value={reports.onTime}
        unit={`/ ${reports.due} 份`}
        definition={DEFINITIONS.reports}
        cutoff={today}
        href={`/reports?period=${reported}`}
        tone={reports.missing > 0 ? "warn" : "neutral"}
        note={`迟报 ${reports.late} 份 · 缺报 ${reports.missing} 份`}
      />
      <Figure
        label="待答复协调事项"
        value={coordination.raised}
        unit="件"
        definition={DEFINITIONS.coordination}
        cutoff={today}
        href="/coordination?state=raised"
        tone={coordination.overdue > 0 ? "bad" : coordination.raised > 0 ? "warn" : "good"}
        note={`超期 ${coordination.overdue} 件 · 已转督办 ${coordination.itemised} 件`}
      />
      <Figure
        label="逾期督办"
        value={overdue.total}
        unit="件"
        definition={DEFINITIONS.overdue}
        cutoff={today}
        href="#overdue"
        tone={overdue.total > 0 ? "bad" : "good"}
      />
    </StatGrid>
  );
}

/** The gap is taken between exact shares and rounded once. */
function Execution({ data: { executionShare, timeShare, budgetFen, reportedUntil } }: { data: Shown }) {
  const time = parseRational(timeShare);
  const share = executionShare === null ? null : parseRational(executionShare);
  const gap = share && multiply(subtract(share, time), rational(100));
  const behind = gap !== null && gap.n < 0n;
  return (
    <Figure
      label="预算执行率"
      value={<Percent share={share} digits={2} />}
      definition={
        <>
          {DEFINITIONS.execution}本年度预算 <Amount fen={fen(budgetFen)} unit />。
        </>
      }
      cutoff={reportedUntil}
      href="/funding"
      tone={behind ? "warn" : "neutral"}
      note={
        gap && (
          <>
            时间进度 <Percent share={time} digits={2} />，{behind ? "慢" : "快"}{" "}
            {toFixed(behind ? subtract(RATIONAL_ZERO, gap) : gap, 2)} 个百分点
          </>
        )
      }
    />
  );
}

function Stages({ data: { stages } }: { data: Shown }) {
  const shown = keysOf(PROJECT_STAGES).flatMap((stage) => stages.find((row) => row.stage === stage) ?? []);
  return (
    <Section title="项目阶段" id="stages" flush>
      <DataTable
        caption="各阶段项目"
        rows={shown}
        rowKey={(row) => row.stage}
        empty={<EmptyState title="没有项目" />}
        columns={[
          {
            key: "stage",
            title: "阶段",
            primary: true,
            render: (row) => <a href={`/projects?stage=${row.stage}`}>{PROJECT_STAGES[row.stage]}</a>,
          },
          {
            key: "projects",
            title: "项目",
            unit: "个",
            align: "right",
            render: (row) => row.projects,
            total: shown.reduce((sum, row) => sum + row.projects, 0),
          },
          {
            key: "declared",
            title: "申报",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.declaredFen)} />,
            total: <Amount fen={sumFen(shown.map((row) => fen(row.declaredFen)))} />,
          },
          {
            key: "approved",
            title: "批复",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={fen(row.approvedFen)} />,
            total: <Amount fen={sumFen(shown.map((row) => fen(row.approvedFen)))} />,
          },
        ]}
      />
    </Section>
  );
}

function Ranking({ ranking }: { ranking: Shown["ranking"] }) {
  if (!ranking) {
    return (
      <Section title="考核排名">
        <EmptyState title="尚无已公布的排名" explanation="考核期数据冻结并公布后在此显示。" />
      </Section>
    );
  }
  return (
    <Section
      title={`${formatPeriod(periodFrom(ranking.period))}考核排名`}
      note="各组前三名和后三名"
      actions={<a href={`/ranking?period=${ranking.period}`}>全部排名</a>}
      flush
    >
      <DataTable
        caption="考核排名首尾"
        rows={ranking.rows}
        rowKey={(row) => row.unitId}
        empty={<EmptyState title="没有参加考核的单位" />}
        columns={[
          {
            key: "unit",
            title: "单位",
            primary: true,
            render: (row) => <a href={`/ranking/${ranking.period}/${row.unitId}`}>{row.unitName}</a>,
          },
          { key: "group", title: "分组", nowrap: true, render: (row) => UNIT_GROUPS[row.group] },
          {
            key: "place",
            title: "位次",
            nowrap: true,
            render: (row) => <Place place={row.place} previous={row.previousPlace} />,
          },
          { key: "total", title: "得分", align: "right", render: (row) => row.total },
          { key: "grade", title: "等次", align: "center", render: (row) => row.grade },
        ]}
      />
    </Section>
  );
}

function Matters({ matters, figures }: { matters: Shown["matters"]; figures: Shown["coordination"] }) {
  return (
    <Section
      title="需协调事项"
      id="matters"
      note={`待答复 ${figures.raised} 件，已答复 ${figures.answered} 件，已转督办 ${figures.itemised} 件`}
      actions={<a href="/coordination?state=open">全部 {matters.total} 件</a>}
      flush
    >
      <DataTable
        caption="需协调事项"
        rows={matters.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有需要协调的事项" />}
        columns={[
          {
            key: "project",
            title: "项目",
            primary: true,
            render: (row) => <a href={`/coordination/${row.id}`}>{row.projectName}</a>,
          },
          { key: "unit", title: "单位", render: (row) => row.unitName },
          { key: "text", title: "需协调事项", render: (row) => row.text },
          { key: "state", title: "状态", nowrap: true, render: (row) => COORDINATION_STATES[row.state] },
          { key: "due", title: "答复截止", nowrap: true, render: (row) => row.answerDueOn },
        ]}
      />
    </Section>
  );
}

function Lit({ lit }: { lit: Shown["lit"] }) {
  return (
    <Section title="红灯、黄灯项目" id="lights" flush>
      <DataTable
        caption="红灯、黄灯项目"
        rows={lit}
        rowKey={(row) => row.id}
        empty={<EmptyState title="在建项目全部正常" />}
        columns={[
          { key: "light", title: "进度灯", nowrap: true, render: (row) => <LightTag light={row.light} /> },
          {
            key: "name",
            title: "项目",
            primary: true,
            render: (row) => <a href={`/projects/${row.id}`}>{row.name}</a>,
          },
          { key: "unit", title: "单位", render: (row) => row.unitName },
          {
            key: "planned",
            title: "计划",
            unit: "%",
            align: "right",
            render: (row) => percentText(row.plannedPercent),
          },
          { key: "actual", title: "实际", unit: "%", align: "right", render: (row) => percentText(row.actualPercent) },
        ]}
      />
    </Section>
  );
}

const percentText = (percent: string | null): string | null =>
  percent === null ? null : toFixed(parseRational(percent), 1);

function Overdue({ overdue }: { overdue: Shown["overdue"] }) {
  return (
    <Section
      title="逾期督办"
      id="overdue"
      note={
        overdue.total > overdue.rows.length ? `共 ${overdue.total} 件，显示最早的 ${overdue.rows.length} 件` : undefined
      }
      actions={<a href="/supervision">全部督办事项</a>}
      flush
    >
      <DataTable
        caption="逾期督办事项"
        rows={overdue.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有逾期的督办事项" />}
        columns={[
          { key: "number", title: "编号", nowrap: true, render: (row) => row.number },
          {
            key: "title",
            title: "事项",
            primary: true,
            render: (row) => <a href={`/supervision/${row.id}`}>{row.title}</a>,
          },
          { key: "unit", title: "责任单位", render: (row) => row.unitName },
          {
            key: "colour",
            title: "督办单",
            nowrap: true,
            render: (row) => (
              <StatusTag tone={row.colour === "red" ? "bad" : row.colour === "none" ? "neutral" : "warn"}>
                {SLIP_COLOURS[row.colour]}
              </StatusTag>
            ),
          },
          { key: "due", title: "期限", nowrap: true, render: (row) => row.dueOn },
        ]}
      />
    </Section>
  );
}
