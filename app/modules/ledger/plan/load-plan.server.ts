import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerPlans } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Action } from "~/policy";

export type Plan = typeof ledgerPlans.$inferSelect;

/** A plan as a form names it: the version is the one its page showed. */
export interface PlanRef {
  readonly id: string;
  readonly version: number;
}

/** What policy must know of what belongs to a region and to no unit. */
export const ofRegion = <T extends { readonly regionId: string }>(row: T): T & { readonly unitId: string } => ({
  ...row,
  unitId: "",
});

/** The plan if the actor may confirm plans of its region; a unit sees tasks, never the import. @throws DomainError notFound */
export const visiblePlan = (actor: Actor, plan: Plan | undefined): Plan =>
  visible(actor, "task:confirm", plan && ofRegion(plan), "taskPlan");

/**
 * A plan that is about to be changed, locked.
 * @throws DomainError notFound, forbidden; conflict when it changed after the page was opened
 */
export async function lockPlan(tx: Transaction, ctx: Ctx, ref: PlanRef, action: Action): Promise<Plan> {
  const [row] = await tx.select().from(ledgerPlans).where(eq(ledgerPlans.id, ref.id)).for("update");
  const plan = visiblePlan(ctx.actor, row);
  authorize(ctx.actor, action, ofRegion(plan));
  if (plan.version !== ref.version) throw conflict("taskPlan");
  return plan;
}
