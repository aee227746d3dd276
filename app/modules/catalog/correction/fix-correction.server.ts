import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { CorrectionStepRefusal } from "./correction.lifecycle";
import { takeCorrectionStep, type CorrectionRef } from "./take-correction-step.server";

/**
 * The provider says what it mended. Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (数据纠错)
 */
export async function fixCorrection(
  ctx: Ctx,
  ref: CorrectionRef & { readonly reason: string },
): Promise<Result<null, CorrectionStepRefusal>> {
  return takeCorrectionStep(ctx, ref, {
    event: "fix",
    reason: ref.reason,
    set: { fixedBy: ctx.actor.userId, fixedAt: ctx.now, fixNote: ref.reason },
    tidings: "数据纠错已修正，请确认",
  });
}
