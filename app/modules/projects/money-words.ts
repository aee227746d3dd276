import { formatWan, type Fen } from "~/kernel/fen";

/** An amount in 万元 as a person types it: exact, without separators and idle zeros. */
export const wanText = (amount: Fen): string =>
  formatWan(amount, 6)
    .replaceAll(",", "")
    .replace(/\.?0+$/, "");
