import { fen, formatYuan } from "~/kernel/fen";
import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import { toFixed, type Rational } from "~/kernel/rational";
import type { EntryState, PaymentMatch, PaymentSheetState } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import { ENTRY_EVENTS, ENTRY_KINDS, entryFact, type EntryEvent, type EntryKind } from "./entry.lifecycle";
import type { Alarm } from "./rates.rules";

const TONES: Readonly<Record<EntryState, Tone>> = {
  entered: "warn",
  confirmed: "good",
  returned: "bad",
  void: "neutral",
};
export const entryTone = (state: EntryState): Tone => TONES[state];

const SHEET_TONES: Readonly<Record<PaymentSheetState, Tone>> = { read: "warn", applied: "good", discarded: "neutral" };
export const sheetTone = (state: PaymentSheetState): Tone => SHEET_TONES[state];

const MATCH_TONES: Readonly<Record<PaymentMatch, Tone>> = { confirms: "good", enters: "info", unmatched: "bad" };
export const matchTone = (match: PaymentMatch): Tone => MATCH_TONES[match];

/** The two execution rates and the time they are held against, each with its definition: they are never one figure. */
export const RATE_DEFINITIONS = {
  selfEvaluation:
    "预算执行率（自评口径）= 本年已确认支付 ÷ 全年预算（B÷A）。全年预算为申报的本年度资金，按批复金额与申报金额之比折算到分。",
  framework: "支出率（财政框架口径）= 累计已确认支付 ÷ 累计已到位资金。与自评口径不是同一指标，不能相互比较。",
  time: "时间进度 = 已过月数 ÷ 12；一个月过完（含当月最后一天）才计入，当月还可以支付的不算落后。",
  gap: "差距 = 预算执行率（自评口径）减时间进度，先按精确值相减再四舍五入。",
} as const;

/** What is alarming, with its figures and what to look at. */
export function sayAlarm({ code, facts }: Pick<Alarm, "code" | "facts">): string {
  switch (code) {
    case "lagRed":
    case "lagYellow":
      return `预算执行率 ${facts.rate ?? ""}%，时间进度 ${facts.time ?? ""}%，落后 ${facts.points ?? ""} 个百分点（${code === "lagRed" ? "红灯" : "预警"}线 ${facts.limit ?? ""}）。`;
    case "idle": {
      const since = typeof facts.since === "string" && isLocalDate(facts.since) ? formatOfficialDate(facts.since) : "";
      return `资金自${since}起到位 ${formatYuan(fen(Number(facts.arrivedFen ?? 0)))} 元，${facts.days ?? ""} 天没有支付（预警线 ${facts.limit ?? ""} 天）。`;
    }
  }
}

/** A time progress with the months it counts: 50.00%（已过 6 个月）. */
export const sayTime = (time: Rational, months: number): string =>
  `${toFixed({ n: time.n * 100n, d: time.d }, 2)}%（已过 ${months} 个月）`;

/** The words of a step in the history of an entry. */
export function sayStep(kind: EntryKind, type: string): string {
  if (type === entryFact(kind, "enter")) return `登记${ENTRY_KINDS[kind]}`;
  const event = (Object.keys(ENTRY_EVENTS) as EntryEvent[]).find((each) => entryFact(kind, each) === type);
  return event ? ENTRY_EVENTS[event] : type;
}
