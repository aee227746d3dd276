import { and, eq } from "drizzle-orm";

import { ledgerTasks } from "@db/schema";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, canEver } from "~/policy";

/**
 * A person confirms what the import understood of a ledger task. Confirming again changes nothing.
 * @throws DomainError notFound, forbidden; conflict when the task changed after this page was opened
 * @source domain.md §7
 */
export async function confirmTask(ctx: Ctx, taskId: string, version: number): Promise<Result<null>> {
  return inTransaction(ctx, async (tx) => {
    const [task] = await tx.select().from(ledgerTasks).where(eq(ledgerTasks.id, taskId)).for("update");
    // a task belongs to a region and names units in words: only a reach over the region sees it whole
    if (!task || !ctx.actor.regionIds.includes(task.regionId)) throw notFound("task");
    if (!canEver(ctx.actor, "task:read")) throw notFound("task");
    authorize(ctx.actor, "task:confirm", { regionId: task.regionId, unitId: "" });
    if (task.confirmed) return accept(null);
    const [after] = await tx
      .update(ledgerTasks)
      .set({ confirmed: true, version: task.version + 1 })
      .where(and(eq(ledgerTasks.id, taskId), eq(ledgerTasks.version, version)))
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
