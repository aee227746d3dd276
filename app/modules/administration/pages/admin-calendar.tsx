import { useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { REGION_LEVELS } from "~/kernel/vocabulary";
import { DataTable, EmptyState, LinkButton, Notice, PageHead, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import {
  calendarHistory,
  daysOfRegions,
  listYears,
  readCalendar,
  readCalendarQuery,
} from "../calendar/calendar.queries.server";
import { sayCalendarEvent } from "../calendar/calendar.words";
import { CalendarYear, MissingYears, RegionalDays } from "../ui/CalendarView";

export const handle = crumbs(() => [{ label: "系统管理", href: "/admin" }, { label: "工作日历" }]);

const DONE: Readonly<Record<string, string>> = {
  list: "节假日安排已生效",
  added: "区域安排已登记",
  removed: "区域安排已撤销",
  reportingDay: "月报日已调整",
};

export const loader = pageLoader({
  access: "admin:system",
  load: async ({ ctx, query }) => {
    const { db, actor, today } = ctx;
    const [calendar, lists, ordered, history] = await Promise.all([
      readCalendar(db, actor, readCalendarQuery(query, actor, today), today),
      listYears(db),
      daysOfRegions(db, actor),
      calendarHistory(db, actor),
    ]);
    return {
      calendar,
      lists,
      ordered,
      nextYear: Number(today.slice(0, 4)) + 1,
      history: history.map(({ type, payload, ...row }) => ({ ...row, words: sayCalendarEvent(type, payload) })),
      done: DONE[query.get("done") ?? ""] ?? null,
    };
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function AdminCalendar() {
  const { calendar, lists, ordered, history, nextYear, done } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="工作日历维护"
        meta="节假日安排、区域另行安排的日期和月报日"
        actions={
          <>
            <LinkButton href="/admin/calendar/upload" variant="primary">
              上传节假日安排
            </LinkButton>
            <LinkButton href="/admin/calendar/days/new">登记区域安排</LinkButton>
          </>
        }
      />
      {done && (
        <Notice tone="good" title={done}>
          从现在起计算的工作日按新的日历；已经确定的到期日不变。
        </Notice>
      )}
      <MissingYears missing={calendar.missing} />
      <Lists lists={lists} nextYear={nextYear} />
      <Section title="区域另行安排的日期" note="优先于全国安排，对该区域及所辖全部区域有效" flush>
        <RegionalDays caption="区域另行安排的日期" days={ordered} hrefOf={(id) => `/admin/calendar/days/${id}`} />
      </Section>
      <ReportingDays regions={calendar.regions} />
      <CalendarYear action="/admin/calendar" calendar={calendar} />
      <History history={history} />
    </>
  );
}

function Lists({ lists, nextYear }: Pick<Loaded, "lists" | "nextYear">) {
  const hasNext = lists.some(({ year }) => year === nextYear);
  return (
    <Section
      title="全国节假日安排"
      note={hasNext ? undefined : `${nextYear}年尚未上传，国务院办公厅一般在 11 月发布通知`}
      flush
    >
      <DataTable
        caption="各年度节假日安排"
        rows={lists}
        rowKey={(row) => String(row.year)}
        empty={<EmptyState title="尚未上传节假日安排" explanation="没有安排的年度，工作日按周一至周五计算。" />}
        columns={[
          {
            key: "year",
            title: "年度",
            primary: true,
            nowrap: true,
            render: (row) => <a href={`/admin/calendar?year=${row.year}`}>{row.year}年</a>,
          },
          { key: "off", title: "放假", unit: "天", align: "right", render: (row) => row.daysOff },
          { key: "work", title: "调休上班", unit: "天", align: "right", render: (row) => row.makeUpDays },
          { key: "source", title: "来源", render: (row) => row.source },
          {
            key: "by",
            title: "上传",
            render: (row) =>
              row.enteredAt
                ? `${row.enteredBy ?? "已离职人员"} ${formatInstant(new Date(row.enteredAt))}`
                : "随系统提供",
          },
        ]}
      />
    </Section>
  );
}

function ReportingDays({ regions }: Pick<Loaded["calendar"], "regions">) {
  return (
    <Section title="月报日" note="次月这一天为按时报送的最后一天，遇休息日顺延；当月没有这一天的，取最后一天" flush>
      <DataTable
        caption="各区域月报日"
        rows={regions}
        rowKey={(row) => row.id}
        empty={<EmptyState title="没有区域" />}
        columns={[
          {
            key: "region",
            title: "区域",
            primary: true,
            render: (row) => <a href={`/admin/calendar/regions/${row.id}`}>{row.name}</a>,
          },
          { key: "level", title: "层级", render: (row) => REGION_LEVELS[row.level] },
          { key: "day", title: "月报日", align: "right", render: (row) => `每月 ${row.reportingDay} 日` },
        ]}
      />
    </Section>
  );
}

function History({ history }: Pick<Loaded, "history">) {
  return (
    <Section title="变动记录" note="最近 50 条" flush>
      <DataTable
        caption="工作日历的变动记录"
        rows={history}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有变动" />}
        columns={[
          { key: "what", title: "变动", primary: true, render: (row) => row.words },
          { key: "reason", title: "理由", render: (row) => row.reason },
          { key: "who", title: "办理人", nowrap: true, render: (row) => row.actorName },
          { key: "at", title: "时间", nowrap: true, render: (row) => formatInstant(new Date(row.at)) },
        ]}
      />
    </Section>
  );
}
