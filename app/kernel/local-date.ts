import { TZDate } from "@date-fns/tz";
import { addMonths as plusMonths, lightFormat } from "date-fns";

/**
 * A calendar day of the business (Asia/Shanghai), "YYYY-MM-DD". Never a Date: the host's time zone must not matter.
 */
export type LocalDate = string & { readonly __brand: "LocalDate" };

const DAY_MS = 86_400_000;
const BUSINESS_ZONE = "Asia/Shanghai";

// Days are counted in UTC, where each has 24 hours: working-day loops call this thousands of times.
const toMs = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`);
const fromMs = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10) as LocalDate;

/** Checks that the text is a real calendar day. */
export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && fromMs(ms) === text;
}

/** Wraps a "YYYY-MM-DD" text. Throws when it is no calendar day. */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`not a date: ${text}`);
  return text;
}

/** The business day of an instant. */
export const localDateOf = (instant: Date): LocalDate =>
  lightFormat(new TZDate(instant, BUSINESS_ZONE), "yyyy-MM-dd") as LocalDate;

const midnight = (date: LocalDate): Date => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, BUSINESS_ZONE).getTime());
};

/** The instant at which a business day ends (exclusive): 24:00 in Asia/Shanghai. */
export const endOfDay = (date: LocalDate): Date => midnight(addDays(date, 1));

/** The instant at which a business day begins. */
export const startOfDay = (date: LocalDate): Date => midnight(date);

export const addDays = (date: LocalDate, days: number): LocalDate => fromMs(toMs(date) + days * DAY_MS);

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((toMs(to) - toMs(from)) / DAY_MS);

/** Adds months; a day that the target month lacks becomes its last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return lightFormat(plusMonths(new TZDate(`${date}T00:00:00Z`, "UTC"), months), "yyyy-MM-dd") as LocalDate;
}

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (date: LocalDate): number => new Date(toMs(date)).getUTCDay();

/** "2026年7月20日", without leading zeros, as official documents write dates. */
export function formatOfficialDate(date: LocalDate): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** An instant as "2026-07-20 09:05" in Asia/Shanghai. */
export function formatInstant(instant: Date): string {
  return lightFormat(new TZDate(instant, BUSINESS_ZONE), "yyyy-MM-dd HH:mm");
}
