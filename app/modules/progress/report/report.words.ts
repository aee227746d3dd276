import type { ReportStatus } from "~/kernel/vocabulary";

import type { ReportState } from "./report.lifecycle";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const STATUS_TONES: Readonly<Record<ReportStatus, Tone>> = {
  onTime: "good",
  late: "warn",
  missing: "bad",
  notDue: "neutral",
};

const STATE_TONES: Readonly<Record<ReportState, Tone>> = {
  open: "neutral",
  draft: "info",
  awaitingSignature: "warn",
  signed: "good",
};

export const reportStatusTone = (status: ReportStatus): Tone => STATUS_TONES[status];
export const reportStateTone = (state: ReportState): Tone => STATE_TONES[state];

/** What happened to a report, for its timeline. */
export const reportEventWords: Readonly<Record<string, string>> = {
  reportSaved: "保存草稿",
  reportSubmitted: "提交签批",
  reportSigned: "签批报送",
  reportDeclined: "退回修改",
  reportUrged: "催报",
  reportExplained: "补充说明",
  reportFileAdded: "上传佐证材料",
  reportFileRemoved: "移除佐证材料",
};
