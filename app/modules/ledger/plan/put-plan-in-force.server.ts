import { and, eq } from "drizzle-orm";

import { ledgerTasks } from "@db/schema";
import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { PlanRef } from "./load-plan.server";
import type { PlanStepRefusal } from "./plan.lifecycle";
import { takePlanStep } from "./take-plan-step.server";
import { tellUnitsOfPlan } from "./tell-units.server";

/**
 * From now on the plan's tasks are the duty of the units it names; their people are told, once each.
 * Refuses with notInThisState, allConfirmed.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export const putPlanInForce = (ctx: Ctx, ref: PlanRef): Promise<Result<null, PlanStepRefusal>> =>
  takePlanStep(ctx, ref, {
    event: "putInForce",
    guards: async (tx, plan) => {
      const open = and(eq(ledgerTasks.planId, plan.id), eq(ledgerTasks.confirmed, false));
      return (await tx.$count(ledgerTasks, open)) === 0 ? ["allConfirmed"] : [];
    },
    afterwards: (tx, plan) => tellUnitsOfPlan(tx, ctx, plan, "已下达执行，请按月填报进展"),
  });
