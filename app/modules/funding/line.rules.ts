import { fen, sumFen, type Fen } from "~/kernel/fen";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";

/** A budget line as its review sees it. */
export interface ReviewedLine {
  readonly declaredFen: Fen;
  /** null: not reviewed yet, which is not zero */
  readonly reviewedFen: Fen | null;
}

/** A line with what its refusals name it by, and why it was cut. */
export interface ReviewableLine extends ReviewedLine {
  readonly id: string;
  readonly name: string;
  readonly cutReason: string | null;
}

/** What a reviewer makes of a line. */
export interface LineReview {
  readonly id: string;
  /** null: not reviewed yet @unit fen */
  readonly reviewedFen: Fen | null;
  /** why it was cut; forgotten when it was not */
  readonly reason: string;
}

/** What becomes of lines that are given without an amount: they stay open, or are reviewed as declared. */
export type RestOfLines = "open" | "asDeclared";

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
 * The lines after a save: all of it, or nothing when one line may not be reviewed as given. Lines that are not given stay
 * as they are.
 * Refuses with reviewedAboveDeclared, reviewedNegative, cutReasonMissing, each at the field of the line as it was given.
 * @unit fen
 * @source domain.md §5
 */
export function applyReviews<Line extends ReviewableLine>(
  lines: readonly Line[],
  given: readonly LineReview[],
  rest: RestOfLines,
): Result<Line[], LineCode> {
  const reviews = new Map(given.map((review, index) => [review.id, { ...review, index }]));
  const problems: (Refusal<LineCode> & { readonly index: number })[] = [];
  const after = lines.map((line) => {
    const review = reviews.get(line.id);
    if (!review) return line;
    const { reason, index } = review;
    const reviewedFen = review.reviewedFen ?? (rest === "asDeclared" ? line.declaredFen : null);
    const reviewed = { ...line, reviewedFen };
    const code = lineProblem(reviewed, reason);
    if (code) {
      const field = `lines[${index}].${code === "cutReasonMissing" ? "reason" : "reviewed"}`;
      problems.push({ index, code, field, facts: { name: line.name } });
    }
    const isCut = reviewedFen !== null && reviewedFen < line.declaredFen;
    return { ...reviewed, cutReason: isCut ? reason.trim() : null };
  });
  if (problems.length === 0) return accept(after);
  return refuse(...problems.sort((a, b) => a.index - b.index).map(({ index: _index, ...refusal }) => refusal));
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

/** Is there something to conclude or to print: lines, and none of them open. */
export const isFullyReviewed = ({ lines, openLines }: FundingTotals): boolean => lines > 0 && openLines === 0;
