import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The bureau finds a refusal justified: the demand is over and no valid one. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const upholdRefusal = (
  ctx: Ctx,
  { reason, ...ref }: DemandRef & { readonly reason?: string | undefined },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "uphold",
    reason,
    set: { endedAt: ctx.now },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, "数据局认可提供方不同意的理由，数据需求已办结", [["requester", "filer"]]),
  });
