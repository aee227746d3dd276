import { keysOf, type CoordinationState } from "~/kernel/vocabulary";

import { COORDINATION_EVENT_FACTS, COORDINATION_EVENTS, COORDINATION_RAISED } from "./coordination.lifecycle";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const STATE_TONES: Readonly<Record<CoordinationState, Tone>> = {
  raised: "warn",
  answered: "info",
  itemised: "info",
  settled: "good",
  withdrawn: "neutral",
};

export const coordinationTone = (state: CoordinationState): Tone => STATE_TONES[state];

/** What happened to a matter, for its timeline. */
export function coordinationEventWords(type: string): string {
  if (type === COORDINATION_RAISED) return "单位在月报中提出";
  const event = keysOf(COORDINATION_EVENTS).find((each) => COORDINATION_EVENT_FACTS[each] === type);
  return event ? COORDINATION_EVENTS[event] : type;
}

/** 口径 of the figures of matters. @source domain.md §7 */
export const COORDINATION_DEFINITIONS = {
  raised: "单位在最近一期已签批月报中提出、领导小组尚未答复的事项。每个项目同一时间只有一件。",
  overdue: "待答复且答复截止日已过的事项。截止日按提出当日起的答复时限（工作日）计算。",
  answered: "领导小组已答复、单位仍在月报中提出的事项。",
  itemised: "已转为督办事项、督办尚未销号的事项。",
} as const;
