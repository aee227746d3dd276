import { and, eq } from "drizzle-orm";

import { assessmentPeriods } from "@db/schema";
import { formatPeriod } from "~/kernel/period";
import { accept, conflict, type Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { governedByRegion, lockPeriod } from "./load-period.server";
import { decidePeriod, type PeriodRefusal } from "./period.lifecycle";

export interface PeriodRef {
  readonly periodId: string;
  readonly version: number;
}

/**
 * Publishes the frozen scores to the units; their leaders are told. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when the period changed after the page was opened
 * @source domain.md §9 (published to units)
 */
export async function publishPeriod(ctx: Ctx, ref: PeriodRef): Promise<Result<{ state: string }, PeriodRefusal>> {
  return inTransaction<{ state: string }, PeriodRefusal>(ctx, async (tx) => {
    const before = await lockPeriod(tx, ctx, ref);
    authorize(ctx.actor, "assessment:freeze", governedByRegion(before.regionId));
    const decided = decidePeriod(before.state, "publish", []);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(assessmentPeriods)
      .set({ state: decided.value, publishedAt: ctx.now, version: before.version + 1 })
      .where(and(eq(assessmentPeriods.id, before.id), eq(assessmentPeriods.version, ref.version)))
      .returning();
    if (!after) throw conflict("assessmentPeriod");
    const [leads, reviewers] = await Promise.all([
      usersWithRole(tx, { role: "unitLead", regionId: before.regionId }),
      usersWithRole(tx, { role: "bureauReviewer", regionId: before.regionId }),
    ]);
    const name = formatPeriod(before.period);
    await notify(tx, ctx, {
      userIds: leads.map(({ id }) => id),
      title: `${name}考核得分已公布，请核对本单位得分`,
      href: `/ranking?period=${before.period}`,
    });
    await notify(tx, ctx, {
      userIds: reviewers.map(({ id }) => id),
      title: `请对${name}考核结果定档`,
      href: "/assessment",
    });
    await record(tx, ctx, {
      action: "assessment:freeze",
      event: "periodPublished",
      object: { type: "assessmentPeriod", id: after.id, regionId: after.regionId },
      before,
      after,
      payload: { period: after.period },
    });
    return accept({ state: after.state });
  });
}
