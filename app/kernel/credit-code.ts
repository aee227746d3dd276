const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The form in which a unified social credit code is kept: half-width capitals without spaces. */
export const normalCreditCode = (text: string): string => text.normalize("NFKC").replace(/\s/g, "").toUpperCase();

/**
 * Is this a unified social credit code (统一社会信用代码)? Eighteen signs of its alphabet, the last of them right for the others.
 * @source GB 32100-2015
 */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  const values = [...text].map((sign) => ALPHABET.indexOf(sign));
  if (values.includes(-1)) return false;
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0);
  return values[17] === (31 - (total % 31)) % 31;
}
