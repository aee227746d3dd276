import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { TONE_EDGE, TONE_SURFACE, type Tone } from "./tone";

const SIGNS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

export interface NoticeProps {
  readonly tone?: Exclude<Tone, "neutral"> | undefined;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Something the reader should know before going on. After a redirect it is how success is told. */
export function Notice({ tone = "info", title, children, action }: NoticeProps) {
  const Sign = SIGNS[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={`mb-4 flex gap-2 rounded border-l-4 px-3 py-2 ${TONE_EDGE[tone]} ${TONE_SURFACE[tone]}`}
    >
      <Sign className="mt-0.5 h-4 w-4 flex-none" strokeWidth={2} aria-hidden />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="notice-text text-ink">{children}</div>}
      </div>
      {action && <div className="flex-none">{action}</div>}
    </div>
  );
}
