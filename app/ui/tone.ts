/** How something is doing. A tone only colours; the word beside it carries the meaning. */
export type Tone = "neutral" | "info" | "good" | "warn" | "bad";

/** Soft ground with text of at least 4.5:1 on it (7:1 in 大字版). */
export const TONE_SURFACE: Readonly<Record<Tone, string>> = {
  neutral: "bg-ground text-secondary",
  info: "bg-primary-soft text-primary",
  good: "bg-good-soft text-[color:var(--good-text)]",
  warn: "bg-warn-soft text-[color:var(--warn-text)]",
  bad: "bg-bad-soft text-[color:var(--bad-text)]",
};

/** Text on surface or ground. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: "text-secondary",
  info: "text-primary",
  good: "text-[color:var(--good-text)]",
  warn: "text-[color:var(--warn-text)]",
  bad: "text-[color:var(--bad-text)]",
};

/** The pure signal colour, for edges and shapes. */
export const TONE_EDGE: Readonly<Record<Tone, string>> = {
  neutral: "border-line",
  info: "border-primary",
  good: "border-good",
  warn: "border-warn",
  bad: "border-bad",
};
