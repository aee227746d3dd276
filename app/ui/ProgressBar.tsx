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

const FILLS: Readonly<Record<Light, string>> = { green: "bg-good", yellow: "bg-warn", red: "bg-bad" };
const clamp = (percent: number): number => Math.min(100, Math.max(0, percent));

/** Actual against planned; the figures are written out, the bar only draws them. */
export function ProgressBar({ actual, planned, light, plannedWord = "计划", actualWord = "实际" }: ProgressBarProps) {
  return (
    <div className="w-full min-w-[8rem] max-w-[12rem]">
      <div data-signal aria-hidden className="relative h-2 rounded-full bg-[color:var(--line)]">
        <div
          className={`h-2 rounded-full ${light ? FILLS[light] : "bg-primary"}`}
          style={{ width: `${clamp(actual)}%` }}
        />
        {planned !== undefined && (
          <div
            className="absolute -bottom-0.5 -top-0.5 w-0.5 bg-ink"
            style={{ left: `calc(${clamp(planned)}% - 1px)` }}
          />
        )}
      </div>
      <p className="mt-0.5 whitespace-nowrap text-xs text-secondary">
        {actualWord} {actual}%{planned !== undefined && ` · ${plannedWord} ${planned}%`}
      </p>
    </div>
  );
}
