import { parseRational, toFixed } from "~/kernel/rational";
import { Amount, StatusTag } from "~/ui";

import type { MoneyUnit } from "../funding.schema";
import { judgePrice, unitPriceOf, type SimilarPrices } from "../price/price.rules";
import type { ShownLine } from "./LinesTable";
import { shownPrice } from "./money-text";

interface PriceHintProps {
  /** with its reviewed amount, be it saved or just typed */
  readonly line: ShownLine;
  readonly prices: SimilarPrices | undefined;
  readonly highPercent: string;
  readonly unit: MoneyUnit;
  /** the lines behind the figures */
  readonly href: string;
}

/** What similar lines cost, beside a line: their number and median, and how far this price lies above it when that is much. */
export function PriceHint({ line, prices, highPercent, unit, href }: PriceHintProps) {
  if (!prices) return <span className="block text-[0.8125rem] text-secondary">无同类明细可比</span>;
  const median = parseRational(prices.median);
  const price = unitPriceOf(line.reviewedFen ?? line.declaredFen, line.quantity);
  const standing = judgePrice(price, median, parseRational(highPercent));
  return (
    <span className="block text-[0.8125rem]">
      <a href={href} className="inline-block">
        <span className="sr-only">{line.name}的单价比对：</span>
        同类 {prices.count} 条，中位 <Amount fen={shownPrice(median)} in={unit} digits={4} />
      </a>
      {standing?.isHigh && (
        <span className="ml-1">
          <StatusTag tone="warn">
            {line.reviewedFen === null ? "申报" : "核定"}高 {toFixed(standing.deviation, 1)}%
          </StatusTag>
        </span>
      )}
    </span>
  );
}
