import { addMonths, type LocalDate } from "~/kernel/local-date";

const MONTHS_A_YEAR = 12;

/**
 * A date of last year's plan in this year's: the same day so many whole years later; 29 February becomes 28.
 * @unit years
 */
export const shiftYears = (day: LocalDate, years: number): LocalDate => addMonths(day, years * MONTHS_A_YEAR);
