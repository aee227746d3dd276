import { accept, type Result } from "~/kernel/result";
import type { TransitionRefusal } from "~/modules/projects";
import { applyTransition, notifyApplicant } from "~/modules/projects/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import type { FundingCode } from "./funding.refusals";
import { loadOpenReview, type ReviewRef } from "./load-review.server";

/**
 * Finance returns a project to its unit with a reason; its clock stands still until the filing comes back.
 * Refuses with notUnderFundingReview, alreadyConcluded, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §2, §5
 */
export async function returnFromFunding(
  ctx: Ctx,
  { reason, ...ref }: ReviewRef & { readonly reason: string },
): Promise<Result<{ stage: string }, FundingCode | TransitionRefusal>> {
  return inTransaction<{ stage: string }, FundingCode | TransitionRefusal>(ctx, async (tx) => {
    const loaded = await loadOpenReview(tx, ctx, ref);
    if (!loaded.ok) return loaded;
    const project = loaded.value;
    const returned = await applyTransition(tx, ctx, { project, event: "returnFromFunding", reason });
    if (!returned.ok) return returned;
    await notifyApplicant(tx, ctx, project, `资金评估退回，请在 ${returned.value.dueOn ?? ""} 前补正`);
    return accept({ stage: returned.value.stage });
  });
}
