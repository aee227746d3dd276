import type { ReactNode } from "react";

import type { Tone } from "./tone";

/** The state of a thing, in its own word. */
export function StatusTag({ tone = "neutral", children }: { tone?: Tone | undefined; children: ReactNode }) {
  return (
    <span data-signal className={`status-tag is-${tone}`}>
      {children}
    </span>
  );
}
