import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands } from "@db/schema";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { record, type Ctx } from "~/platform/transaction.server";

/**
 * What a filing demands is applied for by the leader's signature under the filing, and the bureau's limit begins. Part of
 * the signature's transaction, which authorizes.
 * @source domain.md §4
 */
export async function registerFilingDemands(
  tx: Transaction,
  ctx: Ctx,
  project: { readonly id: string; readonly regionId: string },
): Promise<void> {
  const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, project.regionId)]);
  const applied = await tx
    .update(demands)
    .set({
      state: "unitReviewed",
      appliedAt: ctx.now,
      reviewedBy: ctx.actor.userId,
      reviewedAt: ctx.now,
      checkDueOn: addWorkdays(calendar, ctx.today, figures.number("demand.checkWorkdays")),
    })
    .where(and(eq(demands.projectId, project.id), isNull(demands.appliedAt)))
    .returning();
  for (const demand of applied) {
    await record(tx, ctx, {
      action: "demand:sign",
      event: "demandSigned",
      object: { type: "demand", id: demand.id, regionId: demand.regionId },
      after: demand,
      payload: { wanted: demand.wanted, projectId: project.id },
    });
  }
}
