import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CorrectionStepRefusal } from "./correction.lifecycle";
import { takeCorrectionStep, type CorrectionRef } from "./take-correction-step.server";

/**
 * The reporter is content with the outcome. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (数据纠错)
 */
export async function closeCorrection(ctx: Ctx, ref: CorrectionRef): Promise<Result<null, CorrectionStepRefusal>> {
  return takeCorrectionStep(ctx, ref, {
    event: "close",
    set: { closedBy: ctx.actor.userId, closedAt: ctx.now },
    tidings: "数据纠错已办结",
  });
}
