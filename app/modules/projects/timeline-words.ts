import { keysOf } from "~/kernel/vocabulary";

import { FILING_SECTIONS, type FilingSection } from "./filing.types";
import { PROJECT_EVENT_FACTS, PROJECT_EVENTS, type ProjectEvent } from "./project.lifecycle";

export interface EventWords {
  readonly what: string;
  readonly tone: "neutral" | "info" | "good" | "warn" | "bad";
  /** writing at a draft: worth keeping, not worth a place in the short timeline */
  readonly minor: boolean;
}

const TONES: Readonly<Partial<Record<ProjectEvent, EventWords["tone"]>>> = {
  declineToSign: "warn",
  returnForSupplement: "warn",
  returnFromFunding: "warn",
  suspend: "warn",
  reject: "bad",
  terminate: "bad",
  lapse: "bad",
  pass: "good",
  concludeFunding: "good",
  approve: "good",
  passInitialAcceptance: "good",
  passFinalAcceptance: "good",
};

const STEPS = new Map<string, EventWords>(
  keysOf(PROJECT_EVENTS).map((event) => [
    PROJECT_EVENT_FACTS[event],
    { what: PROJECT_EVENTS[event], tone: TONES[event] ?? "info", minor: false },
  ]),
);

/** What a recorded event is called on a project's timeline; undefined for what is not meant for readers. */
export function eventWords(type: string, payload: Readonly<Record<string, unknown>>): EventWords | undefined {
  const minor = (what: string): EventWords => ({ what, tone: "neutral", minor: true });
  const { section, fileName } = payload;
  switch (type) {
    case "projectDrafted":
      return { what: "建立申报", tone: "neutral", minor: false };
    case "fundingLinesReviewed":
      return { what: "评审概算明细", tone: "info", minor: false };
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
      return STEPS.get(type);
  }
}
