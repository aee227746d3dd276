import { isLocalDate, type LocalDate } from "../../kernel/local-date";
import { isPeriod, type Period } from "../../kernel/period";

/** Plain letters, digits and Chinese characters: nothing to fold and no space among them. */
const PLAIN = /^[\x21-\x7e\u4e00-\u9fff]*$/;

/** What people type the same thing in: full-width forms, spaces of any kind, invisible marks. */
export const squeezed = (text: string): string =>
  PLAIN.test(text) ? text : text.normalize("NFKC").replace(/[\s\u200b-\u200d\ufeff]/g, "");

export type DateText = { readonly date: LocalDate } | { readonly period: Period };

const pad = (digits: string) => digits.padStart(2, "0");

/** Year first, as Chinese writes it: 年月日, one separator throughout, or none with all digits. */
const DATE_FORMS: readonly RegExp[] = [
  /^(\d{4})年(\d{1,2})月(\d{1,2}|)[日号]?$/,
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2})|)$/,
  /^(\d{4})\/(\d{1,2})(?:\/(\d{1,2})|)$/,
  /^(\d{4})\.(\d{1,2})(?:\.(\d{1,2})|)$/,
  /^(\d{4})(\d{2})(\d{2}|)$/,
];

/**
 * Reads a day or a month: "2023.5", "2023年5月", "2023/5/1", "２０２３-０５-０１", "20230501", "2023-05-01 09:30".
 * Never guesses: two-digit years, day-first dates, ranges and days that no calendar has are undefined.
 * Ask a cell for its `date` first: the number 2023.1 may have been typed as 2023.10.
 */
export function readDateText(text: string): DateText | undefined {
  const plain = text
    .normalize("NFKC")
    .trim()
    .replace(/[\sT]\d{1,2}:[\d:.]{2,}$/, "")
    .replace(/\s*([年月日号\-/.])\s*/g, "$1")
    .trim();
  for (const form of DATE_FORMS) {
    const match = form.exec(plain);
    if (!match) continue;
    const [, year = "", month = "", day] = match;
    const period = `${year}-${pad(month)}`;
    if (day === undefined || day === "") return isPeriod(period) ? { period } : undefined;
    const date = `${period}-${pad(day)}`;
    return isLocalDate(date) ? { date } : undefined;
  }
  return undefined;
}

export interface NumberText {
  /** exact, as "-1234.50" without separators: for money, where a binary number would round */
  readonly decimal: string;
  readonly number: number;
  /** as written: "元", "万元", "亿元", "%" …; "万" and "亿" stand for 万元 and 亿元 or for a count, the caller knows */
  readonly unit?: string;
  /** 约, 近, 左右 … */
  readonly approximate: boolean;
}

const NUMBER_FORM = /^([+-]?)([\d,]+)(\.\d+|)([^\d.,+\-()]{0,6})$/;

/** "1,234,567" or no separators at all. */
function digitsOf(whole: string): string | undefined {
  const [first = "", ...groups] = whole.split(",");
  const isGrouped = groups.length === 0 || (first.length <= 3 && groups.every((group) => group.length === 3));
  return isGrouped && first !== "" ? [first, ...groups].join("").replace(/^0+(?=\d)/, "") : undefined;
}

/**
 * Reads a number as people write it: "1,234.5", "约１２０万元", "¥3,000.00元", "30%", "(1,200.00)" for a negative one.
 * The unit is returned and not applied. Undefined when anything else stands in the cell ("3-5个", "无", "—").
 */
export function readNumberText(text: string): NumberText | undefined {
  const written = squeezed(text).replace(/[\u2212\u2010-\u2014]/g, "-");
  const plain = written
    .replace(/^(?:大约|[约近≈~])|左右$/g, "")
    .replace(/^(?:¥|人民币|RMB|CNY)/i, "")
    .replace(/^\((?=\d)(.+)\)$/, "-$1");
  const match = NUMBER_FORM.exec(plain);
  const [, sign = "", whole = "", fraction = "", tail = ""] = match ?? [];
  const digits = digitsOf(whole);
  if (digits === undefined) return undefined;
  const unit = tail.replace(/^[余多]/, "");
  const approximate = /^(?:大约|[约近≈~])|左右$/.test(written) || unit !== tail;
  const decimal = `${sign === "-" ? "-" : ""}${digits}${fraction}`;
  const number = Number(decimal);
  return unit === "" ? { decimal, number, approximate } : { decimal, number, unit, approximate };
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly synonyms?: readonly string[];
}

const choiceKey = (text: string): string => squeezed(text).toLowerCase();

/** The option that a text names by label, synonym or value; spaces, width and case do not matter. Never guesses. */
export function readChoice<Value extends string>(text: string, options: readonly Choice<Value>[]): Value | undefined {
  const key = choiceKey(text);
  const names = ({ value, label, synonyms = [] }: Choice<Value>) => [label, ...synonyms, value].map(choiceKey);
  return options.find((option) => names(option).includes(key))?.value;
}
