import type { ExpertVerdict, PanelState } from "~/kernel/vocabulary";

import type { Conflict } from "./avoidance.rules";
import type { SeatState } from "./opinion.lifecycle";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

/** How a tie with the project reads behind an expert's name. */
export const CONFLICT_WORDS: Readonly<Record<Conflict, string>> = {
  ownUnit: "任职于申报单位",
  participatingUnit: "任职于参与单位",
  supplier: "任职于项目供应商",
};

export const PANEL_TONES: Readonly<Record<PanelState, Tone>> = {
  open: "info",
  concluded: "good",
  cancelled: "neutral",
};

export const SEAT_TONES: Readonly<Record<SeatState, Tone>> = {
  invited: "warn",
  opining: "info",
  given: "good",
  avoided: "neutral",
  released: "neutral",
};

export const VERDICT_TONES: Readonly<Record<ExpertVerdict, Tone>> = {
  agree: "good",
  agreeWithChanges: "warn",
  disagree: "bad",
};
