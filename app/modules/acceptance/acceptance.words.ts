import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import {
  ACCEPTANCE_KINDS,
  type AcceptanceKind,
  type AcceptanceState,
  type ExtensionState,
  type ProjectStage,
} from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import type { GateCode, Missing } from "./acceptance.rules";
import type { ApplyState, EvaluationState, EvaluationWindow } from "./clock.rules";

const TONES: Readonly<Record<AcceptanceState, Tone>> = {
  draft: "neutral",
  signing: "info",
  open: "warn",
  returned: "warn",
  passed: "good",
  failed: "bad",
  withdrawn: "neutral",
};
export const acceptanceTone = (state: AcceptanceState): Tone => TONES[state];

const EXTENSION_TONES: Readonly<Record<ExtensionState, Tone>> = {
  signing: "info",
  open: "warn",
  granted: "good",
  refused: "bad",
  withdrawn: "neutral",
};
export const extensionTone = (state: ExtensionState): Tone => EXTENSION_TONES[state];

/** The number of an application among those of its kind: "竣工验收第2次申请". */
export const acceptanceTitle = (kind: AcceptanceKind, number: number): string =>
  number === 1 ? `${ACCEPTANCE_KINDS[kind]}申请` : `${ACCEPTANCE_KINDS[kind]}第${number}次申请`;

/** How a project stands against the limit for its application. */
export const APPLY_STATES: Readonly<Record<ApplyState, string>> = {
  overdue: "已逾期",
  soon: "即将到期",
  inTime: "期限内",
  applied: "已申请",
};
export const APPLY_TONES: Readonly<Record<ApplyState, Tone>> = {
  overdue: "bad",
  soon: "warn",
  inTime: "info",
  applied: "good",
};

/** Days left of a limit, in words. @unit days */
export function sayDaysLeft(daysLeft: number): string {
  if (daysLeft < 0) return `逾期 ${-daysLeft} 天`;
  return daysLeft === 0 ? "今天到期" : `还剩 ${daysLeft} 天`;
}

export const EVALUATION_STATES: Readonly<Record<EvaluationState, string>> = {
  notYet: "未到时间",
  open: "可以自评",
  late: "即将到期",
  missed: "逾期未自评",
  done: "已评价",
};

/** Where a project stands with its self-evaluation, and what comes next. */
export function sayEvaluation({ state, opensOn, warnsOn, dueOn }: EvaluationWindow): string {
  const on = (value: LocalDate) => formatOfficialDate(value);
  switch (state) {
    case "notYet":
      return `${on(opensOn)}起可以自评，${on(dueOn)}前完成。`;
    case "open":
      return `${on(opensOn)}起可以自评；${on(warnsOn)}起亮黄灯，${on(dueOn)}起亮红灯。`;
    case "late":
      return `已到黄灯期，请在${on(dueOn)}前完成自评。`;
    case "missed":
      return `自评期限${on(dueOn)}已到，仍未自评。`;
    case "done":
      return "已完成绩效评价。";
  }
}

/** Where a missing thing is put right; undefined when it is done on the acceptance page itself or only time helps. */
export function placeOf(projectId: string, { code, facts }: Missing): { href: string; label: string } | undefined {
  const entry = (label: string) => ({ href: `/catalog/${facts?.entryId ?? ""}`, label });
  const places: Readonly<Record<GateCode, { href: string; label: string } | undefined>> = {
    constructionOpen: { href: `/projects/${projectId}#completeConstruction`, label: "去宣布完工" },
    statementMissing: { href: "#statement", label: "去填写" },
    paperMissing: { href: "#papers", label: "去上传" },
    trialRunUnknown: { href: `/projects/${projectId}#startTrialRun`, label: "去办理" },
    trialRunTooShort: undefined,
    archiveUnchecked: { href: "#archive", label: "看档案验收" },
    archiveFailed: { href: "#archive", label: "看档案验收" },
    entryDraft: entry("打开资源"),
    entryUnpublished: entry("打开资源"),
    entryUnconnected: entry("去挂接"),
    entryUntested: entry("去测试共享"),
  };
  return places[code];
}

/** What a project's acceptance waits for, and for whom; undefined when nothing more will come. */
export function nextOf(
  stage: ProjectStage,
  completedOn: LocalDate | null,
  current: { readonly kind: AcceptanceKind; readonly state: AcceptanceState } | null,
): { readonly what: string; readonly who: string } | undefined {
  if (current) return nextOfApplication(current);
  switch (stage) {
    case "implementation":
      return { what: completedOn === null ? "建成后宣布完工" : "申请初验", who: "建设单位" };
    case "initialAccepted":
      return { what: "进入试运行", who: "建设单位" };
    case "trialRun":
      return { what: "申请终验", who: "建设单位" };
    default:
      return undefined;
  }
}

function nextOfApplication({ kind, state }: { readonly kind: AcceptanceKind; readonly state: AcceptanceState }) {
  const word = ACCEPTANCE_KINDS[kind];
  switch (state) {
    case "draft":
      return { what: `完成${word}申请并提交签批`, who: "本单位填报人" };
    case "signing":
      return { what: `签批${word}申请`, who: "本单位分管领导" };
    case "open":
      return { what: `办理${word}`, who: "数据局" };
    case "returned":
      return { what: "补正后重新提交", who: "本单位填报人" };
    case "passed":
    case "failed":
    case "withdrawn":
      return undefined;
  }
}
