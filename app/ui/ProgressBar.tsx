import type { CSSProperties } from "react";

import type { Light } from "./LightTag";

export interface ProgressBarProps {
  /** @unit percent, 0–100, already rounded for the eye */
  readonly actual: number;
  /** a tick on the bar. @unit percent, 0–100 */
  readonly planned?: number | undefined;
  readonly light?: Light | null | undefined;
  readonly plannedWord?: string | undefined;
  readonly actualWord?: string | undefined;
}

const clamp = (percent: number): number => Math.min(100, Math.max(0, percent));

/** Actual against planned; the figures are written out, the bar only draws them. */
export function ProgressBar({ actual, planned, light, plannedWord = "计划", actualWord = "实际" }: ProgressBarProps) {
  const bar: CSSProperties & Record<`--${string}`, string> = { "--actual": `${clamp(actual)}%` };
  if (planned !== undefined) bar["--planned"] = `${clamp(planned)}%`;
  return (
    <p data-signal className={light ? `progress is-${light}` : "progress"} style={bar}>
      {`${actualWord} ${actual}%${planned === undefined ? "" : ` · ${plannedWord} ${planned}%`}`}
    </p>
  );
}
