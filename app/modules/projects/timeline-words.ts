import { keysOf } from "~/kernel/vocabulary";

import { FILING_SECTIONS, type FilingSection } from "./filing.types";
import { PROJECT_EVENT_FACTS, PROJECT_EVENTS, type ProjectEvent } from "./project.lifecycle";

export interface EventWords {
  readonly what: string;
  readonly tone: "neutral" | "info" | "good" | "warn" | "bad";
  /** writing at a draft: worth keeping, not worth a place in the short timeline */
  readonly minor: boolean;
  /** what the event itself says, beside the reason that was written */
  readonly detail?: string;
}

const TONES: Readonly<Partial<Record<ProjectEvent, EventWords["tone"]>>> = {
  declineToSign: "warn",
  returnForSupplement: "warn",
  returnFromFunding: "warn",
  suspend: "warn",
  reject: "bad",
  terminate: "bad",
  lapse: "bad",
  withdraw: "neutral",
  passFormCheck: "good",
  passShortcut: "good",
  pass: "good",
  concludeFunding: "good",
  approve: "good",
  completeConstruction: "good",
  passInitialAcceptance: "good",
  passFinalAcceptance: "good",
};

/** Events of modules above this one that belong to a project's story. */
const ABOUT_PROJECTS: Readonly<Record<string, readonly [what: string, tone: EventWords["tone"]]>> = {
  expertPanelConvened: ["组织专家评审", "info"],
  expertPanelConcluded: ["形成专家评审意见", "info"],
  expertPanelCancelled: ["取消专家评审", "warn"],
  changeSubmitted: ["提交变更申请", "info"],
  changeSigned: ["签批上报变更", "info"],
  changeDeclined: ["变更退回填报人", "warn"],
  changeAccepted: ["同意变更", "good"],
  changeRefused: ["不同意变更", "bad"],
  changeWithdrawn: ["撤回变更", "neutral"],
  acceptanceSubmitted: ["提交验收申请", "info"],
  acceptanceSigned: ["签批上报验收申请", "info"],
  acceptanceDeclined: ["验收申请退回填报人", "warn"],
  acceptanceReturned: ["验收材料退回补正", "warn"],
  acceptanceFailed: ["验收未通过", "bad"],
  acceptanceWithdrawn: ["撤回验收申请", "neutral"],
  archiveChecked: ["登记档案验收结果", "info"],
  extensionRequested: ["申请延期验收", "info"],
  extensionSigned: ["签批上报延期申请", "info"],
  extensionDeclined: ["分管领导未同意延期申请", "warn"],
  extensionGranted: ["同意延期验收", "good"],
  extensionRefused: ["不同意延期验收", "bad"],
  extensionWithdrawn: ["撤回延期申请", "neutral"],
};

const STEPS = new Map<string, EventWords>([
  ...Object.entries(ABOUT_PROJECTS).map(([type, [what, tone]]): [string, EventWords] => [
    type,
    { what, tone, minor: false },
  ]),
  ...keysOf(PROJECT_EVENTS).map((event): [string, EventWords] => [
    PROJECT_EVENT_FACTS[event],
    { what: PROJECT_EVENTS[event], tone: TONES[event] ?? "info", minor: false },
  ]),
]);

/** What a recorded event is called on a project's timeline; undefined for what is not meant for readers. */
export function eventWords(type: string, payload: Readonly<Record<string, unknown>>): EventWords | undefined {
  const minor = (what: string): EventWords => ({ what, tone: "neutral", minor: true });
  const { section, fileName, receiptNumber, shortcutBasis, kindName } = payload;
  const step = STEPS.get(type);
  switch (type) {
    case PROJECT_EVENT_FACTS.submit:
      return step && typeof receiptNumber === "string" ? { ...step, detail: `受理号 ${receiptNumber}` } : step;
    case PROJECT_EVENT_FACTS.passShortcut:
      return step && typeof shortcutBasis === "string" ? { ...step, detail: `依据：${shortcutBasis}` } : step;
    case "projectDrafted":
      return { what: "建立申报", tone: "neutral", minor: false };
    case "projectChanged":
      return { what: "变更生效", tone: "info", minor: false };
    case "partInvited":
      return {
        what: `邀请${typeof payload.unitName === "string" ? payload.unitName : "配合单位"}填报分部分`,
        tone: "info",
        minor: false,
      };
    case "fundingLinesReviewed":
      return { what: "评审概算明细", tone: "info", minor: false };
    case "expertPanelConvened":
      return { what: "组织专家评审", tone: "info", minor: false };
    case "expertPanelConcluded":
      return { what: "专家评审形成意见", tone: "good", minor: false };
    case "expertPanelCancelled":
      return { what: "专家评审取消", tone: "neutral", minor: false };
    case "filingSectionSaved":
      return minor(
        typeof section === "string" && section in FILING_SECTIONS
          ? `保存“${FILING_SECTIONS[section as FilingSection]}”`
          : "保存差异说明",
      );
    case "attachmentAdded":
      return minor(`上传附件“${typeof fileName === "string" ? fileName : ""}”`);
    case "attachmentRemoved":
      return minor(`移除附件“${typeof fileName === "string" ? fileName : ""}”`);
    default:
      return step && typeof kindName === "string" ? { ...step, detail: kindName } : step;
  }
}
