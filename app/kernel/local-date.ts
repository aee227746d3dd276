/**
 * A calendar day of the business (Asia/Shanghai), "YYYY-MM-DD". Never a Date: the host's time zone must not matter.
 */
export type LocalDate = string & { readonly __brand: "LocalDate" };

const DAY_MS = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991: a fixed offset is exact for every date we handle. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

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
export const localDateOf = (instant: Date): LocalDate => fromMs(instant.getTime() + SHANGHAI_OFFSET_MS);

/** The instant at which a business day ends (exclusive): 24:00 in Asia/Shanghai. */
export const endOfDay = (date: LocalDate): Date => new Date(toMs(date) + DAY_MS - SHANGHAI_OFFSET_MS);

/** The instant at which a business day begins. */
export const startOfDay = (date: LocalDate): Date => new Date(toMs(date) - SHANGHAI_OFFSET_MS);

export const addDays = (date: LocalDate, days: number): LocalDate => fromMs(toMs(date) + days * DAY_MS);

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((toMs(to) - toMs(from)) / DAY_MS);

/** Adds months; a day that the target month lacks becomes its last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  const pad = (n: number) => String(n).padStart(2, "0");
  return localDate(`${y}-${pad(m)}-${pad(Math.min(day, last))}`);
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
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");
}
