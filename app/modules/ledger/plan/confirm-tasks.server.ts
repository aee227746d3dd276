import { and, eq, sql } from "drizzle-orm";

import { ledgerPlans, ledgerTasks } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, recordAll, type Ctx } from "~/platform/transaction.server";

import { lockPlan, type PlanRef } from "./load-plan.server";

/**
 * A person confirms at once every task of a plan of which the import doubted nothing; one statement, however many.
 * Refuses with notInThisState, nothingToConfirm.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export async function confirmDoubtlessTasks(
  ctx: Ctx,
  ref: PlanRef,
): Promise<Result<{ confirmed: number }, "notInThisState" | "nothingToConfirm">> {
  return inTransaction<{ confirmed: number }, "notInThisState" | "nothingToConfirm">(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, ref, "task:confirm");
    if (plan.state !== "confirming") return refuse({ code: "notInThisState", facts: { state: plan.state } });
    const after = await tx
      .update(ledgerTasks)
      .set({ confirmed: true, version: sql`${ledgerTasks.version} + 1` })
      .where(
        and(
          eq(ledgerTasks.planId, plan.id),
          eq(ledgerTasks.confirmed, false),
          sql`${ledgerTasks.doubts} = '[]'::jsonb`,
        ),
      )
      .returning();
    if (after.length === 0) return refuse({ code: "nothingToConfirm" });
    const [raised] = await tx
      .update(ledgerPlans)
      .set({ version: plan.version + 1 })
      .where(and(eq(ledgerPlans.id, plan.id), eq(ledgerPlans.version, plan.version)))
      .returning({ id: ledgerPlans.id });
    if (!raised) throw conflict("taskPlan");
    await recordAll(
      tx,
      ctx,
      after.map((task) => ({
        action: "task:confirm",
        event: "taskConfirmed",
        object: { type: "task", id: task.id, regionId: task.regionId },
        before: { ...task, confirmed: false, version: task.version - 1 },
        after: task,
        payload: { number: task.number, title: task.title ?? "" },
      })),
    );
    return accept({ confirmed: after.length });
  });
}
