import { keysOf } from "~/kernel/vocabulary";
import { PROJECT_EVENT_FACTS, PROJECT_EVENTS } from "~/modules/projects";

const PROJECT_WORDS: readonly (readonly [string, string])[] = keysOf(PROJECT_EVENT_FACTS).map((event) => [
  PROJECT_EVENT_FACTS[event],
  PROJECT_EVENTS[event],
]);

/** What a person did, by the event that recorded it. Saving a draft is no deed: what is not here is not listed. */
export const EVENT_WORDS: ReadonlyMap<string, string> = new Map([
  ...PROJECT_WORDS,
  ["projectDrafted", "申报新项目"],
  ["fundingLinesReviewed", "评审预算明细"],
  ["resourceDrafted", "登记数据资源"],
  ["catalogSheetImported", "导入资源目录"],
  ["resourcePublished", "发布数据资源"],
  ["demandRegistered", "登记数据需求"],
  ["cloudStepCompleted", "登记上云步骤"],
  ["reportSubmitted", "提交月报签批"],
  ["reportSigned", "签批报送月报"],
  ["reportDeclined", "退回月报"],
  ["reportUrged", "催报月报"],
  ["taskConfirmed", "确认台账任务"],
  ["periodFrozen", "冻结考核数据"],
  ["periodPublished", "公布考核得分"],
  ["periodConfirmed", "考核定档"],
  ["bulletinDrafted", "起草通报"],
  ["bulletinRedrafted", "通报重新取数"],
  ["bulletinSigned", "签发通报"],
  ["bulletinInstructed", "作出批示"],
  ["supervisionRegistered", "督办立项"],
  ["supervisionAccepted", "签收督办"],
  ["supervisionReplied", "反馈督办"],
  ["supervisionSentBack", "退回重办"],
  ["supervisionVerified", "核实督办"],
  ["supervisionClosed", "督办销号"],
  ["supervisionReopened", "重新督办"],
]);

/** Events with which somebody sets something going whose fate they follow; an instruction is followed as its item. */
export const STARTING_EVENTS = ["projectDrafted", "bulletinDrafted", "supervisionRegistered"] as const;
