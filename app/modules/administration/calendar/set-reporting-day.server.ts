import { and, eq } from "drizzle-orm";

import { regions } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockRegion } from "./load-lists.server";

/**
 * Sets the day of the following month on which a region's monthly reports are due. Reports opened from now on follow it;
 * those that are open keep their day. A month that lacks the day takes its last one.
 * Refuses with sameDay.
 * @param input.was the day that stood when the page was opened
 * @throws DomainError notFound outside the actor's regions; forbidden; conflict when the day changed meanwhile
 * @source domain.md §7
 */
export async function setReportingDay(
  ctx: Ctx,
  regionId: string,
  { reportingDay, was, reason }: { readonly reportingDay: number; readonly was: number; readonly reason: string },
): Promise<Result<null, "sameDay">> {
  return inTransaction<null, "sameDay">(ctx, async (tx) => {
    const region = await lockRegion(tx, ctx, regionId);
    if (region.reportingDay !== was) throw conflict("region");
    if (reportingDay === was) return refuse({ code: "sameDay", field: "reportingDay" });
    const [after] = await tx
      .update(regions)
      .set({ reportingDay })
      .where(and(eq(regions.id, regionId), eq(regions.reportingDay, was)))
      .returning();
    if (!after) throw conflict("region");
    await record(tx, ctx, {
      action: "admin:system",
      event: "reportingDaySet",
      object: { type: "region", id: regionId, regionId },
      before: region,
      after,
      reason,
      payload: { regionName: region.name, from: was, to: reportingDay },
    });
    return accept(null);
  });
}
