import type { ImportState } from "~/kernel/vocabulary";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const TONES: Readonly<Record<ImportState, Tone>> = {
  uploaded: "info",
  reading: "info",
  mapping: "warn",
  previewed: "warn",
  importing: "info",
  imported: "good",
  failed: "bad",
  discarded: "neutral",
};

export const importTone = (state: ImportState): Tone => TONES[state];
