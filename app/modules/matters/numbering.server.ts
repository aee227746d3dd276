import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materials, serviceMatters } from "@db/schema";

/** Whoever gives the next number, or a name that must be the only one, holds this. */
const NUMBERING = { SX: 7_311, CL: 7_312 } as const;
const TABLES = { SX: serviceMatters, CL: materials } as const;

type Series = keyof typeof NUMBERING;

/** Waits until nobody else numbers or names matters (SX) or materials (CL) of the region, to the end of the transaction. */
export async function holdNumbering(tx: Transaction, series: Series, regionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${NUMBERING[series]}, hashtext(${regionId}))`);
}

/** The next numbers of a series in a region, SX-0001 or CL-0001 and on; asked while holding it. */
export async function nextCodes(tx: Transaction, series: Series, regionId: string, count: number): Promise<string[]> {
  const table = TABLES[series];
  const pattern = `^${series}-([0-9]{1,9})$`;
  const [row] = await tx.execute<{ last: number }>(
    sql`select coalesce(max(substring(code from ${pattern})::int), 0) as last from ${table} where region_id = ${regionId}`,
  );
  return Array.from(
    { length: count },
    (_, index) => `${series}-${String((row?.last ?? 0) + index + 1).padStart(4, "0")}`,
  );
}
