const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/**
 * An invented unified social credit code of a government body, with right check digits: registered by the office of
 * establishments (11), in a region, with an organisation code made from a number.
 * @source GB 32100-2015, GB 11714-1997
 */
export function creditCode(regionCode: string, number: number): string {
  const body = `K${String(number).padStart(7, "0")}`;
  // In the organisation code letters count from A = 10, not by their place in the alphabet above.
  const weighted = BODY_WEIGHTS.reduce((sum, weight, at) => sum + weight * parseInt(body.charAt(at), 36), 0);
  const check = 11 - (weighted % 11);
  const organisation = body + (check === 11 ? "0" : check === 10 ? "X" : String(check));
  const code = `11${regionCode}${organisation}`;
  const total = CODE_WEIGHTS.reduce((sum, weight, at) => sum + weight * ALPHABET.indexOf(code.charAt(at)), 0);
  return code + ALPHABET.charAt((31 - (total % 31)) % 31);
}
