import { creditCheckSign } from "~/kernel/credit-code";

const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * An invented unified social credit code with right check digits: of a government body, registered by the office of
 * establishments (11), or of a company (91), in a region, with an organisation code made from a number.
 * @source GB 32100-2015, GB 11714-1997
 */
export function creditCode(regionCode: string, number: number, kind: "11" | "91" = "11"): string {
  const body = `K${String(number).padStart(7, "0")}`;
  // In the organisation code letters count from A = 10, not by their place in the alphabet of the whole.
  const weighted = BODY_WEIGHTS.reduce((sum, weight, at) => sum + weight * parseInt(body.charAt(at), 36), 0);
  const check = 11 - (weighted % 11);
  const organisation = body + (check === 11 ? "0" : check === 10 ? "X" : String(check));
  const code = `${kind}${regionCode}${organisation}`;
  return code + (creditCheckSign(code) ?? "");
}
