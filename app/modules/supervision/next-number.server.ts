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
  const [number] = await nextSupervisionNumbers(tx, regionId, series, today, 1);
  if (number === undefined) throw new Error("the sequence gave no number");
  return number;
}

/** The next so many numbers, one after the other: one statement, however many they are. */
export async function nextSupervisionNumbers(
  tx: Transaction,
  regionId: string,
  series: SupervisionSeries,
  today: LocalDate,
  count: number,
): Promise<string[]> {
  const year = Number(today.slice(0, 4));
  const [row] = await tx
    .insert(supervisionSequences)
    .values({ regionId, series, year, last: count })
    .onConflictDoUpdate({
      target: [supervisionSequences.regionId, supervisionSequences.series, supervisionSequences.year],
      set: { last: sql`${supervisionSequences.last} + ${count}` },
    })
    .returning();
  if (!row) throw new Error("the sequence gave no number");
  const { last } = row;
  return Array.from({ length: count }, (_, index) => supervisionNumber(series, year, last - count + 1 + index));
}
