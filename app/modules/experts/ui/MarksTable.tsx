import type { ExpertVerdict } from "~/kernel/vocabulary";
import { DataTable } from "~/ui";

import { CRITERIA, CRITERION_KEYS, type Criterion, type Marks } from "../criteria";

export interface Marked {
  readonly id: string;
  readonly name: string;
  readonly marks: Marks | null;
  readonly verdict: ExpertVerdict | null;
  readonly opinion: string | null;
}

interface CriterionRow {
  readonly criterion: Criterion;
  readonly average: string | null;
  readonly lowest: number | null;
  readonly highest: number | null;
}

/** Every expert's mark for every criterion, with the mean. */
export function MarksTable({ figures, members }: { figures: readonly CriterionRow[]; members: readonly Marked[] }) {
  const given = members.filter(({ marks }) => marks !== null);
  return (
    <DataTable
      caption="评分汇总"
      rows={figures}
      rowKey={(row) => row.criterion}
      empty={null}
      columns={[
        {
          key: "criterion",
          title: "评审项",
          primary: true,
          nowrap: true,
          render: (row) => CRITERIA[row.criterion].label,
        },
        ...given.map((member) => ({
          key: member.id,
          title: member.name,
          align: "right" as const,
          render: (row: CriterionRow) => member.marks?.[row.criterion].mark ?? "—",
        })),
        {
          key: "average",
          title: "平均",
          unit: "分",
          align: "right",
          render: (row) => <strong>{row.average ?? "—"}</strong>,
        },
        {
          key: "spread",
          title: "最低–最高",
          align: "right",
          render: (row) => (row.lowest === null ? "—" : `${row.lowest}–${row.highest}`),
        },
      ]}
    />
  );
}

/** What each expert wrote. */
export function Opinions({ members }: { members: readonly Marked[] }) {
  return (
    <ul className="divide-y divide-line">
      {members.flatMap(({ id, name, marks, opinion }) =>
        marks === null
          ? []
          : [
              <li key={id} className="py-3 first:pt-0 last:pb-0">
                <p className="font-medium">{name}</p>
                <p className="whitespace-pre-line break-words">{opinion}</p>
                <details className="mt-1 print:hidden">
                  <summary className="cursor-pointer text-primary">各项评分理由</summary>
                  <ul className="mt-1 space-y-1 text-[0.8125rem]">
                    {CRITERION_KEYS.filter((criterion) => marks[criterion].mark !== null).map((criterion) => (
                      <li key={criterion} className="break-words">
                        <span className="text-secondary">
                          {CRITERIA[criterion].label}（{marks[criterion].mark} 分）：
                        </span>
                        {marks[criterion].remark}
                      </li>
                    ))}
                  </ul>
                </details>
              </li>,
            ],
      )}
    </ul>
  );
}
