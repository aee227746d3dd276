import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The provider's leader agrees; the limit of the delivery begins. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const agreeToDemand = (ctx: Ctx, ref: DemandRef): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "agree",
    set: { answeredBy: ctx.actor.userId, answeredAt: ctx.now, refusalReason: null, refusalBasis: null },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, `已同意提供，须在 ${after.dueOn ?? ""} 前提供数据`, [
        ["provider", "filer"],
        ["requester", "filer"],
      ]),
  });
