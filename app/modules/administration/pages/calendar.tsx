import { useLoaderData } from "@remix-run/react";

import { canEver } from "~/policy";
import { LinkButton, Notice, PageHead, Section } from "~/ui";
import { crumbs } from "~/web/crumbs";
import { pageLoader } from "~/web/page.server";

import { readCalendar, readCalendarQuery } from "../calendar/calendar.queries.server";
import { CalendarYear, MissingYears, RegionalDays } from "../ui/CalendarView";

export const handle = crumbs(() => [{ label: "工作日历" }]);

export const loader = pageLoader({
  access: "figure:read",
  load: async ({ ctx, query }) => ({
    calendar: await readCalendar(ctx.db, ctx.actor, readCalendarQuery(query, ctx.actor, ctx.today), ctx.today),
    mayEnter: canEver(ctx.actor, "admin:system"),
  }),
});

export default function WorkCalendarPage() {
  const { calendar, mayEnter } = useLoaderData<typeof loader>();
  const { year, region, regional, missing } = calendar;
  return (
    <>
      <PageHead
        title="工作日历"
        meta="所有“工作日”期限按这里计算"
        actions={mayEnter && <LinkButton href="/admin/calendar">维护工作日历</LinkButton>}
      />
      <MissingYears missing={missing} />
      <Notice tone="info">
        法定节假日和调休以国务院办公厅每年的通知为准；本区域及上级区域另行安排的日期优先。期限的到期日在开始时确定，日历更新后不再变动。
        {region && ` ${region.name}的月报日为每月 ${region.reportingDay} 日（遇休息日顺延）。`}
      </Notice>
      <CalendarYear action="/calendar" calendar={calendar} />
      <Section title={`${year}年区域另行安排`} flush>
        <RegionalDays caption={`${year}年区域另行安排的日期`} days={regional} />
      </Section>
    </>
  );
}
