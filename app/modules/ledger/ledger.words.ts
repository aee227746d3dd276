import type { LedgerPlanState, LedgerTaskState } from "~/kernel/vocabulary";

import type { LedgerDoubt } from "./ledger.rules";
import type { MatchDoubt } from "./match/match-units.rules";
import { PLAN_EVENT_FACTS, PLAN_EVENTS } from "./plan/plan.lifecycle";
import { TASK_EVENT_FACTS, TASK_EVENTS } from "./task/task.lifecycle";

type Facts = Readonly<Record<string, string | number>>;

const listOf = (facts: Facts): string => (facts.list === "lead" ? "牵头单位" : "责任单位");

/** The sentence of what the import was unsure of, for the person who confirms it. */
export function sayLedgerDoubt({ code, facts = {} }: { readonly code: string; readonly facts?: Facts }): string {
  const known = code as LedgerDoubt["code"] | MatchDoubt["code"];
  switch (known) {
    case "numberUnclear":
      return `序号“${facts.text}”不是数字，已按行次编号`;
    case "titleMissing":
      return "没有任务标题，只有内容";
    case "titleIsWholeText":
      return "全文只有一句，作为标题";
    case "strayPunctuation":
      return `标题末尾多余的“${facts.text}”已去掉`;
    case "quotesUnbalanced":
      return `${facts.field === "deadline" ? "完成时限" : "任务内容"}的引号不成对，可能缺字`;
    case "leadMissing":
      return "没有牵头单位";
    case "responsibleMissing":
      return "没有责任单位";
    case "unitsRunTogether":
      return `${listOf(facts)}“${facts.text}”没有分隔，拆分为：${facts.units}`;
    case "openList":
      return `${listOf(facts)}以“${facts.text}”结尾，除已列名的之外可能还有其他单位`;
    case "vagueGroup":
      return `${listOf(facts)}“${facts.name}”没有固定成员，请明确具体单位`;
    case "nameIncomplete":
      return `${listOf(facts)}“${facts.name}”不像完整的单位名称`;
    case "deadlineUnclear":
      return `完成时限“${facts.text}”没有完整日期，暂按无固定期限处理`;
    case "dateInvalid":
      return `完成时限中的“${facts.text}”不是真实日期`;
    case "startAssumed":
      return `“${facts.text}”按启动时间理解（${facts.on}）`;
    case "monthEndAssumed":
      return `“${facts.text}”按当月最后一天理解（${facts.on}）`;
    case "scopeBeforeDate":
      return `日期前的“${facts.text}”按对全部日期的限定理解`;
    case "ongoingAfterDate":
      return `到期后还要“${facts.text}”`;
    case "superiorScheduleToo":
      return `同时受上级安排约束：“${facts.text}”`;
    case "unitUnknown":
      return `${listOf(facts)}“${facts.name}”不是本地区的单位，没有对应`;
    case "unitAlike":
      return `${listOf(facts)}“${facts.name}”没有同名单位，可能是“${facts.candidate}”`;
    case "unitRenamed":
      return `${listOf(facts)}“${facts.name}”是“${facts.now}”在其他时期的名称，已对应`;
    case "unitClosed":
      return `${listOf(facts)}“${facts.name}”已于 ${facts.on} 撤并`;
    case "groupUnknown":
      return `${listOf(facts)}“${facts.name}”没有对应的单位集合，不知道包括哪些单位`;
    case "groupEmpty":
      return `${listOf(facts)}“${facts.name}”在方案印发时没有成员单位`;
  }
}

/** The words of every event of plans and tasks, for timelines and for what a person did last. */
export const LEDGER_EVENT_WORDS: Readonly<Record<string, string>> = {
  taskPlanImported: "导入任务台账",
  taskPlanDiscarded: "放弃导入的任务台账",
  taskConfirmed: "确认台账任务",
  taskCorrected: "更正台账任务",
  ...wordsBy(PLAN_EVENT_FACTS, PLAN_EVENTS, "方案"),
  ...wordsBy(TASK_EVENT_FACTS, TASK_EVENTS, "任务"),
};

function wordsBy<Event extends string>(
  facts: Readonly<Record<Event, string>>,
  words: Readonly<Record<Event, string>>,
  what: string,
): Record<string, string> {
  return Object.fromEntries((Object.keys(facts) as Event[]).map((event) => [facts[event], `${what}：${words[event]}`]));
}

const TASK_TONES = { open: "info", closing: "warn", closed: "good" } as const;

/** The tone of a task's state. */
export const taskTone = (state: LedgerTaskState): "info" | "warn" | "good" => TASK_TONES[state];

const PLAN_TONES = { confirming: "warn", active: "info", ended: "neutral" } as const;

/** The tone of a plan's state. */
export const planTone = (state: LedgerPlanState): "warn" | "info" | "neutral" => PLAN_TONES[state];

/** How a unit comes to be named: 牵头, or 责任（市各部门）. */
export const sayRole = ({
  role,
  via,
}: {
  readonly role: "lead" | "responsible";
  readonly via: string | null;
}): string => `${role === "lead" ? "牵头" : "责任"}${via === null ? "" : `（${via}）`}`;

/** 口径 of the figures of the ledger. */
export const LEDGER_DEFINITIONS = {
  all: "当前条件下、执行中和已结束方案的全部任务（数据局另含待确认方案的任务）。",
  open: "执行中方案里没有办结、也没有申请办结的任务。",
  overdue:
    "定期完成、分期完成的任务中，最早一个没有报告完成的节点已经过期的；到期当天不算逾期。持续推进、启动后持续推进、按上级统筹的任务没有期限，不计逾期。",
  noUpdate: "执行中方案里推进中的任务，本月没有填报进展的（对单位：本单位没有填报；对数据局：没有任何单位填报）。",
  closing: "牵头单位已申请办结、等待数据局核实的任务。",
  closed: "数据局已同意办结的任务。",
} as const;
