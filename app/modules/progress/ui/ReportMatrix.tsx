import { monthOf, type Period } from "~/kernel/period";
import { keysOf, LIGHTS, REPORT_STATUSES, type Light, type ReportStatus } from "~/kernel/vocabulary";
import { DataTable, EmptyState, LightTag, StatusTag, type Column } from "~/ui";

import type { MonthCount } from "../matrix/month-count";
import { reportStatusTone } from "../report/report.words";

/** The address of the reports behind a count. */
export type ListHref = (of: {
  readonly period: Period;
  readonly unit?: string;
  readonly status?: ReportStatus;
  readonly light?: Light;
}) => string;

/** A phone shows this many months of a row; the rest are a tap away. */
const MONTHS_ON_PHONE = 3;

/** "7月", and the year where it begins */
const shortMonth = (month: Period): string =>
  monthOf(month) === 1 ? `${month.slice(2, 4)}年1月` : `${monthOf(month)}月`;

const NOTHING = (
  <EmptyState title="没有符合条件的月报" explanation="项目开工后按月产生月报任务；也可放宽上面的条件再查。" />
);

function monthColumns<Row>(
  periods: readonly Period[],
  counts: readonly MonthCount[],
  listHref: ListHref,
  render: (row: Row, month: Period) => React.ReactNode,
): Column<Row>[] {
  return periods.map((month, index) => ({
    key: month,
    title: shortMonth(month),
    align: "center",
    nowrap: true,
    wideOnly: index < periods.length - MONTHS_ON_PHONE,
    render: (row) => render(row, month),
    total: (
      <Counts
        of={(status) =>
          counts.filter((c) => c.period === month && c.status === status).reduce((sum, { n }) => sum + n, 0)
        }
        href={(status) => listHref({ period: month, status })}
        statuses={["onTime", "late", "missing"]}
        showZero
      />
    ),
  }));
}

/** Counts of a month, each leading to its reports; a status that no report has is left out. */
function Counts({
  of,
  href,
  statuses = keysOf(REPORT_STATUSES),
  showZero = false,
}: {
  readonly of: (status: ReportStatus) => number;
  readonly href: (status: ReportStatus) => string;
  readonly statuses?: readonly ReportStatus[];
  readonly showZero?: boolean;
}) {
  return (
    <span className="text-xs font-normal">
      {statuses
        .filter((status) => showZero || of(status) > 0)
        .map((status) => (
          <a key={status} href={href(status)} className="block whitespace-nowrap">
            {REPORT_STATUSES[status]} {of(status)}
          </a>
        ))}
    </span>
  );
}

export interface UnitCell {
  readonly unitId: string;
  readonly period: Period;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly notDue: number;
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
}

interface UnitMatrixProps {
  readonly rows: readonly { readonly id: string; readonly name: string }[];
  readonly cells: readonly UnitCell[];
  readonly periods: readonly Period[];
  readonly counts: readonly MonthCount[];
  readonly listHref: ListHref;
  /** the projects of a unit */
  readonly unitHref: (unitId: string) => string;
}

const WORST_FIRST = ["red", "yellow", "green"] as const;

/** Units × months: how many reports stand how, and the worst light of them. */
export function UnitMatrix({ rows, cells, periods, counts, listHref, unitHref }: UnitMatrixProps) {
  const cellAt = new Map(cells.map((cell) => [`${cell.unitId} ${cell.period}`, cell]));
  return (
    <DataTable
      caption="单位、月份的月报报送情况与最差进度灯"
      rows={rows}
      rowKey={(row) => row.id}
      empty={NOTHING}
      columns={[
        {
          key: "unit",
          title: "单位",
          primary: true,
          total: "合计",
          render: (row) => <a href={unitHref(row.id)}>{row.name}</a>,
        },
        ...monthColumns<UnitMatrixProps["rows"][number]>(periods, counts, listHref, (row, period) => {
          const cell = cellAt.get(`${row.id} ${period}`);
          if (!cell) return null;
          const worst = WORST_FIRST.find((light) => cell[light] > 0);
          return (
            <span className="inline-block text-center">
              <Counts of={(status) => cell[status]} href={(status) => listHref({ period, unit: row.id, status })} />
              {worst && (
                <a href={listHref({ period, unit: row.id, light: worst })} className="text-xs">
                  <LightTag light={worst} word={`${LIGHTS[worst]} ${cell[worst]}`} />
                </a>
              )}
            </span>
          );
        }),
      ]}
    />
  );
}

interface ProjectMatrixProps {
  readonly rows: readonly { readonly id: string; readonly name: string; readonly unitName: string }[];
  readonly cells: readonly {
    readonly projectId: string;
    readonly period: Period;
    readonly status: ReportStatus;
    readonly light: Light | null;
  }[];
  readonly periods: readonly Period[];
  readonly counts: readonly MonthCount[];
  readonly listHref: ListHref;
}

/** Projects × months: each report with its light. */
export function ProjectMatrix({ rows, cells, periods, counts, listHref }: ProjectMatrixProps) {
  const cellAt = new Map(cells.map((cell) => [`${cell.projectId} ${cell.period}`, cell]));
  return (
    <DataTable
      caption="单位、项目、月份的月报报送与进度灯"
      rows={rows}
      rowKey={(row) => row.id}
      empty={NOTHING}
      columns={[
        {
          key: "project",
          title: "项目",
          primary: true,
          total: "合计",
          render: (row) => <a href={`/projects/${row.id}/progress`}>{row.name}</a>,
        },
        { key: "unit", title: "单位", render: (row) => row.unitName },
        ...monthColumns<ProjectMatrixProps["rows"][number]>(periods, counts, listHref, (row, period) => {
          const cell = cellAt.get(`${row.id} ${period}`);
          if (!cell) return null;
          return (
            <a href={`/projects/${row.id}/reports/${period}`} className="inline-flex flex-col items-center gap-0.5">
              <StatusTag tone={reportStatusTone(cell.status)}>{REPORT_STATUSES[cell.status]}</StatusTag>
              {cell.light && (
                <span className="text-xs">
                  <LightTag light={cell.light} word={LIGHTS[cell.light]} />
                </span>
              )}
            </a>
          );
        }),
      ]}
    />
  );
}
