import type { Fen } from "~/kernel/fen";

import type { MoneyUnit } from "./funding.schema";

const FEN_IN = { wan: 1_000_000, yuan: 100 } as const satisfies Record<MoneyUnit, number>;

/** An amount as the number of a sheet's cell: the number nearest to it, so that it shows without a false digit. @unit fen in */
export const amountCell = (amount: Fen | null, unit: MoneyUnit): number | null =>
  amount === null ? null : amount / FEN_IN[unit];
