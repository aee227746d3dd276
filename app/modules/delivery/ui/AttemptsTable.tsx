import { formatInstant } from "~/kernel/local-date";
import { DataTable, EmptyState, StatusTag } from "~/ui";

import { outcomeWords } from "../delivery.words";

interface Attempt {
  readonly id: string;
  readonly number: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: number | null;
  readonly error: string | null;
}

/** Every attempt as it went, the latest first. */
export function AttemptsTable({ attempts, beingSent }: { attempts: readonly Attempt[]; beingSent: boolean }) {
  const outcome = ({ endedAt, ...attempt }: Attempt, index: number) => {
    if (endedAt === null)
      return beingSent && index === 0 ? "正在发送" : "发送的进程中断，结果未知；之后以同一编号再次发送";
    return outcomeWords(attempt);
  };
  return (
    <DataTable
      caption="发送记录"
      rows={attempts}
      rowKey={(row) => row.id}
      empty={<EmptyState title="还没有发送" explanation="轮到这次交付时自动发送，每次发送都记在这里。" />}
      columns={[
        { key: "number", title: "第几次", primary: true, nowrap: true, render: (row) => `第 ${row.number} 次` },
        { key: "at", title: "发送时间", nowrap: true, render: (row) => formatInstant(new Date(row.startedAt)) },
        {
          key: "took",
          title: "用时",
          unit: "秒",
          align: "right",
          render: ({ startedAt, endedAt }) =>
            endedAt && ((new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1000).toFixed(1),
        },
        {
          key: "well",
          title: "是否送达",
          nowrap: true,
          render: ({ endedAt, error }) =>
            endedAt !== null && (
              <StatusTag tone={error === null ? "good" : "bad"}>{error === null ? "送达" : "未送达"}</StatusTag>
            ),
        },
        { key: "outcome", title: "结果", render: outcome },
      ]}
    />
  );
}
