import { fen, formatWan } from "~/kernel/fen";

import { CITY_TERMS } from "./city-terms";
import { MEASURE_TERMS, type MeasureTerms } from "./measure-terms";

const TERMS: Readonly<Record<string, MeasureTerms>> = { ...MEASURE_TERMS, ...CITY_TERMS };

/** A numerator or denominator as it is read: amounts in 万元, everything else as counted. @unit as of the measure */
export const quantityOf = (measure: string, text: string): string =>
  TERMS[measure]?.unit === "fen" ? formatWan(fen(Number(text))) : text;

/** The unit that stands in the head of a column of such figures. */
export const unitOf = (measure: string): string | undefined =>
  TERMS[measure]?.unit === "fen" ? "万元" : TERMS[measure]?.counter;

/** Has the measure a denominator that says something? */
export const hasBase = (measure: string): boolean => (TERMS[measure]?.base ?? "分母") !== "";
