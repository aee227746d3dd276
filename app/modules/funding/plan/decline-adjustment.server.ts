import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { AdjustmentRef } from "./load-adjustment.server";
import type { AdjustmentStepCode } from "./plan.rules";
import { takeAdjustmentStep, type SteppedPlan } from "./take-adjustment-step.server";

/**
 * A second person of finance declines an adjustment with a reason; the plan stays as it was.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1
 */
export const declineAdjustment = (
  ctx: Ctx,
  ref: AdjustmentRef & { readonly opinion: string },
): Promise<Result<SteppedPlan, AdjustmentStepCode>> =>
  takeAdjustmentStep(ctx, { ...ref, event: "decline", told: "年度资金计划调整未通过复核" });
