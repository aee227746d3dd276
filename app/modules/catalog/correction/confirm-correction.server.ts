import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CorrectionStepRefusal } from "./correction.lifecycle";
import { takeCorrectionStep, type CorrectionRef } from "./take-correction-step.server";

/**
 * The provider confirms that its data are wrong and undertakes to mend them. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (数据纠错)
 */
export async function confirmCorrection(ctx: Ctx, ref: CorrectionRef): Promise<Result<null, CorrectionStepRefusal>> {
  return takeCorrectionStep(ctx, ref, {
    event: "confirm",
    set: { confirmedBy: ctx.actor.userId, confirmedAt: ctx.now },
    tidings: "数据纠错已确认，待修正",
  });
}
