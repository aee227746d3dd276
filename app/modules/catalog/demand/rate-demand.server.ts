import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The requester rates what was delivered from 1 to 5; the demand is over. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const rateDemand = (
  ctx: Ctx,
  { rating, comment, ...ref }: DemandRef & { readonly rating: number; readonly comment: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "rate",
    guards: rating >= 1 && rating <= 5 ? ["ratingGiven"] : [],
    set: { rating, ratingComment: comment || null, ratedAt: ctx.now, endedAt: ctx.now },
    payload: { rating, comment },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, `需求方评价 ${rating} 分，数据需求已办结`, [["provider", "filer"]]),
  });
