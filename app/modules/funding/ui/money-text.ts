import { fen, formatWan, formatYuan, parseAmount, type Fen } from "~/kernel/fen";
import { toFixed, type Rational } from "~/kernel/rational";

import type { MoneyUnit } from "../funding.schema";

/** An amount as a person would type it in the unit shown: no zeros that say nothing. @unit fen in */
export function typedText(amount: Fen | null, unit: MoneyUnit): string {
  if (amount === null) return "";
  return (unit === "wan" ? formatWan(amount, 6) : formatYuan(amount)).replace(/\.?0+$/, "");
}

/**
 * As few decimals of 万元 as show all these amounts exactly, so that what is printed adds up to the printed total.
 * @unit fen in
 */
export function exactDigits(amounts: readonly Fen[]): 2 | 4 | 6 {
  const isExact = (digits: number) => amounts.every((amount) => amount % 10 ** (6 - digits) === 0);
  return isExact(2) ? 2 : isExact(4) ? 4 : 6;
}

/** What was typed in one unit, as it is typed in another; what is no amount stays as it is. */
export function retypedText(text: string, from: MoneyUnit, to: MoneyUnit): string {
  const amount = parseAmount(text, from);
  return amount === undefined ? text : typedText(amount, to);
}

/** An exact price to the nearest fen, for showing. @unit fen per piece */
export const shownPrice = (price: Rational): Fen => fen(Number(toFixed(price, 0)));
