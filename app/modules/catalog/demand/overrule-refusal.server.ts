import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandStepRefusal } from "./demand.rules";
import { takeDemandStep, type DemandRef } from "./take-demand-step.server";
import { tellParties } from "./tell-party.server";

/**
 * The bureau overrules a refusal that cites no rule: the provider answers again under a new limit and loses sharing
 * points. Refuses with notInThisState, reasonGiven, refusedWithoutBasis.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4 (refused without basis −)
 */
export const overruleRefusal = (
  ctx: Ctx,
  { reason, ...ref }: DemandRef & { readonly reason: string },
): Promise<Result<null, DemandStepRefusal>> =>
  takeDemandStep(ctx, ref, {
    event: "overrule",
    reason,
    set: { overruledAt: ctx.now, refusalReason: null, refusalBasis: null },
    payload: { overruledOn: ctx.today },
    afterwards: (tx, after) =>
      tellParties(tx, ctx, after, `不同意的理由没有依据，请在 ${after.answerDueOn ?? ""} 前重新答复`, [
        ["provider", "unitLead"],
      ]),
  });
