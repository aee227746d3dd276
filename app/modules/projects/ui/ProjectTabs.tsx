import { sumFen, type Fen } from "~/kernel/fen";
import { formatInstant, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { formatPeriod, type Period } from "~/kernel/period";
import { parseRational, toFixed } from "~/kernel/rational";
import { BUDGET_CATEGORIES, type BudgetCategory, type Light } from "~/kernel/vocabulary";
import { Amount, DataTable, DescriptionList, EmptyState, LightTag, Section } from "~/ui";

export interface ReviewedLine {
  readonly id: string;
  readonly category: BudgetCategory;
  readonly name: string;
  readonly quantity: string;
  readonly measureUnit: string;
  readonly unitPriceFen: Fen;
  readonly declaredFen: Fen;
  readonly reviewedFen: Fen | null;
  readonly cutReason: string | null;
}

/** The budget lines as declared and as finance reviewed them. */
export function MoneyLines({ lines, reviewedFen }: { lines: readonly ReviewedLine[]; reviewedFen: Fen | null }) {
  return (
    <Section title="概算与核定" flush>
      <DataTable
        caption="概算与核定"
        rows={lines}
        rowKey={(row) => row.id}
        empty={<EmptyState title="还没有概算明细" />}
        columns={[
          { key: "name", title: "明细", primary: true, render: (row) => row.name },
          { key: "category", title: "类别", nowrap: true, render: (row) => BUDGET_CATEGORIES[row.category] },
          {
            key: "quantity",
            title: "数量",
            align: "right",
            wideOnly: true,
            render: (row) => `${Number(row.quantity)} ${row.measureUnit}`,
          },
          {
            key: "price",
            title: "单价",
            unit: "万元",
            align: "right",
            wideOnly: true,
            render: (row) => <Amount fen={row.unitPriceFen} digits={4} />,
          },
          {
            key: "declared",
            title: "申报",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.declaredFen} />,
            total: <Amount fen={sumFen(lines.map((line) => line.declaredFen))} />,
          },
          {
            key: "reviewed",
            title: "核定",
            unit: "万元",
            align: "right",
            render: (row) => <Amount fen={row.reviewedFen} />,
            total: <Amount fen={reviewedFen} />,
          },
          { key: "reason", title: "核减理由", render: (row) => row.cutReason },
        ]}
      />
    </Section>
  );
}

export interface ReportRow {
  readonly period: Period;
  readonly dueOn: LocalDate;
  /** as JSON brings it */
  readonly firstSubmittedAt: string | null;
  readonly plannedPercent: string | null;
  readonly actualPercent: string | null;
  readonly light: Light | null;
}

/** The monthly reports of this project. */
export function ReportRows({ projectId, reports }: { projectId: string; reports: readonly ReportRow[] }) {
  return (
    <Section
      title="月度进度"
      actions={<a href={`/projects/${projectId}/progress`}>进度曲线、完工预测与需协调事项</a>}
      flush
    >
      <DataTable
        caption="月度进度"
        rows={reports}
        rowKey={(row) => row.period}
        empty={<EmptyState title="还没有月报" explanation="开工后按月填报。" />}
        columns={[
          {
            key: "period",
            title: "月份",
            primary: true,
            render: (row) => <a href={`/projects/${projectId}/reports/${row.period}`}>{formatPeriod(row.period)}</a>,
          },
          { key: "due", title: "应报日期", nowrap: true, render: (row) => formatOfficialDate(row.dueOn) },
          {
            key: "submitted",
            title: "首次报送",
            nowrap: true,
            render: (row) => (row.firstSubmittedAt ? formatInstant(new Date(row.firstSubmittedAt)) : "未报送"),
          },
          { key: "planned", title: "计划", unit: "%", align: "right", render: (row) => percent(row.plannedPercent) },
          { key: "actual", title: "实际", unit: "%", align: "right", render: (row) => percent(row.actualPercent) },
          { key: "light", title: "灯", nowrap: true, render: (row) => <LightTag light={row.light} /> },
        ]}
      />
    </Section>
  );
}

const percent = (value: string | null): string | null => (value === null ? null : toFixed(parseRational(value), 1));

/** The amounts of a project at a glance. */
export function AmountsAtAGlance(amounts: { declaredFen: Fen; reviewedFen: Fen | null; approvedFen: Fen | null }) {
  return (
    <DescriptionList
      columns={3}
      items={[
        { term: "申报金额", detail: <Amount fen={amounts.declaredFen} unit /> },
        { term: "核定金额", detail: <Amount fen={amounts.reviewedFen} unit={amounts.reviewedFen !== null} /> },
        { term: "批复金额", detail: <Amount fen={amounts.approvedFen} unit={amounts.approvedFen !== null} /> },
      ]}
    />
  );
}
