import { toFixed, type Rational } from "~/kernel/rational";

/** Shown with two decimals: points, totals, rates. Rounded here and nowhere before. */
export const shown = (value: Rational): string => toFixed(value, 2);

/** A weight or target as short as it can be written, at most six decimals: "8", "9.6", "58.333333". */
export const short = (value: Rational): string => trimZeros(toFixed(value, 6));

/** The same number without zeros that say nothing: "12.00" → "12". */
export const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
