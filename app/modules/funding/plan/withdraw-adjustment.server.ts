import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { AdjustmentRef } from "./load-adjustment.server";
import type { AdjustmentStepCode } from "./plan.rules";
import { takeAdjustmentStep, type SteppedPlan } from "./take-adjustment-step.server";

/**
 * Who proposed an adjustment takes it back before it is decided; the plan stays as it was.
 * Refuses with notInThisState, ownProposal.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawAdjustment = (
  ctx: Ctx,
  { adjustmentId, version }: AdjustmentRef,
): Promise<Result<SteppedPlan, AdjustmentStepCode>> =>
  takeAdjustmentStep(ctx, { adjustmentId, version, event: "withdraw" });
