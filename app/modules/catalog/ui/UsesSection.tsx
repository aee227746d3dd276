import { DataTable, EmptyState, LinkButton, Section } from "~/ui";

export interface UsesSectionProps {
  readonly resourceId: string;
  /** the provider and the bureau see all, other units their own */
  readonly seesAll: boolean;
  readonly mayRecord: boolean;
  readonly uses: readonly {
    readonly id: string;
    readonly unitName: string;
    readonly demandId: string | null;
    readonly basis: string;
    readonly usedOn: string;
    readonly times: number;
  }[];
  readonly months: readonly {
    readonly month: string;
    readonly unitName: string;
    readonly days: number;
    readonly times: number;
  }[];
}

const counted = (times: number): string => times.toLocaleString("zh-CN");

/** Who used a resource, when, on what basis and how often: each use, and the sums of the months. */
export function UsesSection({ resourceId, seesAll, mayRecord, uses, months }: UsesSectionProps) {
  return (
    <Section
      title="使用情况"
      id="uses"
      flush
      note={seesAll ? "每一次使用都可追溯到单位、日期和依据" : "只列出本单位的使用"}
      actions={mayRecord && <LinkButton href={`/catalog/uses/new?resource=${resourceId}`}>登记使用</LinkButton>}
    >
      <DataTable
        caption="按月使用次数"
        rows={months}
        rowKey={(row) => `${row.month} ${row.unitName}`}
        empty={<EmptyState title="还没有使用记录" explanation="使用单位登记后列入这里，并计入提供单位的共享积分。" />}
        columns={[
          { key: "month", title: "月份", nowrap: true, render: (row) => row.month },
          { key: "unit", title: "使用单位", primary: true, render: (row) => row.unitName },
          { key: "days", title: "使用天数", align: "right", render: (row) => row.days },
          { key: "times", title: "使用次数", align: "right", render: (row) => counted(row.times) },
        ]}
      />
      {uses.length > 0 && (
        <details className="border-t border-line px-4 py-3">
          <summary className="cursor-pointer text-primary">逐次明细（最近 {uses.length} 条）</summary>
          <div className="-mx-4 mt-2">
            <DataTable
              caption="逐次使用"
              rows={uses}
              rowKey={(row) => row.id}
              empty={null}
              columns={[
                { key: "on", title: "日期", nowrap: true, render: (row) => row.usedOn },
                { key: "unit", title: "使用单位", primary: true, render: (row) => row.unitName },
                { key: "times", title: "次数", align: "right", render: (row) => counted(row.times) },
                {
                  key: "basis",
                  title: "使用依据",
                  render: (row) =>
                    row.demandId ? <a href={`/catalog/demands/${row.demandId}`}>{row.basis}</a> : row.basis,
                },
              ]}
            />
          </div>
        </details>
      )}
    </Section>
  );
}
