import { formatWan, formatYuan, type Fen } from "~/kernel/fen";

export interface AmountProps {
  /** null: not known, which is not zero */
  readonly fen: Fen | null;
  readonly in?: "wan" | "yuan" | undefined;
  /** 2 for reading, more where cents matter */
  readonly digits?: 2 | 4 | 6 | undefined;
  /** write the unit behind the figure; leave it out in a table, whose head says it */
  readonly unit?: boolean | undefined;
}

/** Money; the exact yuan are in its title. */
export function Amount({ fen, in: scale = "wan", digits = 2, unit = false }: AmountProps) {
  if (fen === null) return <span className="text-secondary">—</span>;
  const text = scale === "wan" ? formatWan(fen, digits) : formatYuan(fen);
  return (
    <data value={fen} title={`${formatYuan(fen)} 元`} className="amount">
      {text}
      {unit && <span className="text-secondary">{scale === "wan" ? " 万元" : " 元"}</span>}
    </data>
  );
}
