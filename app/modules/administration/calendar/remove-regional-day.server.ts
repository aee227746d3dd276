import { eq } from "drizzle-orm";

import { calendarDays } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockCalendar, lockRegion } from "./load-lists.server";

/**
 * Takes back a day that a region ordered. Its row goes; the trail keeps what it said and why it went. Limits that run
 * keep their last days.
 * @throws DomainError notFound outside the actor's regions, for a day of the country's lists, and when it was taken back
 * already; forbidden
 */
export async function removeRegionalDay(
  ctx: Ctx,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<null, never>> {
  return inTransaction<null, never>(ctx, async (tx) => {
    await lockCalendar(tx);
    const [row] = await tx.select().from(calendarDays).where(eq(calendarDays.id, id));
    if (!row?.regionId) throw notFound("calendarDay");
    const region = await lockRegion(tx, ctx, row.regionId);
    await tx.delete(calendarDays).where(eq(calendarDays.id, id));
    const { day, off, name, source } = row;
    await record(tx, ctx, {
      action: "admin:system",
      event: "calendarDayRemoved",
      object: { type: "calendarDay", id, regionId: region.id },
      before: row,
      reason,
      payload: { day, off, name, source, regionName: region.name },
    });
    return accept(null);
  });
}
