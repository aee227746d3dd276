import { formatOfficialDate } from "~/kernel/local-date";
import { TEST_KINDS, type EntryState, type TestKind } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import { STANDING_STATES, type StandingState, type TestStanding } from "./standing.rules";

const TEST_TONES: Readonly<Record<EntryState, Tone>> = {
  entered: "warn",
  confirmed: "good",
  returned: "bad",
  void: "neutral",
};
export const testTone = (state: EntryState): Tone => TEST_TONES[state];

const STANDING_TONES: Readonly<Record<StandingState, Tone>> = {
  valid: "good",
  dueSoon: "warn",
  expired: "bad",
  failed: "bad",
  missing: "bad",
};
export const standingTone = (state: StandingState): Tone => STANDING_TONES[state];

/** 有效 / 12 天后到期 / 今天到期 / 已过期 / 未通过 / 未测评. */
export function sayStanding({ state, daysLeft }: Pick<TestStanding<unknown>, "state" | "daysLeft">): string {
  if (state !== "dueSoon" || daysLeft === null) return STANDING_STATES[state];
  return daysLeft === 0 ? "今天到期" : `${daysLeft} 天后到期`;
}

/** The short names of the two kinds. */
export const KIND_NAMES: Readonly<Record<TestKind, string>> = { mlps: "等保测评", crypto: "密评" };

/** What a unit is reminded of. */
export function sayReminder(
  kind: TestKind,
  { dueOn, daysLeft }: Pick<TestStanding<unknown>, "dueOn" | "daysLeft">,
): string {
  const day = dueOn ? formatOfficialDate(dueOn) : "";
  if ((daysLeft ?? 0) < 0) return `${TEST_KINDS[kind]}已于${day}到期，请尽快复测并登记`;
  return `${TEST_KINDS[kind]}将于${day}到期，请安排复测`;
}

/** The definitions of the register's figures; the two rates are those of the assessment. */
export const REGISTER_DEFINITIONS = {
  systems: "应测评系统：二级及以上、自建、非涉密、未下线的系统。",
  mlps: "等保测评有效率 = 最近一次等保测评通过且在有效期内的系统 ÷ 二级及以上自建非涉密系统。只计数据局确认的测评，以最近一次为准。",
  crypto:
    "密评有效率 = 最近一次密评通过且在有效期内的系统 ÷ 三级及以上自建非涉密系统。只计数据局确认的测评，以最近一次为准。",
  dueSoon: "有一项应做的测评即将到期（按首次提醒天数）且没有更差情形的系统。",
  bad: "有一项应做的测评已过期、未通过或未做的系统。",
  waiting: "单位已登记、数据局尚未确认的测评，确认前不计入。",
} as const;
