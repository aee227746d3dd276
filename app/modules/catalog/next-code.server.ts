import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { catalogSequences } from "@db/schema";

/**
 * The next code of a category: category code, "/", six digits. The sequence row is locked, so codes have no gaps and no
 * twins.
 * @source domain.md §4
 */
export async function nextCode(tx: Transaction, regionId: string, categoryCode: string): Promise<string> {
  const [row] = await tx
    .insert(catalogSequences)
    .values({ regionId, categoryCode, last: 1 })
    .onConflictDoUpdate({
      target: [catalogSequences.regionId, catalogSequences.categoryCode],
      set: { last: sql`${catalogSequences.last} + 1` },
    })
    .returning();
  return `${categoryCode}/${String(row?.last ?? 0).padStart(6, "0")}`;
}
