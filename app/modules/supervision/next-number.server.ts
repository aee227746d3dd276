import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { supervisionSequences } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";

import { supervisionNumber, type SupervisionSeries } from "./supervision.rules";

/** The next number of a series in the region and year, under the lock of its row: no gaps, none twice. */
export async function nextSupervisionNumber(
  tx: Transaction,
  regionId: string,
  series: SupervisionSeries,
  today: LocalDate,
): Promise<string> {
  const year = Number(today.slice(0, 4));
  const [row] = await tx
    .insert(supervisionSequences)
    .values({ regionId, series, year, last: 1 })
    .onConflictDoUpdate({
      target: [supervisionSequences.regionId, supervisionSequences.series, supervisionSequences.year],
      set: { last: sql`${supervisionSequences.last} + 1` },
    })
    .returning();
  if (!row) throw new Error("the sequence gave no number");
  return supervisionNumber(series, year, row.last);
}
