import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CorrectionStepRefusal } from "./correction.lifecycle";
import { takeCorrectionStep, type CorrectionRef } from "./take-correction-step.server";

/**
 * The provider finds its data right, with a reason. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (数据纠错)
 */
export async function rejectCorrection(
  ctx: Ctx,
  ref: CorrectionRef & { readonly reason: string },
): Promise<Result<null, CorrectionStepRefusal>> {
  return takeCorrectionStep(ctx, ref, {
    event: "reject",
    reason: ref.reason,
    set: { rejectedReason: ref.reason },
    tidings: "数据纠错核实无误",
  });
}
