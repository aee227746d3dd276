import { compare, divide, multiply, parseRational, rational, subtract, add, type Rational } from "~/kernel/rational";

/**
 * What one piece of a line costs, exactly; nothing when nothing is counted.
 * @unit fen and decimal text in, fen per piece out
 */
export function unitPriceOf(amountFen: number, quantity: string): Rational | undefined {
  const pieces = parseRational(quantity);
  return pieces.n > 0n ? divide(rational(amountFen), pieces) : undefined;
}

/**
 * The middle of prices in ascending order: of an even number the mean of the two in the middle. The middle one or two
 * alone have the same median as all of them.
 */
export function medianOf(ascending: readonly Rational[]): Rational | undefined {
  const lower = ascending[Math.ceil(ascending.length / 2) - 1];
  const upper = ascending[Math.floor(ascending.length / 2)];
  return lower && upper && divide(add(lower, upper), rational(2));
}

/** What similar lines cost, per piece and exactly: "1550000" or "185/3". @unit fen per piece */
export interface SimilarPrices {
  readonly count: number;
  readonly lowest: string;
  readonly median: string;
  readonly highest: string;
}

/** How a unit price stands to the median of its kind. */
export interface PriceStanding {
  /** above (positive) or below the median @unit percent of the median */
  readonly deviation: Rational;
  readonly isHigh: boolean;
}

/**
 * Compares a unit price with the median of similar lines. High is more than the figure's percentage above it; exactly at
 * the limit is not. Nothing to say without a price or without similar lines.
 * @unit prices in fen per piece, limit in percent
 * @source product: comparison with similar projects' unit prices
 */
export function judgePrice(
  price: Rational | undefined,
  median: Rational | undefined,
  highPercent: Rational,
): PriceStanding | undefined {
  if (!price || !median || median.n <= 0n) return undefined;
  const deviation = multiply(divide(subtract(price, median), median), rational(100));
  return { deviation, isHigh: compare(deviation, highPercent) > 0 };
}
