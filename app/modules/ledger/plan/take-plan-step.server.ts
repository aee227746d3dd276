import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerPlans } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockPlan, type Plan, type PlanRef } from "./load-plan.server";
import {
  PLAN_EVENT_FACTS,
  PLAN_LIFECYCLE,
  type PlanEvent,
  type PlanGuard,
  type PlanStepRefusal,
  type PlanTransition,
} from "./plan.lifecycle";

interface Step {
  readonly event: PlanEvent;
  readonly guards: (tx: Transaction, plan: Plan) => Promise<readonly PlanGuard[]>;
  readonly reason?: string;
  readonly afterwards: (tx: Transaction, plan: Plan) => Promise<void>;
}

/**
 * Moves a plan along its lifecycle. Refuses with notInThisState or the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when the plan changed after its page was opened
 */
export async function takePlanStep(ctx: Ctx, ref: PlanRef, step: Step): Promise<Result<null, PlanStepRefusal>> {
  return inTransaction<null, PlanStepRefusal>(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, ref, "task:confirm");
    const guards = await step.guards(tx, plan);
    const decided = decideStep<PlanTransition>(PLAN_LIFECYCLE, plan.state, step.event, guards);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(ledgerPlans)
      .set({ state: decided.value.to, version: plan.version + 1 })
      .where(and(eq(ledgerPlans.id, plan.id), eq(ledgerPlans.version, plan.version)))
      .returning();
    if (!after) throw conflict("taskPlan");
    await record(tx, ctx, {
      action: decided.value.action,
      event: PLAN_EVENT_FACTS[step.event],
      object: { type: "taskPlan", id: plan.id, regionId: plan.regionId },
      before: plan,
      after,
      ...(step.reason && { reason: step.reason }),
      payload: { title: plan.title },
    });
    await step.afterwards(tx, after);
    return accept(null);
  });
}
