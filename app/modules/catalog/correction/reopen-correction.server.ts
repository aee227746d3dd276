import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CorrectionStepRefusal } from "./correction.lifecycle";
import { takeCorrectionStep, type CorrectionRef } from "./take-correction-step.server";

/**
 * The reporter is not content and raises it again, with a reason, under a new limit. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (数据纠错)
 */
export async function reopenCorrection(
  ctx: Ctx,
  ref: CorrectionRef & { readonly reason: string },
): Promise<Result<null, CorrectionStepRefusal>> {
  return takeCorrectionStep(ctx, ref, {
    event: "reopen",
    reason: ref.reason,
    tidings: "数据纠错被重新提出",
  });
}
