import { addDays, addMonths, localDate, type LocalDate } from "./local-date";
import { rational, type Rational } from "./rational";

/** A calendar month, "YYYY-MM". */
export type Period = string & { readonly __brand: "Period" };

export const isPeriod = (text: string): text is Period => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Wraps a "YYYY-MM" text. Throws when it is no month. */
export function period(text: string): Period {
  if (!isPeriod(text)) throw new RangeError(`not a period: ${text}`);
  return text;
}

export const periodOf = (date: LocalDate): Period => period(date.slice(0, 7));
export const firstDay = (p: Period): LocalDate => localDate(`${p}-01`);
export const lastDay = (p: Period): LocalDate => addDays(addMonths(firstDay(p), 1), -1);
export const addPeriods = (p: Period, months: number): Period => periodOf(addMonths(firstDay(p), months));
export const yearOf = (p: Period): number => Number(p.slice(0, 4));
export const monthOf = (p: Period): number => Number(p.slice(5, 7));

/** All months from `from` to `to`, both included; empty when `to` is earlier. */
export function periodsBetween(from: Period, to: Period): Period[] {
  const list: Period[] = [];
  for (let p = from; p <= to; p = addPeriods(p, 1)) list.push(p);
  return list;
}

/** "2026年6月" */
export const formatPeriod = (p: Period): string => `${yearOf(p)}年${monthOf(p)}月`;

/**
 * 时间进度: elapsed months ÷ 12, exact.
 * @unit share of the year, 0–1
 * @source domain.md §7
 */
export const timeProgress = (p: Period): Rational => rational(monthOf(p), 12);
