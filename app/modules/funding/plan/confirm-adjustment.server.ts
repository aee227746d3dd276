import { and, eq } from "drizzle-orm";

import { fundingPlans } from "@db/schema";
import { conflict, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { AdjustmentRef } from "./load-adjustment.server";
import type { AdjustmentStepCode } from "./plan.rules";
import { takeAdjustmentStep, type SteppedPlan } from "./take-adjustment-step.server";

/**
 * A second person of finance confirms an adjustment: from now on the plan is what it proposed. Nobody confirms what he
 * proposed himself, nor for a colleague who did.
 * Refuses with notInThisState, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export const confirmAdjustment = (
  ctx: Ctx,
  ref: AdjustmentRef & { readonly opinion?: string },
): Promise<Result<SteppedPlan, AdjustmentStepCode>> =>
  takeAdjustmentStep(ctx, {
    ...ref,
    event: "confirm",
    told: "年度资金计划调整已生效",
    follow: async (tx, { adjustment: { beforeFen, afterFen }, plan }) => {
      const written = await tx
        .update(fundingPlans)
        .set({ amountFen: afterFen, version: plan.version + 1 })
        .where(
          and(
            eq(fundingPlans.id, plan.id),
            eq(fundingPlans.version, plan.version),
            eq(fundingPlans.amountFen, beforeFen),
          ),
        )
        .returning({ id: fundingPlans.id });
      if (written.length === 0) throw conflict("fundingPlan");
    },
  });
