import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The bureau finds a demand lawful; from now the provider sees it and must answer within the limit of its sharing type.
 * Refuses with notInThisState, providerNamed.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const checkDemand = (ctx: Ctx, ref: DemandRef): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "passCheck",
    set: { checkedBy: ctx.actor.userId, checkedAt: ctx.now },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, `请在 ${after.answerDueOn ?? ""} 前答复数据需求`, [["provider", "unitLead"]]),
  });
