import { fen, type Fen } from "~/kernel/fen";
import { multiply, parseRational, rational, toFixed } from "~/kernel/rational";

/**
 * Quantity × unit price, rounded to the fen.
 * @unit quantity as decimal text, fen in and out
 */
export function lineAmount(quantity: string, unitPriceFen: Fen): Fen {
  return fen(Number(toFixed(multiply(parseRational(quantity), rational(unitPriceFen)), 0)));
}
