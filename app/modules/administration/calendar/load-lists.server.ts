import { eq, isNull, sql } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { calendarDays, regions } from "@db/schema";
import { notFound } from "~/kernel/result";
import { digestOf } from "~/platform/audit/digest";
import type { Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { replacedBy, type ListDay, type ListedDay } from "./year-list.rules";

/** Keeps writers of the calendar apart, whether they add to an empty year or replace one; readers go on. */
export async function lockCalendar(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table ${calendarDays} in share row exclusive mode`);
}

/** All days of the country's lists. */
export const nationalDays = (db: DatabaseOrTransaction) =>
  db
    .select({
      id: calendarDays.id,
      day: calendarDays.day,
      off: calendarDays.off,
      name: calendarDays.name,
      source: calendarDays.source,
    })
    .from(calendarDays)
    .where(isNull(calendarDays.regionId));

/** Names what a new list would take the place of, so that a change made meanwhile is noticed. */
export function basisOf(year: number, wanted: readonly ListDay[], listed: readonly ListedDay[]): string {
  return digestOf(replacedBy(year, wanted, listed).map(({ day, off, name, source }) => [day, off, name, source]));
}

/**
 * The region whose calendar an administrator looks after, locked against another change of it.
 * @throws DomainError notFound outside the actor's regions; forbidden
 */
export async function lockRegion(tx: Transaction, ctx: Ctx, regionId: string): Promise<typeof regions.$inferSelect> {
  const [region] = await tx.select().from(regions).where(eq(regions.id, regionId)).for("no key update");
  if (!region || !ctx.actor.regionIds.includes(region.id)) throw notFound("region");
  authorize(ctx.actor, "admin:system", { regionId: region.id, unitId: ctx.actor.unitId });
  return region;
}
