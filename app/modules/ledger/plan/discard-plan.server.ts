import { eq, inArray } from "drizzle-orm";

import { ledgerPlans, ledgerTasks, ledgerTaskUnits } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockPlan, type PlanRef } from "./load-plan.server";

/**
 * Throws away an import that was never in force, with its tasks; the trail keeps that it was. Its title can be imported
 * again. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function discardPlan(ctx: Ctx, ref: PlanRef): Promise<Result<null, "notInThisState">> {
  return inTransaction<null, "notInThisState">(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, ref, "task:import");
    if (plan.state !== "confirming") return refuse({ code: "notInThisState", facts: { state: plan.state } });
    const tasks = tx.select({ id: ledgerTasks.id }).from(ledgerTasks).where(eq(ledgerTasks.planId, plan.id));
    await tx.delete(ledgerTaskUnits).where(inArray(ledgerTaskUnits.taskId, tasks));
    await tx.delete(ledgerTasks).where(eq(ledgerTasks.planId, plan.id));
    await tx.delete(ledgerPlans).where(eq(ledgerPlans.id, plan.id));
    await record(tx, ctx, {
      action: "task:import",
      event: "taskPlanDiscarded",
      object: { type: "taskPlan", id: plan.id, regionId: plan.regionId },
      before: plan,
      payload: { title: plan.title },
    });
    return accept(null);
  });
}
