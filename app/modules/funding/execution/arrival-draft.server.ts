import type { arrivals } from "@db/schema";

import type { EntryDraft } from "./draft.server";
import type { ArrivalInput } from "./entry.schema";

type Columns = Partial<typeof arrivals.$inferInsert>;

/** Money that arrived, as finance filled it in. @source domain.md §5 */
export function arrivalDraft({ amount, ...input }: ArrivalInput): EntryDraft {
  return {
    kind: "arrival",
    amountFen: amount,
    contractId: null,
    columns: (): Columns => ({ ...input, amountFen: amount }),
    problems: (_tx, { today }) =>
      input.arrivedOn > today ? [{ code: "dayInFuture" as const, field: "arrivedOn" }] : [],
  };
}
