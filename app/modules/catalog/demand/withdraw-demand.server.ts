import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The requester withdraws a demand before anything was delivered; a provider who has seen it is told.
 * Refuses with notInThisState, appliedForItself.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const withdrawDemand = (
  ctx: Ctx,
  { reason, ...ref }: DemandRef & { readonly reason?: string | undefined },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "withdraw",
    reason,
    set: { endedAt: ctx.now },
    afterwards: async (tx, after) => {
      if (after.checkedAt) await tellParties(tx, ctx, after, "需求方已撤回数据需求", [["provider", "unitLead"]]);
    },
  });
