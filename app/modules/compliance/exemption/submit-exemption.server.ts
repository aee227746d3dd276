import { accept, refuse, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { tellUnit } from "../tell.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";
import { exemptionProblems, type ExemptionProblemCode } from "./exemption.rules";

/**
 * Hands a request for an exemption to the unit's leader.
 * Refuses with notInThisState and everything that is missing.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 * @source domain.md §5
 */
export const submitExemption = (
  ctx: Ctx,
  ref: StepRef,
): Promise<Result<{ id: string }, ExemptionStepRefusal | ExemptionProblemCode>> =>
  takeStep(ctx, EXEMPTION, {
    ...ref,
    event: "submit",
    prepare: async (tx, exemption) => {
      if (exemption.state !== "draft") return accept({});
      const figures = await loadFigures(tx, ctx.today);
      const problems = exemptionProblems(exemption, ctx.today, figures.number("exemption.maxMonths"));
      if (problems.length > 0) return refuse(...problems);
      return accept({
        guards: ["complete"],
        set: { requestedBy: ctx.actor.userId, requestedAt: ctx.now },
      });
    },
    follow: (tx, exemption) =>
      tellUnit(tx, ctx, exemption, ["unitLead"], {
        title: "请签批共享闸口豁免申请",
        href: `/gates/exemptions/${exemption.id}`,
      }),
  });
