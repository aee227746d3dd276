import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projectSequences } from "@db/schema";

/**
 * The next project number of a region and year. It locks the running number, so that two who open the same filing at one
 * moment are seen one after the other.
 */
export async function nextCode(tx: Transaction, regionId: string, year: number): Promise<string> {
  const [row] = await tx
    .insert(projectSequences)
    .values({ regionId, year, last: 1 })
    .onConflictDoUpdate({
      target: [projectSequences.regionId, projectSequences.year],
      set: { last: sql`${projectSequences.last} + 1` },
    })
    .returning();
  return `ZX${year}-${String(row?.last ?? 0).padStart(4, "0")}`;
}
