import type { ReactNode } from "react";

import { TONE_SURFACE, type Tone } from "./tone";

/** The state of a thing, in its own word. */
export function StatusTag({ tone = "neutral", children }: { tone?: Tone | undefined; children: ReactNode }) {
  return (
    <span
      data-signal
      className={`inline-flex items-center whitespace-nowrap rounded-sm border px-1.5 text-xs font-medium leading-5 ${tone === "neutral" ? "border-line" : "border-transparent"} ${TONE_SURFACE[tone]}`}
    >
      {children}
    </span>
  );
}
