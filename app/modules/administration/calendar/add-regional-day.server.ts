import { and, eq } from "drizzle-orm";

import { calendarDays } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, type Result } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockCalendar, lockRegion } from "./load-lists.server";
import { decideRegionalDay, type RegionalDayRefusal } from "./regional-day.rules";

/** What a region orders, by which document, and why. */
export interface RegionalDayInput {
  readonly regionId: string;
  readonly day: LocalDate;
  readonly off: boolean;
  readonly name: string;
  readonly source: string;
  readonly reason: string;
}

/**
 * Orders a day off (市庆、台风停工) or a day of work for a region and all below it. Limits that run keep their last days;
 * what is counted from now on knows the day.
 * Refuses with dayTaken, alreadyOff, alreadyWorkday, dayTooFar.
 * @throws DomainError notFound outside the actor's regions; forbidden
 * @source domain.md §7
 */
export async function addRegionalDay(
  ctx: Ctx,
  { regionId, reason, ...ordered }: RegionalDayInput,
): Promise<Result<{ id: string }, RegionalDayRefusal>> {
  return inTransaction<{ id: string }, RegionalDayRefusal>(ctx, async (tx) => {
    await lockCalendar(tx);
    const region = await lockRegion(tx, ctx, regionId);
    const calendar = await loadCalendar(tx, regionId);
    const [own] = await tx
      .select({ name: calendarDays.name })
      .from(calendarDays)
      .where(and(eq(calendarDays.regionId, regionId), eq(calendarDays.day, ordered.day)));
    const decided = decideRegionalDay(calendar, ordered, { today: ctx.today, ordered: own });
    if (!decided.ok) return decided;
    const added = { id: newId(), regionId, ...ordered, enteredBy: ctx.actor.userId, enteredAt: ctx.now };
    await tx.insert(calendarDays).values(added);
    await record(tx, ctx, {
      action: "admin:system",
      event: "calendarDayAdded",
      object: { type: "calendarDay", id: added.id, regionId },
      after: added,
      reason,
      payload: { ...ordered, regionName: region.name },
    });
    return accept({ id: added.id });
  });
}
