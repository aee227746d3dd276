import { and, eq } from "drizzle-orm";

import { ledgerTasks } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { lockTaskToConfirm, type TaskRef } from "./load-task.server";

/**
 * A person confirms what the import understood of a task, doubts and all. Confirming again changes nothing.
 * Refuses with notInThisState once the plan is in force.
 * @throws DomainError notFound, forbidden; conflict when the task changed after this page was opened
 * @source domain.md §7
 */
export async function confirmTask(ctx: Ctx, ref: TaskRef): Promise<Result<null, "notInThisState">> {
  return inTransaction<null, "notInThisState">(ctx, async (tx) => {
    const { task, plan } = await lockTaskToConfirm(tx, ctx, ref.id);
    if (plan.state !== "confirming") return refuse({ code: "notInThisState", facts: { state: plan.state } });
    if (task.confirmed) return accept(null);
    const [after] = await tx
      .update(ledgerTasks)
      .set({ confirmed: true, version: task.version + 1 })
      .where(and(eq(ledgerTasks.id, ref.id), eq(ledgerTasks.version, ref.version)))
      .returning();
    if (!after) throw conflict("task");
    await record(tx, ctx, {
      action: "task:confirm",
      event: "taskConfirmed",
      object: { type: "task", id: task.id, regionId: task.regionId },
      before: task,
      after,
      payload: { number: task.number, title: task.title ?? "" },
    });
    return accept(null);
  });
}
