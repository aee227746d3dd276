import type { ReactNode } from "react";

import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { BLOCK_REASONS, type BlockReason } from "~/kernel/vocabulary";
import { DataTable, EmptyState, StatusTag, type Column } from "~/ui";

import { columnName, type CloudColumn } from "../cloud/rates/rates.rules";

export interface CloudTableRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  /** may the reader open the unit, or only its systems that he operates? */
  readonly opensUnit: boolean;
  readonly batch: string | null;
  readonly targetOn: LocalDate | null;
  readonly at: CloudColumn;
  readonly migrated: boolean;
  readonly stepsDone: number;
  readonly since: LocalDate;
  readonly blockReason: BlockReason | null;
  readonly blockedSince: LocalDate | null;
  readonly overdue: boolean;
}

interface CloudTableProps {
  readonly rows: readonly CloudTableRow[];
  readonly asOf: LocalDate;
  readonly hideUnit?: boolean;
  /** in a batch: all have its name and its target */
  readonly hideBatch?: boolean;
  /** a first column of its own: a checkbox */
  readonly choose?: (row: CloudTableRow) => ReactNode;
}

/** Systems on their way to the cloud, wherever they are listed. */
export function CloudTable({ rows, asOf, hideUnit, hideBatch, choose }: CloudTableProps) {
  const columns: (Column<CloudTableRow> | false | undefined)[] = [
    choose && { key: "choose", title: "选择", nowrap: true, render: choose },
    { key: "code", title: "编号", nowrap: true, wideOnly: true, render: (row) => row.code },
    { key: "name", title: "系统", primary: true, render: (row) => <a href={`/systems/${row.id}`}>{row.name}</a> },
    !hideUnit && {
      key: "unit",
      title: "单位",
      render: (row) => (row.opensUnit ? <a href={`/cloud/units/${row.unitId}`}>{row.unitName}</a> : row.unitName),
    },
    !hideBatch && { key: "batch", title: "批次", nowrap: true, render: (row) => row.batch },
    {
      key: "target",
      title: hideBatch ? "逾期" : "目标日期",
      nowrap: true,
      render: (row) =>
        row.targetOn &&
        (!hideBatch || row.overdue) && (
          <span>
            {!hideBatch && `${row.targetOn} `}
            {row.overdue && <StatusTag tone="bad">{`逾期 ${daysBetween(row.targetOn, asOf)} 天`}</StatusTag>}
          </span>
        ),
    },
    {
      key: "at",
      title: "进展",
      nowrap: true,
      render: (row) => <StatusTag tone={row.migrated ? "good" : "info"}>{columnName(row.at)}</StatusTag>,
    },
    {
      key: "days",
      title: "停留",
      unit: "天",
      align: "right",
      render: (row) => (row.migrated ? null : daysBetween(row.since, asOf)),
    },
    {
      key: "block",
      title: "受阻",
      render: (row) =>
        row.blockReason &&
        !row.migrated && (
          <span>
            <StatusTag tone="warn">{BLOCK_REASONS[row.blockReason]}</StatusTag>
            {row.blockedSince && <span className="ml-1 whitespace-nowrap text-secondary">自 {row.blockedSince}</span>}
          </span>
        ),
    },
  ];
  return (
    <DataTable
      caption="上云清单"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="没有符合条件的系统" explanation="请放宽查询条件，或换一个截至日期。" />}
      columns={columns.filter((column): column is Column<CloudTableRow> => Boolean(column))}
    />
  );
}
