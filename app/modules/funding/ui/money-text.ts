import { formatWan, formatYuan, type Fen } from "~/kernel/fen";

import type { MoneyUnit } from "../funding.schema";

/** An amount as a person would type it in the unit shown: no zeros that say nothing. @unit fen in */
export function typedText(amount: Fen | null, unit: MoneyUnit): string {
  if (amount === null) return "";
  return (unit === "wan" ? formatWan(amount, 6) : formatYuan(amount)).replace(/\.?0+$/, "");
}
