import { and, eq, inArray, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { sendings } from "@db/schema";

import type { Claimed } from "./claim-sendings.server";
import { retryAfter, type BackOff, type Failure } from "./sending.rules";

/** The end of the lease says from now on when the message was sent, for the count of the minute. */
const now = sql`clock_timestamp()`;

/**
 * Writes down how a message ended: its sendings are sent, tried again after a while, or given up. Only whoever holds them
 * changes them: what another process took meanwhile stays as it is.
 */
export async function settleSendings(
  db: Database,
  { batchId, rows }: Claimed,
  failure: Failure | undefined,
  { sentAt, backOff }: { readonly sentAt: Date; readonly backOff: BackOff },
): Promise<void> {
  if (!failure) {
    await db
      .update(sendings)
      .set({ state: "sent", sentAt, lastError: null, leasedUntil: now })
      .where(eq(sendings.batchId, batchId));
    return;
  }
  const lastError = `${failure.code} ${failure.detail}`.trim();
  for (const attempts of new Set(rows.map((row) => row.attempts))) {
    const wait = failure.permanent ? undefined : retryAfter(attempts, backOff);
    const ids = rows.filter((row) => row.attempts === attempts).map(({ id }) => id);
    await db
      .update(sendings)
      .set({
        lastError,
        leasedUntil: now,
        state: wait === undefined ? "dead" : "retrying",
        ...(wait !== undefined && { nextAttemptAt: sql`${now} + ${wait} * interval '1 millisecond'` }),
      })
      .where(and(eq(sendings.batchId, batchId), inArray(sendings.id, ids)));
  }
}
