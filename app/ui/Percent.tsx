import { multiply, rational, toFixed, type Rational } from "~/kernel/rational";

export interface PercentProps {
  /** exact share, 0–1; null: there is nothing to divide by */
  readonly share: Rational | null;
  readonly digits?: number | undefined;
}

/** A share as percent, rounded here and only here. */
export function Percent({ share, digits = 1 }: PercentProps) {
  if (share === null) return <span className="text-secondary">—</span>;
  return <span className="whitespace-nowrap">{toFixed(multiply(share, rational(100)), digits)}%</span>;
}
