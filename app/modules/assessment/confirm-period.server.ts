import { and, eq } from "drizzle-orm";

import { assessmentPeriods } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { governedByRegion, lockPeriod } from "./load-period.server";
import { decidePeriod, type PeriodRefusal } from "./period.lifecycle";
import type { PeriodRef } from "./publish-period.server";

/**
 * A second person makes the published scores final. Refuses with notInThisState, otherPersonThanFroze.
 * @throws DomainError notFound, forbidden; conflict when the period changed after the page was opened
 * @source domain.md §1 (two persons for every score), §9
 */
export async function confirmPeriod(ctx: Ctx, ref: PeriodRef): Promise<Result<{ state: string }, PeriodRefusal>> {
  return inTransaction<{ state: string }, PeriodRefusal>(ctx, async (tx) => {
    const before = await lockPeriod(tx, ctx, ref);
    authorize(ctx.actor, "assessment:confirm", governedByRegion(before.regionId));
    const another = !samePerson(ctx.actor, before.frozenBy);
    const decided = decidePeriod(before.state, "confirm", another ? ["otherPersonThanFroze"] : []);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(assessmentPeriods)
      .set({
        state: decided.value,
        confirmedBy: ctx.actor.userId,
        finalAt: ctx.now,
        version: before.version + 1,
      })
      .where(and(eq(assessmentPeriods.id, before.id), eq(assessmentPeriods.version, ref.version)))
      .returning();
    if (!after) throw conflict("assessmentPeriod");
    await record(tx, ctx, {
      action: "assessment:confirm",
      event: "periodConfirmed",
      object: { type: "assessmentPeriod", id: after.id, regionId: after.regionId },
      before,
      after,
      payload: { period: after.period },
    });
    return accept({ state: after.state });
  });
}
