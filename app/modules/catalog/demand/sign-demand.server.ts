import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The requester's leader signs an application; the bureau's limit begins. What a filing brings is signed with the filing.
 * Refuses with notInThisState, appliedForItself, otherPersonThanDrafter.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export const signDemand = (ctx: Ctx, ref: DemandRef): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "sign",
    set: { reviewedBy: ctx.actor.userId, reviewedAt: ctx.now },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, `请在 ${after.checkDueOn ?? ""} 前审查数据需求`, [["bureau", "bureauReviewer"]]),
  });
