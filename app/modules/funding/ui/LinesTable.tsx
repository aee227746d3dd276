import type { ReactNode } from "react";

import type { Fen } from "~/kernel/fen";
import { BUDGET_CATEGORIES, type BudgetCategory } from "~/kernel/vocabulary";
import { Amount, DataTable, EmptyState, type Column } from "~/ui";

import type { MoneyUnit } from "../funding.schema";
import { cutOf, fundingTotals } from "../line.rules";
import { exactDigits } from "./money-text";

export interface ShownLine {
  readonly id: string;
  readonly category: BudgetCategory;
  readonly name: string;
  readonly quantity: string;
  readonly measureUnit: string;
  readonly unitPriceFen: Fen;
  readonly declaredFen: Fen;
  readonly reviewedFen: Fen | null;
  readonly cutReason: string | null;
  readonly reviewerName: string | null;
}

interface LinesTableProps {
  /** with the reviewed amounts that the totals shall count, be they saved or just typed */
  readonly lines: readonly ShownLine[];
  readonly unit: MoneyUnit;
  /** how the two columns that finance fills in are shown */
  readonly reviewed: (line: ShownLine, index: number, money: (amount: Fen | null) => ReactNode) => ReactNode;
  readonly reason: (line: ShownLine, index: number) => ReactNode;
  /** under the price: what similar lines cost */
  readonly compared: (line: ShownLine) => ReactNode;
}

/** The budget lines of a review with totals that always add up: declared = reviewed + cut + still open. */
export function LinesTable({ lines, unit, reviewed, reason, compared }: LinesTableProps) {
  const totals = fundingTotals(lines);
  const word = unit === "wan" ? "万元" : "元";
  const shown = lines.flatMap((line) => [line.unitPriceFen, line.declaredFen, line.reviewedFen ?? line.declaredFen]);
  const digits = exactDigits(shown);
  const money = (amount: Fen | null) => <Amount fen={amount} in={unit} digits={digits} />;
  const amounts: Column<ShownLine>[] = [
    {
      key: "declared",
      title: "申报",
      unit: word,
      align: "right",
      render: (line) => money(line.declaredFen),
      total: money(totals.declaredFen),
    },
    {
      key: "reviewed",
      title: "核定",
      unit: word,
      align: "right",
      render: (line, index) => reviewed(line, index, money),
      total: money(totals.reviewedFen),
    },
    {
      key: "cut",
      title: "核减",
      unit: word,
      align: "right",
      render: (line) => money(cutOf(line)),
      total: money(totals.cutFen),
    },
  ];
  return (
    <DataTable
      caption="概算明细核定"
      rows={lines}
      rowKey={(line) => line.id}
      empty={<EmptyState title="没有概算明细" explanation="申报单位没有填报概算明细，请退回补正。" />}
      columns={[
        {
          key: "name",
          title: "明细",
          primary: true,
          render: (line) => (
            <>
              {line.name}
              <span className="block text-[0.8125rem] font-normal text-secondary">
                {BUDGET_CATEGORIES[line.category]}
                {line.reviewerName && ` · ${line.reviewerName}核定`}
              </span>
            </>
          ),
        },
        {
          key: "price",
          title: "数量 × 单价",
          unit: word,
          align: "right",
          render: (line) => (
            <span>
              {Number(line.quantity)} {line.measureUnit} × {money(line.unitPriceFen)}
              {compared(line)}
            </span>
          ),
        },
        ...amounts,
        {
          key: "reason",
          title: "核减理由",
          render: reason,
          total: totals.openLines > 0 && (
            <span>
              未核定 {totals.openLines} 行，申报 {money(totals.openFen)} {word}
            </span>
          ),
        },
      ]}
    />
  );
}
