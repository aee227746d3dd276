/**
 * Exact fractions. Scores and gaps are computed with these and rounded once, at the end, so that a recomputation
 * gives the same bytes on any machine.
 */
export interface Rational {
  readonly n: bigint;
  /** always positive, lowest terms */
  readonly d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y) [x, y] = [y, x % y];
  return x;
}

/** A fraction in lowest terms. Throws on a zero denominator. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const [num, den] = [BigInt(n), BigInt(d)];
  if (den === 0n) throw new RangeError("denominator is zero");
  const divisor = gcd(num, den) * (den < 0n ? -1n : 1n);
  return { n: num / divisor, d: den / divisor };
}

/** Reads "12", "-0.75" or "3/4" exactly. Throws on anything else. */
export function parseRational(text: string): Rational {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction) return rational(BigInt(fraction[1] ?? 0), BigInt(fraction[2] ?? 1));
  const decimal = /^(-?)(\d+)$/.exec(text) ?? /^(-?)(\d+)\.(\d+)$/.exec(text);
  if (!decimal) throw new RangeError(`not a number: ${text}`);
  const [, sign, whole = "0", digits = ""] = decimal;
  const value = BigInt(whole + digits);
  return rational(sign ? -value : value, 10n ** BigInt(digits.length));
}

export const RATIONAL_ZERO = rational(0);
export const RATIONAL_ONE = rational(1);

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

/** Negative, zero or positive like a sort comparator. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const minimum = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
export const maximum = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);
export const sum = (values: Iterable<Rational>): Rational => [...values].reduce(add, RATIONAL_ZERO);

/** Decimal text with exactly `digits` decimals, half away from zero. This is the one place that rounds. */
export function toFixed(value: Rational, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const negative = value.n < 0n;
  const scaled = (negative ? -value.n : value.n) * scale;
  const rounded = (scaled * 2n + value.d) / (value.d * 2n);
  const whole = rounded / scale;
  const fraction = digits > 0 ? "." + (rounded % scale).toString().padStart(digits, "0") : "";
  return `${negative && rounded !== 0n ? "-" : ""}${whole}${fraction}`;
}

/** The exact value as text: "12" or "185/3"; parseRational reads it back. */
export const toExact = (value: Rational): string => (value.d === 1n ? `${value.n}` : `${value.n}/${value.d}`);
