import { eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { systems } from "@db/schema";

/** Whoever gives the next number holds this. */
const NUMBERING = 7_306;

/**
 * Lets one transaction at a time write new systems of a region: numbers are given, and names told apart, without another
 * one between.
 */
export async function holdNumbering(tx: Transaction, regionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${NUMBERING}, hashtext(${regionId}))`);
}

/** The next numbers of the inventory, XT-0001 and on; no two systems get the same. */
export async function nextSystemCodes(tx: Transaction, regionId: string, count: number): Promise<string[]> {
  await holdNumbering(tx, regionId);
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(substring(${systems.code} from '^XT-([0-9]{1,9})$')::int), 0)` })
    .from(systems)
    .where(eq(systems.regionId, regionId));
  const last = row?.last ?? 0;
  return Array.from({ length: count }, (_each, index) => `XT-${String(last + 1 + index).padStart(4, "0")}`);
}
