import { alias } from "drizzle-orm/pg-core";
import { and, asc, eq, exists, inArray, isNull, lt, lte, ne, not, or, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { catalogDeliveries, deliveryAttempts } from "@db/schema";
import { newId } from "~/platform/ids.server";

export type Delivery = typeof catalogDeliveries.$inferSelect;

/** A delivery that this process alone may send now, and the attempt it is about to make. */
export interface Claimed {
  readonly delivery: Delivery;
  readonly attemptId: string;
}

const earlier = alias(catalogDeliveries, "earlier");

/** What a project was told before must have arrived first; what is given up keeps the later ones back. */
export const waitsForEarlier = (db: DatabaseOrTransaction) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(earlier)
      .where(
        and(
          eq(earlier.projectId, catalogDeliveries.projectId),
          lt(earlier.number, catalogDeliveries.number),
          ne(earlier.state, "delivered"),
        ),
      ),
  );

/**
 * Takes the delivery that is due longest, for as long as the lease; undefined when none is due. The attempt is written
 * down before anything is sent. Times are the database's, so that the clocks of several nodes need not agree. Dying
 * anywhere on the way, a process leaves a lease that runs out, and the delivery is sent again under the same key.
 * @unit leaseMs ms
 */
export async function claimDelivery(db: Database, leaseMs: number): Promise<Claimed | undefined> {
  const due = db
    .select({ id: catalogDeliveries.id })
    .from(catalogDeliveries)
    .where(
      and(
        inArray(catalogDeliveries.state, ["waiting", "retrying"]),
        lte(catalogDeliveries.nextAttemptAt, sql`clock_timestamp()`),
        or(isNull(catalogDeliveries.leasedUntil), lt(catalogDeliveries.leasedUntil, sql`clock_timestamp()`)),
        not(waitsForEarlier(db)),
      ),
    )
    .orderBy(asc(catalogDeliveries.nextAttemptAt), asc(catalogDeliveries.id))
    .limit(1)
    .for("update", { skipLocked: true });
  const [delivery] = await db
    .update(catalogDeliveries)
    .set({
      attempts: sql`${catalogDeliveries.attempts} + 1`,
      leasedUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`,
      version: sql`${catalogDeliveries.version} + 1`,
    })
    // "=" asks once; "in" might be asked again for every row, and take more than one
    .where(sql`${catalogDeliveries.id} = (${due})`)
    .returning();
  if (!delivery) return undefined;
  const attemptId = newId();
  const { id: deliveryId, regionId } = delivery;
  await db.insert(deliveryAttempts).values({
    id: attemptId,
    deliveryId,
    regionId,
    // A delivery that was sent again by hand begins to count anew; its attempts go on being numbered.
    number: sql`(select coalesce(max(number), 0) + 1 from delivery_attempts where delivery_id = ${deliveryId})`,
    startedAt: sql`clock_timestamp()`,
  });
  return { delivery, attemptId };
}
