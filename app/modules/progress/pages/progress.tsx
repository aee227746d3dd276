import { useLoaderData } from "@remix-run/react";

import { daysBetween, formatOfficialDate, localDate, type LocalDate } from "~/kernel/local-date";
import { formatPeriod, period as periodFrom } from "~/kernel/period";
import { multiply, type Rational, rational, toFixed } from "~/kernel/rational";
import { COORDINATION_STATES } from "~/kernel/vocabulary";
import {
  Chart,
  DataTable,
  EmptyState,
  Figure,
  LightTag,
  LinkButton,
  PageHead,
  Section,
  StatGrid,
  StatusTag,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { idParams, pageLoader } from "~/web/page.server";

import { mattersOfProject } from "../coordination/coordination.queries.server";
import { coordinationTone } from "../coordination/coordination.words";
import { readCourse } from "../plan/course.queries.server";
import { COURSE_DEFINITIONS, sayForecast, sayGap } from "../plan/course.words";
import { drawMoney, drawProgress } from "../plan/draw-course.server";

export const handle = crumbs<{ project: { id: string; name: string } }>((data) => [
  { label: "项目", href: "/projects" },
  { label: data.project.name, href: `/projects/${data.project.id}` },
  { label: "进度曲线" },
]);

export const loader = pageLoader({
  access: "report:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { course, forecast, start, finish, ...found } = await readCourse(ctx.db, ctx.actor, params.id, ctx.today);
    const matters = await mattersOfProject(ctx.db, params.id);
    const months = course?.map(shownMonth) ?? [];
    const reported = months.filter(({ actual }) => actual !== null);
    const isPast = ({ period }: { period: string }) => period <= ctx.today.slice(0, 7);
    return {
      ...found,
      months,
      latest: reported.at(-1) ?? null,
      paid:
        months
          .filter(isPast)
          .filter(({ paid }) => paid !== null)
          .at(-1) ?? null,
      forecast: sayForecast(forecast, finish, found.forecastMonths),
      plan: start && finish && { start, finish, days: daysBetween(start, finish) },
      drawings: course && { progress: drawProgress(course), money: drawMoney(course) },
      matters,
      today: ctx.today,
    };
  },
});

const percentOf = (share: Rational | null): string | null => share && toFixed(multiply(share, rational(100)), 2);

/** A month as it is shown: every figure rounded once, here. */
const shownMonth = (month: NonNullable<Awaited<ReturnType<typeof readCourse>>["course"]>[number]) => ({
  period: month.period,
  day: month.day,
  planned: toFixed(month.planned, 2),
  actual: month.actual && toFixed(month.actual, 2),
  gap: month.gap && toFixed(month.gap, 2),
  light: month.light,
  time: toFixed(multiply(month.timeShare, rational(100)), 2),
  paid: percentOf(month.paidShare),
  moneyGap: month.moneyGap && toFixed(month.moneyGap, 2),
});

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Progress() {
  const data = useLoaderData<typeof loader>();
  const { project, unitName, plan, drawings } = data;
  return (
    <>
      <PageHead
        title={`${project.name}进度曲线`}
        code={project.code}
        light={project.light}
        meta={
          <>
            <a href={`/projects/${project.id}`}>{project.name}</a>
            <span>{unitName}</span>
          </>
        }
        actions={<LinkButton href={`/projects/${project.id}?tab=progress`}>月报一览</LinkButton>}
      />
      {plan && drawings ? (
        <>
          <Tiles data={data} />
          <Section title="完工预测" id="forecast">
            <p className="text-base">{data.forecast.said}</p>
            <p className="mt-1 text-[0.8125rem] text-secondary">{data.forecast.method}</p>
          </Section>
          <Section title="计划与实际">
            <Chart
              title="计划进度与实际进度"
              description={describe(data)}
              wide={drawings.progress.wide}
              narrow={drawings.progress.narrow}
            >
              <ProgressTable data={data} />
            </Chart>
          </Section>
          <Section title="资金与时间">
            <Chart
              title="支付进度与时间进度"
              description={COURSE_DEFINITIONS.money}
              wide={drawings.money.wide}
              narrow={drawings.money.narrow}
            >
              <MoneyTable months={data.months.filter(({ paid }) => paid !== null)} />
            </Chart>
          </Section>
        </>
      ) : (
        <Section>
          <EmptyState title="还没有进度计划" explanation="立项时填写起止日期和里程碑后，这里按月显示计划与实际。" />
        </Section>
      )}
      <Matters matters={data.matters} />
    </>
  );
}

function describe({ months, latest }: Data): string {
  const lit = (light: "red" | "yellow") => months.filter((month) => month.light === light).length;
  const marks = `实际曲线上方块为滞后月份（${lit("red")} 个），三角为预警月份（${lit("yellow")} 个），圆点为正常。`;
  if (!latest?.actual) return `尚无已签批的月报，只有计划曲线。`;
  return `${formatPeriod(periodFrom(latest.period))}实际 ${latest.actual}%，计划 ${latest.planned}%，${sayGap(latest.gap)}。${marks}`;
}

const cutoffOf = (day: LocalDate): string => formatOfficialDate(localDate(day));

function Tiles({ data: { latest, paid, plan, today, project } }: { readonly data: Data }) {
  const cutoff = latest ? cutoffOf(latest.day) : cutoffOf(today);
  const report = latest ? `/projects/${project.id}/reports/${latest.period}` : undefined;
  return (
    <StatGrid>
      <Figure
        label="实际进度"
        value={latest ? `${latest.actual}%` : "—"}
        definition={COURSE_DEFINITIONS.actual}
        cutoff={cutoff}
        href={report}
      />
      <Figure
        label="计划进度"
        value={latest ? `${latest.planned}%` : "—"}
        definition={COURSE_DEFINITIONS.planned}
        cutoff={cutoff}
      />
      <Figure
        label="与计划之差"
        value={latest?.gap ?? "—"}
        unit="个百分点"
        definition={COURSE_DEFINITIONS.gap}
        cutoff={cutoff}
        tone={latest?.gap?.startsWith("-") ? "warn" : "neutral"}
        note={sayGap(latest?.gap ?? null)}
      />
      <Figure
        label="支付与时间之差"
        value={paid?.moneyGap ?? "—"}
        unit="个百分点"
        definition={COURSE_DEFINITIONS.money}
        cutoff={cutoffOf(today)}
        note={paid ? `支付 ${paid.paid}%，时间 ${paid.time}%` : "尚未批复金额"}
      />
      <Figure
        label="计划完工"
        value={<span className="text-base">{plan && formatOfficialDate(localDate(plan.finish))}</span>}
        definition={COURSE_DEFINITIONS.finish}
        cutoff={cutoffOf(today)}
        note={plan && `计划工期 ${plan.days} 天`}
      />
    </StatGrid>
  );
}

function ProgressTable({ data: { months, project } }: { readonly data: Data }) {
  return (
    <DataTable
      caption="各月计划进度与实际进度"
      rows={months}
      rowKey={(row) => row.period}
      empty={null}
      columns={[
        {
          key: "period",
          title: "月份",
          primary: true,
          render: (row) =>
            row.actual === null ? (
              formatPeriod(periodFrom(row.period))
            ) : (
              <a href={`/projects/${project.id}/reports/${row.period}`}>{formatPeriod(periodFrom(row.period))}</a>
            ),
        },
        { key: "day", title: "截至", nowrap: true, wideOnly: true, render: (row) => row.day },
        { key: "planned", title: "计划", unit: "%", align: "right", render: (row) => row.planned },
        { key: "actual", title: "实际", unit: "%", align: "right", render: (row) => row.actual },
        { key: "gap", title: "差距", unit: "个百分点", align: "right", render: (row) => row.gap },
        { key: "light", title: "进度灯", nowrap: true, render: (row) => row.light && <LightTag light={row.light} /> },
      ]}
    />
  );
}

function MoneyTable({ months }: { readonly months: Data["months"] }) {
  return (
    <DataTable
      caption="各月支付进度与时间进度"
      rows={months}
      rowKey={(row) => row.period}
      empty={<EmptyState title="尚无批复金额" explanation="批复后，这里按月显示财政确认的支付。" />}
      columns={[
        { key: "period", title: "月份", primary: true, render: (row) => formatPeriod(periodFrom(row.period)) },
        { key: "paid", title: "支付", unit: "%", align: "right", render: (row) => row.paid },
        { key: "time", title: "时间", unit: "%", align: "right", render: (row) => row.time },
        { key: "gap", title: "差距", unit: "个百分点", align: "right", render: (row) => row.moneyGap },
      ]}
    />
  );
}

function Matters({ matters }: { readonly matters: Data["matters"] }) {
  return (
    <Section title="需协调事项" id="coordination" flush>
      <DataTable
        caption="需协调事项"
        rows={matters}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="没有需协调事项"
            explanation="在月报“需协调事项”中填写、分管领导签批后，提请领导小组协调。"
          />
        }
        columns={[
          {
            key: "text",
            title: "事项",
            primary: true,
            render: (row) => <a href={`/coordination/${row.id}`}>{row.text}</a>,
          },
          {
            key: "state",
            title: "状态",
            nowrap: true,
            render: (row) => <StatusTag tone={coordinationTone(row.state)}>{COORDINATION_STATES[row.state]}</StatusTag>,
          },
          { key: "raised", title: "提出日期", nowrap: true, render: (row) => row.raisedOn },
          { key: "answer", title: "答复", render: (row) => row.answer },
        ]}
      />
    </Section>
  );
}
