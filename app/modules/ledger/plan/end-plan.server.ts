import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { PlanRef } from "./load-plan.server";
import type { PlanStepRefusal } from "./plan.lifecycle";
import { takePlanStep } from "./take-plan-step.server";
import { tellUnitsOfPlan } from "./tell-units.server";

/**
 * A plan in force ends: nothing more is asked of its tasks, which stay as they stand. Refuses with notInThisState,
 * reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export function endPlan(
  ctx: Ctx,
  { reason, ...ref }: PlanRef & { readonly reason: string },
): Promise<Result<null, PlanStepRefusal>> {
  const words = reason.trim();
  return takePlanStep(ctx, ref, {
    event: "end",
    guards: () => Promise.resolve(words ? ["reasonGiven"] : []),
    reason: words,
    afterwards: (tx, plan) => tellUnitsOfPlan(tx, ctx, plan, "已结束，不再填报"),
  });
}
