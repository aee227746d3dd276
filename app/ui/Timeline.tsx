import type { ReactNode } from "react";

import type { Tone } from "./tone";

export interface TimelineEntry {
  readonly key: string;
  readonly who: string;
  readonly what: string;
  /** when it happened, as text; absent for what is still to come */
  readonly when?: string | undefined;
  /** the limit of an open entry, as text: "7月24日" */
  readonly until?: string | undefined;
  readonly reason?: ReactNode;
  readonly tone?: Tone | undefined;
  /** the step that is waiting now */
  readonly current?: boolean | undefined;
}

const DOTS: Readonly<Record<Tone, string>> = {
  neutral: "bg-[color:var(--line-control)]",
  info: "bg-primary",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
};

/** Who did what and when, and who has it until when. Order is the caller's, usually newest first. */
export function Timeline({ entries, label = "办理过程" }: { entries: readonly TimelineEntry[]; label?: string }) {
  return (
    <ol aria-label={label}>
      {entries.map((entry, index) => (
        <li key={entry.key} className="relative flex gap-3 pb-4 last:pb-0">
          {index < entries.length - 1 && (
            <span aria-hidden className="absolute bottom-0 left-1 top-3 border-l-2 border-line" />
          )}
          <span
            data-signal
            aria-hidden
            className={`relative mt-1.5 h-2.5 w-2.5 flex-none rounded-full ${entry.current ? "border-2 border-primary bg-surface" : DOTS[entry.tone ?? "neutral"]}`}
          />
          <div className="min-w-0 flex-1">
            <p className={entry.current ? "font-semibold text-primary" : "font-medium"}>{entry.what}</p>
            <p className="text-[0.8125rem] text-secondary">
              {[entry.who, entry.when, entry.until && `截止 ${entry.until}`].filter(Boolean).join(" · ")}
            </p>
            {entry.reason && <div className="mt-1 rounded-sm bg-ground px-2 py-1 text-[0.8125rem]">{entry.reason}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
