import { LightTag, type Light } from "./LightTag";

export interface CountdownProps {
  /** working days left; 0 is the last day, negative is overdue. @unit workdays */
  readonly remaining: number;
  /** when the domain has judged it; otherwise overdue is red and the last two working days yellow */
  readonly light?: Light | undefined;
  /** for a table whose head says 剩余工作日 */
  readonly compact?: boolean | undefined;
}

/** How long there is left, as people say it. */
export function Countdown({ remaining, light, compact = false }: CountdownProps) {
  const days = compact ? "日" : "个工作日";
  const text =
    remaining < 0
      ? `超期 ${-remaining} ${days}`
      : remaining === 0
        ? "今天到期"
        : `${compact ? "" : "剩余 "}${remaining} ${days}`;
  return <LightTag light={light ?? (remaining < 0 ? "red" : remaining <= 2 ? "yellow" : "green")} word={text} />;
}
