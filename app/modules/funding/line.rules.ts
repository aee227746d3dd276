import { fen, sumFen, type Fen } from "~/kernel/fen";

/** A budget line as its review sees it. */
export interface ReviewedLine {
  readonly declaredFen: Fen;
  /** null: not reviewed yet, which is not zero */
  readonly reviewedFen: Fen | null;
}

export type LineCode = "reviewedAboveDeclared" | "reviewedNegative" | "cutReasonMissing";

/**
 * May a line be reviewed like this? Never above what was declared, and a cut has its reason. Nothing when it may.
 * @unit fen
 * @source domain.md §5
 */
export function lineProblem({ declaredFen, reviewedFen }: ReviewedLine, reason: string): LineCode | undefined {
  if (reviewedFen === null) return undefined;
  if (reviewedFen < 0) return "reviewedNegative";
  if (reviewedFen > declaredFen) return "reviewedAboveDeclared";
  return reviewedFen < declaredFen && reason.trim() === "" ? "cutReasonMissing" : undefined;
}

/**
 * What was cut from a line; null while it is not reviewed. An amount above the declared one, as typed before it is
 * refused, shows as a negative cut.
 * @unit fen
 */
export const cutOf = ({ declaredFen, reviewedFen }: ReviewedLine): Fen | null =>
  reviewedFen === null ? null : fen(declaredFen - reviewedFen);

export interface FundingTotals {
  readonly declaredFen: Fen;
  /** of the lines reviewed so far */
  readonly reviewedFen: Fen;
  /** of the lines reviewed so far */
  readonly cutFen: Fen;
  /** declared of the lines still open */
  readonly openFen: Fen;
  readonly lines: number;
  readonly openLines: number;
}

/**
 * The totals of a review at any moment: declared = reviewed + cut + still open, always.
 * @unit fen
 * @source domain.md §5
 */
export function fundingTotals(lines: readonly ReviewedLine[]): FundingTotals {
  const open = lines.filter(({ reviewedFen }) => reviewedFen === null);
  return {
    declaredFen: sumFen(lines.map(({ declaredFen }) => declaredFen)),
    reviewedFen: sumFen(lines.flatMap(({ reviewedFen }) => (reviewedFen === null ? [] : [reviewedFen]))),
    cutFen: sumFen(lines.flatMap((line) => cutOf(line) ?? [])),
    openFen: sumFen(open.map(({ declaredFen }) => declaredFen)),
    lines: lines.length,
    openLines: open.length,
  };
}
