/**
 * Money as integer fen (分). A Fen is a safe integer: the largest budget of a city (1e12 yuan) fits with room.
 * @unit fen
 */
export type Fen = number & { readonly __brand: "Fen" };

/** Wraps an integer number of fen. Throws on fractions and on amounts beyond exact integers. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact amount of fen: ${value}`);
  return value as Fen;
}

export const ZERO_FEN = fen(0);

/** Sum of amounts, exact. Throws as soon as a partial sum leaves the exact integers. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = ZERO_FEN;
  for (const amount of amounts) total = fen(total + amount);
  return total;
}

/**
 * Parses what a person types in yuan or 万元 ("1,234.5", full-width digits, an optional unit) into fen.
 * A unit that was typed wins over the field's. Returns undefined when it is not an amount, is finer than one fen, or
 * has a comma that separates no thousands ("1,5" may have meant 1.5).
 * @unit input in `unit` unless it names its own, result in fen
 */
export function parseAmount(text: string, unit: "yuan" | "wan"): Fen | undefined {
  const plain = text.normalize("NFKC").replace(/[\s¥]/g, "");
  const match = /^(-?)([\d,]{1,16})(\.\d{1,8}|)(万元|万|元|)$/.exec(plain);
  if (!match) return undefined;
  const [, sign, grouped = "", point = "", typedUnit] = match;
  const [head = "", ...groups] = grouped.split(",");
  const separatesThousands = head !== "" && head.length <= 3 && groups.every((group) => group.length === 3);
  if (groups.length > 0 && !separatesThousands) return undefined;
  const [whole, fraction] = [head + groups.join(""), point.slice(1)];
  if (whole.length > 12) return undefined;
  const digits = (typedUnit ? typedUnit !== "元" : unit === "wan") ? 6 : 2;
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const value = Number(whole) * 10 ** digits + Number(kept);
  if (!Number.isSafeInteger(value)) return undefined;
  return fen(sign === "-" && value !== 0 ? -value : value);
}

/**
 * Amount in 万元 with exactly `digits` decimals and thousands separators, rounded half away from zero on the integer fen.
 * @unit fen in, 万元 out
 */
export function formatWan(amount: Fen, digits: 2 | 4 | 6 = 2): string {
  return formatScaled(amount, 6, digits);
}

/** Amount in yuan with two decimals. @unit fen in, yuan out */
export function formatYuan(amount: Fen): string {
  return formatScaled(amount, 2, 2);
}

/** A whole number with thousands separators; every amount of a list comes through here, and Intl takes five times as long. */
function grouped(whole: number): string {
  const digits = String(whole);
  let text = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= 3) text = `${digits.slice(Math.max(0, end - 3), end)},${text}`;
  return text;
}

function formatScaled(amount: number, scale: number, digits: number): string {
  const drop = 10 ** (scale - digits);
  const rest = Math.abs(amount) % drop;
  // whole numbers only: adding 0.5 to an amount above 2^52 would not be exact
  const rounded = (Math.abs(amount) - rest) / drop + (rest * 2 >= drop ? 1 : 0);
  const whole = Math.floor(rounded / 10 ** digits);
  const fraction = String(rounded % 10 ** digits).padStart(digits, "0");
  const sign = amount < 0 && rounded !== 0 ? "-" : "";
  return `${sign}${grouped(whole)}.${fraction}`;
}
