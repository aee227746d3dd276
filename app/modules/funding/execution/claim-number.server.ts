import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";

/**
 * Of two people who enter the same number at once, the second waits here until the first is done and then sees it taken:
 * a sentence at the field instead of a broken unique key.
 */
export async function claimNumber(
  tx: Transaction,
  regionId: string,
  kind: "contract" | "voucher" | "sheet",
  number: string,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${regionId} ${kind} ${number}`}, 0))`);
}
