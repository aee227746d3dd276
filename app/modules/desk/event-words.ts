import { keysOf } from "~/kernel/vocabulary";
import {
  ACCEPTANCE_EVENT_FACTS,
  ACCEPTANCE_EVENTS,
  EXTENSION_EVENT_FACTS,
  EXTENSION_EVENTS,
} from "~/modules/acceptance";
import { DEMAND_EVENT_WORDS } from "~/modules/catalog";
import { CHANGE_EVENT_FACTS, CHANGE_EVENTS } from "~/modules/changes";
import { ENTRY_EVENTS, ENTRY_KINDS, entryFact } from "~/modules/funding";
import { LEDGER_EVENT_WORDS } from "~/modules/ledger";
import { MATTER_EVENT_WORDS } from "~/modules/matters";
import { PROJECT_EVENT_FACTS, PROJECT_EVENTS } from "~/modules/projects";
import { SECURITY_TEST_EVENT_FACTS, SECURITY_TEST_EVENTS, SYSTEM_EVENT_WORDS } from "~/modules/systems";

const PROJECT_WORDS: readonly (readonly [string, string])[] = keysOf(PROJECT_EVENT_FACTS).map((event) => [
  PROJECT_EVENT_FACTS[event],
  PROJECT_EVENTS[event],
]);

const CHANGE_WORDS: readonly (readonly [string, string])[] = keysOf(CHANGE_EVENT_FACTS).map((event) => [
  CHANGE_EVENT_FACTS[event],
  `项目变更：${CHANGE_EVENTS[event]}`,
]);

const ACCEPTANCE_WORDS: readonly (readonly [string, string])[] = [
  ...keysOf(ACCEPTANCE_EVENT_FACTS).map(
    (event) => [ACCEPTANCE_EVENT_FACTS[event], `验收申请：${ACCEPTANCE_EVENTS[event]}`] as const,
  ),
  ...keysOf(EXTENSION_EVENT_FACTS).map(
    (event) => [EXTENSION_EVENT_FACTS[event], `延期验收：${EXTENSION_EVENTS[event]}`] as const,
  ),
  ["acceptanceDrafted", "申请验收"],
  ["extensionRequested", "申请延期验收"],
  ["archiveChecked", "登记档案验收"],
];

const ENTRY_WORDS: readonly (readonly [string, string])[] = keysOf(ENTRY_KINDS).flatMap((kind) => [
  [entryFact(kind, "enter"), `登记${ENTRY_KINDS[kind]}`] as const,
  ...keysOf(ENTRY_EVENTS).map(
    (step) => [entryFact(kind, step), `${ENTRY_KINDS[kind]}：${ENTRY_EVENTS[step]}`] as const,
  ),
]);

const SECURITY_TEST_WORDS: readonly (readonly [string, string])[] = [
  ["securityTestEntered", "登记安全测评"],
  ...keysOf(SECURITY_TEST_EVENT_FACTS).map(
    (event) => [SECURITY_TEST_EVENT_FACTS[event], `安全测评：${SECURITY_TEST_EVENTS[event]}`] as const,
  ),
];

/** What a person did, by the event that recorded it. Saving a draft is no deed: what is not here is not listed. */
export const EVENT_WORDS: ReadonlyMap<string, string> = new Map([
  ...PROJECT_WORDS,
  ...CHANGE_WORDS,
  ...ACCEPTANCE_WORDS,
  ...ENTRY_WORDS,
  ...SECURITY_TEST_WORDS,
  ["calendarListPut", "上传节假日安排"],
  ["calendarDayAdded", "登记区域放假或上班安排"],
  ["calendarDayRemoved", "撤销区域放假或上班安排"],
  ["reportingDaySet", "调整月报日"],
  ["componentAdded", "登记统一组件"],
  ["componentEdited", "修改统一组件"],
  ["componentRetired", "停用统一组件"],
  ...Object.entries(MATTER_EVENT_WORDS),
  ["changeDrafted", "申请项目变更"],
  ["projectDrafted", "申报新项目"],
  ["fundingLinesReviewed", "评审预算明细"],
  ["planAdjustmentProposed", "提出资金计划调整"],
  ["planAdjustmentConfirmed", "复核资金计划调整"],
  ["planAdjustmentDeclined", "不同意资金计划调整"],
  ["planAdjustmentWithdrawn", "撤回资金计划调整"],
  ["resourceDrafted", "填报数据资源"],
  ["catalogSheetUploaded", "上传资源目录表格"],
  ["catalogSheetImported", "导入资源目录"],
  ["intakeSheetRead", "上传登记表"],
  ["intakeSheetApplied", "导入登记表"],
  ["intakeSheetDiscarded", "放弃登记表"],
  ["resourcePublished", "发布数据资源"],
  ["resourceRegistered", "登记数据资源"],
  ["resourceSentBack", "退回数据资源"],
  ["resourceAbandoned", "作废数据资源草稿"],
  ["resourceDeclined", "退回待发布的数据资源"],
  ["resourceSuspended", "暂停数据资源"],
  ["resourceResumed", "恢复数据资源"],
  ["resourceWithdrawn", "撤销数据资源"],
  ["resourceStepRequested", "申请暂停、恢复或撤销资源"],
  ["resourceRequestDeclined", "不同意单位的资源申请"],
  ["resourceUpdated", "登记数据更新"],
  ["resourceConnected", "挂接数据资源"],
  ["resourceConnectionTested", "测试资源挂接"],
  ["resourceDisconnected", "解除资源挂接"],
  ["deliveryResent", "重新发送目录交付"],
  ["revisionDrafted", "提交资源修订"],
  ["revisionRegistered", "登记资源修订"],
  ["revisionSentBack", "退回资源修订"],
  ["revisionPublished", "发布资源修订"],
  ["revisionDeclined", "不同意资源修订"],
  ["revisionDropped", "放弃资源修订"],
  ["correctionReported", "反映数据有误"],
  ["correctionConfirmed", "确认数据有误"],
  ["correctionRejected", "核实数据无误"],
  ["correctionFixed", "修正数据"],
  ["correctionClosed", "办结数据纠错"],
  ["correctionReopened", "重新提出数据纠错"],
  ...Object.entries(DEMAND_EVENT_WORDS),
  ["resourceUseRecorded", "登记数据使用"],
  ["cloudStepCompleted", "登记上云步骤"],
  ["scopeProposed", "提出上云范围认定"],
  ["scopeConfirmed", "复核通过上云范围认定"],
  ["scopeDeclined", "不予通过上云范围认定"],
  ["scopeWithdrawn", "撤回上云范围认定"],
  ["cloudBatchCreated", "建立上云批次"],
  ["cloudBatchChanged", "修改上云批次"],
  ["systemBatched", "列入上云批次"],
  ["systemUnbatched", "移出上云批次"],
  ["cloudTestFailed", "登记安全检测不合格"],
  ["cloudStepRolledBack", "退回上云步骤"],
  ["cloudBlockReported", "登记上云受阻"],
  ["cloudBlockCleared", "解除上云受阻"],
  ["cloudResourcesRecorded", "登记云资源数量"],
  ...Object.entries(SYSTEM_EVENT_WORDS),
  ["reportSubmitted", "提交月报签批"],
  ["reportSigned", "签批报送月报"],
  ["reportDeclined", "退回月报"],
  ["reportUrged", "催报月报"],
  ["reportExplained", "说明月报情况"],
  ["reportFileAdded", "上传月报佐证材料"],
  ["reportFileRemoved", "移除月报佐证材料"],
  ["coordinationRaised", "提出需协调事项"],
  ["coordinationRevised", "更新需协调事项"],
  ["coordinationWithdrawn", "撤回需协调事项"],
  ["coordinationCleared", "不再提出需协调事项"],
  ["coordinationAdvised", "对需协调事项提出意见"],
  ["coordinationAnswered", "答复需协调事项"],
  ["coordinationItemised", "需协调事项转督办"],
  ["coordinationFinished", "需协调事项随督办销号"],
  ["coordinationSettled", "确认解决需协调事项"],
  ...Object.entries(LEDGER_EVENT_WORDS),
  ["expertPanelConvened", "组织专家评审"],
  ["expertReplaced", "补邀专家"],
  ["expertPanelConcluded", "汇总专家意见"],
  ["expertPanelCancelled", "取消专家评审"],
  ["expertAccepted", "声明无回避情形"],
  ["expertAvoided", "声明回避"],
  ["expertOpinionGiven", "出具专家意见"],
  ["delegationGranted", "委托代办"],
  ["delegationRevoked", "撤销委托"],
  ["figureVersionAdded", "登记规则参数新值"],
  ["figureVersionWithdrawn", "撤回规则参数新值"],
  ["periodFrozen", "冻结考核数据"],
  ["periodPublished", "公布考核得分"],
  ["periodConfirmed", "考核定档"],
  ["bulletinDrafted", "起草通报"],
  ["bulletinRedrafted", "通报重新取数"],
  ["bulletinSigned", "签发通报"],
  ["bulletinInstructed", "作出批示"],
  ["supervisionRegistered", "督办立项"],
  ["supervisionAccepted", "签收督办"],
  ["supervisionUrged", "催办督办事项"],
  ["supervisionExtended", "延长督办期限"],
  ["supervisionReplied", "反馈督办"],
  ["supervisionSentBack", "退回重办"],
  ["supervisionVerified", "核实督办"],
  ["supervisionClosed", "督办销号"],
  ["supervisionReopened", "重新督办"],
  ["supervisionTalkHeld", "记录约谈"],
]);

/** Events with which somebody sets something going whose fate they follow; an instruction is followed as its item. */
export const STARTING_EVENTS = [
  "projectDrafted",
  "changeDrafted",
  "demandApplied",
  "bulletinDrafted",
  "supervisionRegistered",
] as const;
