const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The form in which a unified social credit code is kept: half-width capitals without spaces. */
export const normalCreditCode = (text: string): string => text.normalize("NFKC").replace(/\s/g, "").toUpperCase();

/** The last sign of a code by its first seventeen; undefined when one of them is not of the alphabet. @source GB 32100-2015 */
export function creditCheckSign(first: string): string | undefined {
  const values = [...first].map((sign) => ALPHABET.indexOf(sign));
  if (values.includes(-1)) return undefined;
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0);
  return ALPHABET.charAt((31 - (total % 31)) % 31);
}

/**
 * Is this a unified social credit code (统一社会信用代码)? Eighteen signs of its alphabet, the last of them right for the others.
 * @source GB 32100-2015
 */
export const isCreditCode = (text: string): boolean =>
  text.length === 18 && creditCheckSign(text.slice(0, 17)) === text.charAt(17);
