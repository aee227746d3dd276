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
  return (
    <div className="progress">
      <div data-signal aria-hidden>
        <i className={light ? `is-${light}` : undefined} style={{ width: `${clamp(actual)}%` }} />
        {planned !== undefined && <b style={{ left: `calc(${clamp(planned)}% - 1px)` }} />}
      </div>
      <p>
        {actualWord} {actual}%{planned !== undefined && ` · ${plannedWord} ${planned}%`}
      </p>
    </div>
  );
}
