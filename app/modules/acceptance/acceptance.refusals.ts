import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import {
  ACCEPTANCE_DOCUMENTS,
  ACCEPTANCE_STATES,
  EXTENSION_STATES,
  PROJECT_STAGES,
  type AcceptanceDocument,
  type AcceptanceState,
  type ExtensionState,
  type ProjectStage,
} from "~/kernel/vocabulary";
import { sayTransitionRefusal, type AttachmentCode, type TransitionRefusal } from "~/modules/projects";

import { ACCEPTANCE_EVENTS, type AcceptanceEvent } from "./acceptance.lifecycle";
import type { AcceptanceStepRefusal, DraftRefusal, ExtensionStepRefusal, GateCode, Missing } from "./acceptance.rules";
import type { ExtensionRefusal } from "./clock.rules";
import { EXTENSION_EVENTS, type ExtensionEvent } from "./extension.lifecycle";

export type AcceptanceRefusal =
  | AcceptanceStepRefusal
  | ExtensionStepRefusal
  | DraftRefusal
  | GateCode
  | ExtensionRefusal
  | AttachmentCode
  | TransitionRefusal
  | "notWritable"
  | "remarkGiven"
  | "checkedMeanwhile"
  | "reasonMissing"
  | "basisMissing"
  | "fileEmpty"
  | "fileTypeNotAllowed";

const day = (value: unknown): string => (typeof value === "string" ? formatOfficialDate(value as LocalDate) : "");

/** What is missing before an acceptance can pass, as one sentence. */
export function sayMissing({ code, facts = {} }: Missing): string {
  const name = facts.name ?? "";
  switch (code) {
    case "constructionOpen":
      return "项目还没有宣布完工，请先在项目页面宣布完工。";
    case "statementMissing":
      return "请填写申请说明：建成了什么、使用情况、遗留问题。";
    case "paperMissing": {
      const paper = ACCEPTANCE_DOCUMENTS[facts.paper as AcceptanceDocument] ?? "材料";
      return facts.level === undefined
        ? `缺少《${paper}》，请上传。`
        : `缺少《${paper}》：等保${facts.level}级项目必须提供，请上传。`;
    }
    case "trialRunUnknown":
      return "没有进入试运行的记录，请先在项目页面办理“进入试运行”。";
    case "trialRunTooShort":
      return `试运行须满 ${facts.months} 个月，到${day(facts.until)}方可终验。`;
    case "archiveUnchecked":
      return "还没有办理档案验收，请数据局登记档案验收结果。";
    case "archiveFailed":
      return "最近一次档案验收不合格，请整改后由数据局重新验收。";
    case "entryDraft":
      return `数据资源“${name}”还没有登记，请提交登记或作废。`;
    case "entryUnpublished":
      return `数据资源“${name}”还没有发布，请办理登记和发布。`;
    case "entryUnconnected":
      return `数据资源“${name}”还没有挂接，请登记挂接信息。`;
    case "entryUntested":
      return `数据资源“${name}”还没有通过测试共享，请办理测试共享。`;
  }
}

/** Why a step of an acceptance was not taken, and what to do. */
export function sayAcceptanceRefusal(refusal: Refusal<AcceptanceRefusal>): string {
  const { code, facts = {} } = refusal;
  switch (code) {
    case "notInThisState":
      return sayNotInThisState(facts);
    case "complete":
    case "nothingMissing":
      return "还有材料或条件没有满足，请先处理列出的各项。";
    case "otherPersonThanBefore":
      return "办理人与填报人或签批人是同一人。按照双人原则，请由另一位有权限的同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "withinLimit":
      return "项目已经申请验收，或申请的日期已不晚于现在的期限，不需要再延期。请不同意本件并说明。";
    case "projectStandsStill":
      return facts.stage === "terminated"
        ? "项目已终止，不再办理验收和延期；未办结的申请自动撤回。"
        : "项目已暂停，暂停期间不办理验收和延期。请待项目恢复后再办理，或由建设单位撤回申请。";
    case "projectNotAcceptable":
      return `项目现处于“${PROJECT_STAGES[facts.stage as ProjectStage] ?? ""}”阶段，不能办理验收；宣布完工后可申请初验，试运行后可申请终验。`;
    case "acceptanceUndecided":
      return "项目已有一件验收申请尚未办结，请先办结或撤回。";
    case "notWritable":
      return "申请已提交，不能再修改；如需修改，请由分管领导退回，或撤回后重新申请。";
    case "remarkGiven":
      return "档案验收不合格时请写明问题，建设单位将据此整改。";
    case "checkedMeanwhile":
      return "档案验收刚刚已有新的登记，这一次没有保存。请核对最新结果，确需再登记时重新提交。";
    case "reasonMissing":
      return "请写明延期的理由。";
    case "basisMissing":
      return "请上传说明延期理由的文件，例如会议纪要或承建单位的函。";
    default:
      return sayOtherRefusal({ ...refusal, code });
  }
}

type Handled =
  | "notInThisState"
  | "complete"
  | "nothingMissing"
  | "otherPersonThanBefore"
  | "reasonGiven"
  | "withinLimit"
  | "projectStandsStill"
  | "projectNotAcceptable"
  | "acceptanceUndecided"
  | "notWritable"
  | "remarkGiven"
  | "checkedMeanwhile"
  | "reasonMissing"
  | "basisMissing";

function sayOtherRefusal(refusal: Refusal<Exclude<AcceptanceRefusal, Handled>>): string {
  const { code, facts = {} } = refusal;
  const name = facts.name ?? "";
  switch (code) {
    case "clockNotRunning":
      return "项目还没有宣布完工或已经终验，没有正在计算的申请期限，不需要延期。";
    case "alreadyApplied":
      return "项目已经申请终验，不需要延期。";
    case "extensionUndecided":
      return "已有一件延期申请尚未办结，请先办结或撤回。";
    case "untilNotLater":
      return `延期后的日期须晚于现在的期限（${day(facts.limit)}），请重新填写。`;
    case "untilTooLate":
      return `一次最多延期 ${facts.months} 个月，最晚到${day(facts.last)}，请重新填写。`;
    case "untilPast":
      return "延期后的日期须晚于今天，请重新填写。";
    case "fileEmpty":
      return `文件“${name}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${name}”超过单个附件上限 ${facts.limit} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${name}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
    case "duplicateInProject":
      return `文件“${name}”与已上传的“${facts.existing}”（${ACCEPTANCE_DOCUMENTS[facts.kind as AcceptanceDocument] ?? "材料"}）内容完全相同，没有重复保存。如要改类别，请先移除原件再上传。`;
    case "quotaExceeded":
      return `文件“${name}”没有上传：验收材料已用 ${facts.usedMegabytes} MB，总量上限 ${facts.limit} MB。请移除不需要的材料或压缩后再上传。`;
    case "constructionOpen":
    case "statementMissing":
    case "paperMissing":
    case "trialRunUnknown":
    case "trialRunTooShort":
    case "archiveUnchecked":
    case "archiveFailed":
    case "entryDraft":
    case "entryUnpublished":
    case "entryUnconnected":
    case "entryUntested":
      return sayMissing({ ...refusal, code });
    default:
      return sayTransitionRefusal({ ...refusal, code });
  }
}

function sayNotInThisState({ state, event }: NonNullable<Refusal["facts"]>): string {
  const now = ACCEPTANCE_STATES[state as AcceptanceState] ?? EXTENSION_STATES[state as ExtensionState] ?? "";
  const wanted = ACCEPTANCE_EVENTS[event as AcceptanceEvent] ?? EXTENSION_EVENTS[event as ExtensionEvent] ?? "这项操作";
  return `申请现处于“${now}”状态，不能办理“${wanted}”。请刷新页面，按最新状态办理。`;
}
