import { keysOf } from "~/kernel/vocabulary";

import { DEMAND_EVENT_FACTS, DEMAND_EVENTS } from "./demand.lifecycle";

/** 需求清单: what a unit asks of others. 责任清单: what others ask of it. */
export const DEMAND_LISTS = { demands: "需求清单", duties: "责任清单" } as const;
export type DemandList = keyof typeof DEMAND_LISTS;

/** What happened to a demand, for its timeline and for what a person did. */
export const DEMAND_EVENT_WORDS: Readonly<Record<string, string>> = {
  demandRegistered: "登记数据需求",
  demandApplied: "提出数据需求",
  ...Object.fromEntries(keysOf(DEMAND_EVENT_FACTS).map((event) => [DEMAND_EVENT_FACTS[event], DEMAND_EVENTS[event]])),
};

/** The marks of a rating, worst first. */
export const RATINGS = {
  "1": "1 分 很差",
  "2": "2 分 较差",
  "3": "3 分 一般",
  "4": "4 分 较好",
  "5": "5 分 很好",
} as const;
