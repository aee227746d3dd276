import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { citesBasis, type DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The provider's leader refuses with a reason and the rule it rests on; without a rule the bureau may overrule it.
 * Refuses with notInThisState, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const refuseDemand = (
  ctx: Ctx,
  { reason, basis, ...ref }: DemandRef & { readonly reason: string; readonly basis: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "refuse",
    reason,
    set: {
      answeredBy: ctx.actor.userId,
      answeredAt: ctx.now,
      refusalReason: reason,
      refusalBasis: basis || null,
    },
    payload: { basis, basisCited: citesBasis(basis) },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, "提供方不同意提供数据", [
        ["requester", "filer"],
        ["bureau", "bureauReviewer"],
      ]),
  });
