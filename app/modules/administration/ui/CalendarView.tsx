import { formatInstant, type LocalDate } from "~/kernel/local-date";
import type { MissingYear } from "~/kernel/work-calendar";
import { DataTable, EmptyState, Notice, QueryBar, Section } from "~/ui";

import { dayWord, sayMissingYear } from "../calendar/calendar.words";
import { YearCalendar, type MarkedDay } from "./YearCalendar";

/** The lists that are missing today, the worst first. */
export function MissingYears({ missing }: { readonly missing: readonly MissingYear[] }) {
  return (
    <>
      {missing.map((each) => (
        <Notice key={each.year} tone={each.late ? "bad" : "warn"} title={`缺少${each.year}年节假日安排`}>
          {sayMissingYear(each)}
        </Notice>
      ))}
    </>
  );
}

export interface RegionalDayRow {
  readonly id: string;
  readonly day: LocalDate;
  readonly off: boolean;
  readonly name: string;
  readonly source: string;
  readonly regionName: string;
  readonly enteredBy: string | null;
  /** an instant as the page got it */
  readonly enteredAt: string | Date | null;
}

/** Days that regions ordered for themselves and all below them; a day leads to its page where it can be taken back. */
export function RegionalDays({
  caption,
  days,
  hrefOf,
}: {
  readonly caption: string;
  readonly days: readonly RegionalDayRow[];
  readonly hrefOf?: (id: string) => string;
}) {
  return (
    <DataTable
      caption={caption}
      rows={days}
      rowKey={(row) => row.id}
      empty={
        <EmptyState
          title="没有区域另行安排的日期"
          explanation="市庆、台风停工等由本区域决定的放假或上班，登记后列在这里。"
        />
      }
      columns={[
        {
          key: "day",
          title: "日期",
          primary: true,
          nowrap: true,
          render: (row) => (hrefOf ? <a href={hrefOf(row.id)}>{row.day}</a> : row.day),
        },
        { key: "kind", title: "休/班", nowrap: true, render: (row) => dayWord(row.off) },
        { key: "name", title: "名称", render: (row) => row.name },
        { key: "region", title: "适用区域", render: (row) => `${row.regionName}及所辖` },
        { key: "source", title: "依据", render: (row) => row.source },
        {
          key: "by",
          title: "登记",
          render: (row) =>
            row.enteredAt ? `${row.enteredBy ?? "已离职人员"} ${formatInstant(new Date(row.enteredAt))}` : "随系统提供",
        },
      ]}
    />
  );
}

export interface CalendarYearProps {
  /** address of the page: the question is asked there */
  readonly action: string;
  readonly calendar: {
    readonly year: number;
    readonly years: readonly number[];
    readonly listed: boolean;
    readonly region: { readonly id: string; readonly name: string } | null;
    readonly regions: readonly { readonly id: string; readonly name: string }[];
    readonly days: readonly MarkedDay[];
  };
}

/** The year of a region, with the choice of another year or region. */
export function CalendarYear({ action, calendar }: CalendarYearProps) {
  const { year, years, listed, region, regions, days } = calendar;
  return (
    <>
      <QueryBar
        action={action}
        resetHref={action}
        filters={[
          {
            name: "year",
            label: "年度",
            value: String(year),
            options: years.map((each) => ({ value: String(each), label: `${each}年` })),
          },
          ...(regions.length > 1
            ? [
                {
                  name: "region",
                  label: "区域",
                  value: region?.id ?? "",
                  options: regions.map(({ id, name }) => ({ value: id, label: name })),
                },
              ]
            : []),
        ]}
      />
      <Section title={`${year}年工作日历`} note={region?.name}>
        {!listed && (
          <Notice tone="warn" title={`${year}年按周末推算`}>
            这一年的节假日安排尚未上传。跨入这一年的期限，剩余工作日只扣除周六、周日，法定节假日和调休没有计入。
          </Notice>
        )}
        <YearCalendar year={year} days={days} />
      </Section>
    </>
  );
}
