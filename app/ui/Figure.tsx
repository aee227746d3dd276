import { Info } from "lucide-react";
import type { ReactNode } from "react";

import { Popover } from "./Popover";
import { TONE_TEXT, type Tone } from "./tone";

export interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  /** 口径: what is counted, what is left out, what it is divided by */
  readonly definition: ReactNode;
  /** until when the data speak, as text: "2026年6月30日" */
  readonly cutoff: string;
  /** the rows behind the figure */
  readonly href?: string | undefined;
  /** change against the period before, a light, a second figure */
  readonly note?: ReactNode;
  readonly tone?: Tone | undefined;
}

/** A figure that can be opened to its proof: definition, cut-off and the rows it was counted from. */
export function Figure({ label, value, unit, definition, cutoff, href, note, tone = "neutral" }: FigureProps) {
  const figure = (
    <span>
      <span className="whitespace-nowrap text-2xl font-semibold leading-8">{value}</span>
      {unit && <span className="ml-1 whitespace-nowrap text-[0.8125rem] font-normal text-secondary">{unit}</span>}
    </span>
  );
  const color = tone === "neutral" ? "text-ink" : TONE_TEXT[tone];
  return (
    <div className="relative min-w-0 rounded border border-line bg-surface px-4 py-3 shadow print:shadow-none">
      <div className="flex items-center justify-between gap-2 text-[0.8125rem] text-secondary">
        <span>{label}</span>
        <Popover
          label={`${label}的口径`}
          summary={<Info className="h-4 w-4" strokeWidth={1.75} aria-hidden />}
          summaryClassName="-m-1 block rounded-sm p-1 hover:text-primary"
          align="right"
        >
          <p className="font-medium">口径</p>
          <div className="mt-0.5">{definition}</div>
          <p className="mt-2 text-secondary">数据截至 {cutoff}</p>
          {href && (
            <p className="mt-1">
              <a href={href}>查看明细</a>
            </p>
          )}
        </Popover>
      </div>
      <p className="mt-0.5">
        {href ? (
          <a href={href} className={`no-underline hover:text-primary ${color}`}>
            {figure}
          </a>
        ) : (
          <span className={color}>{figure}</span>
        )}
      </p>
      {note && <div className="mt-0.5 text-[0.8125rem] text-secondary">{note}</div>}
    </div>
  );
}
