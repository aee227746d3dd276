import type { MoneyUnit } from "../funding.schema";

interface UnitSwitchProps {
  readonly unit: MoneyUnit;
  readonly hrefFor: (unit: MoneyUnit) => string;
}

/** 万元 or 元, kept in the address. */
export function UnitSwitch({ unit, hrefFor }: UnitSwitchProps) {
  const choice = (value: MoneyUnit, word: string) => (
    <a
      href={hrefFor(value)}
      aria-current={unit === value ? "true" : undefined}
      className={unit === value ? "font-semibold text-ink no-underline" : undefined}
    >
      {word}
    </a>
  );
  return (
    <span className="flex gap-3">
      <span className="text-secondary">单位：</span>
      {choice("wan", "万元")}
      {choice("yuan", "元")}
    </span>
  );
}
