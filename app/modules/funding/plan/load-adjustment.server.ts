import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { fundingPlanAdjustments, fundingPlans, units } from "@db/schema";
import { conflict, notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { visible } from "~/policy";

export type Plan = typeof fundingPlans.$inferSelect;
export type Adjustment = typeof fundingPlanAdjustments.$inferSelect;

/** Which adjustment, and the version the page showed. */
export interface AdjustmentRef {
  readonly adjustmentId: string;
  readonly version: number;
}

export interface LoadedAdjustment {
  readonly adjustment: Adjustment;
  readonly plan: Plan;
  readonly unitName: string;
}

/**
 * The first step of every verb on an adjustment: lock it with its plan, and ask for the version that was read.
 * @throws DomainError notFound when the plan's unit is outside the actor's sight; conflict when another step came first
 */
export async function loadAdjustment(
  tx: Transaction,
  ctx: Ctx,
  { adjustmentId, version }: AdjustmentRef,
): Promise<LoadedAdjustment> {
  const [row] = await tx
    .select({ adjustment: fundingPlanAdjustments, plan: fundingPlans, unitName: units.name })
    .from(fundingPlanAdjustments)
    .innerJoin(fundingPlans, eq(fundingPlans.id, fundingPlanAdjustments.planId))
    .innerJoin(units, eq(units.id, fundingPlans.unitId))
    .where(eq(fundingPlanAdjustments.id, adjustmentId))
    .for("update", { of: [fundingPlans, fundingPlanAdjustments] });
  if (!row) throw notFound("planAdjustment");
  visible(ctx.actor, "funding:read", row.plan, "planAdjustment");
  if (row.adjustment.version !== version) throw conflict("planAdjustment");
  return row;
}
