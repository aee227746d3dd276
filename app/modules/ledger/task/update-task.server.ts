import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerUpdates, regions } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import type { Period } from "~/kernel/period";
import { reportDueOn } from "~/kernel/reporting-day";
import { accept, conflict, type Result } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { type Evidence, keepEvidence } from "./accept-evidence.server";
import { governedTask, lockTask, taskPayload } from "./load-task.server";
import { guardsHeld, taskAction } from "./take-task-step.server";
import { TASK_EVENT_FACTS, TASK_LIFECYCLE, type TaskStepRefusal, type TaskTransition } from "./task.lifecycle";
import type { UpdateInput } from "./task.schema";
import { decideUpdate } from "./update.rules";

type UpdateRefusal = TaskStepRefusal | "monthClosed" | "monthAhead";

/**
 * A unit that a task names tells what it did in a month and what stands in its way. Written again it replaces the month's
 * text; every writing is an event. The version is that of the month's text, 0 when there was none.
 * Refuses with notInThisState, planInForce, monthClosed, monthAhead.
 * @throws DomainError notFound, forbidden; conflict when a colleague wrote meanwhile
 * @source domain.md §7
 */
export async function updateTask(
  ctx: Ctx,
  taskId: string,
  { version, period, progress, difficulty }: UpdateInput,
  files: readonly Evidence[] = [],
): Promise<Result<null, UpdateRefusal>> {
  return inTransaction<null, UpdateRefusal>(ctx, async (tx) => {
    const loaded = await lockTask(tx, ctx, taskId);
    const { task } = loaded;
    authorize(ctx.actor, taskAction("update"), governedTask(ctx.actor, loaded));
    const before = await writtenBefore(tx, taskId, ctx.actor.unitId, period);
    if ((before?.version ?? 0) !== version) throw conflict("taskUpdate");
    const held = guardsHeld(ctx, loaded, progress);
    const decided = decideStep<TaskTransition>(TASK_LIFECYCLE, task.state, "update", held);
    if (!decided.ok) return decided;
    const dueOn = await dueOnOf(tx, task.regionId, period);
    const writable = decideUpdate(period, { today: ctx.today, dueOn, isWritten: before !== undefined });
    if (!writable.ok) return writable;
    const texts = { progress, difficulty, writtenBy: ctx.actor.userId, writtenAt: ctx.now };
    const written = { regionId: task.regionId, taskId, unitId: ctx.actor.unitId, period, ...texts };
    const [after] = await tx
      .insert(ledgerUpdates)
      .values({ ...written, id: newId() })
      .onConflictDoUpdate({
        target: [ledgerUpdates.taskId, ledgerUpdates.unitId, ledgerUpdates.period],
        set: { ...texts, version: version + 1 },
        setWhere: eq(ledgerUpdates.version, version),
      })
      .returning();
    if (!after) throw conflict("taskUpdate");
    const at = { taskId, updateId: after.id, regionId: task.regionId };
    const fileNames = await keepEvidence(tx, ctx, at, files);
    await record(tx, ctx, {
      action: taskAction("update"),
      event: TASK_EVENT_FACTS.update,
      object: { type: "task", id: taskId, regionId: task.regionId },
      before,
      after,
      payload: { ...taskPayload(loaded), unitId: ctx.actor.unitId, period, progress, difficulty, files: fileNames },
    });
    return accept(null);
  });
}

async function writtenBefore(tx: Transaction, taskId: string, unitId: string, period: Period) {
  const [row] = await tx
    .select()
    .from(ledgerUpdates)
    .where(and(eq(ledgerUpdates.taskId, taskId), eq(ledgerUpdates.unitId, unitId), eq(ledgerUpdates.period, period)));
  return row;
}

async function dueOnOf(tx: Transaction, regionId: string, period: Period) {
  const [[region], calendar] = await Promise.all([
    tx.select({ reportingDay: regions.reportingDay }).from(regions).where(eq(regions.id, regionId)),
    loadCalendar(tx, regionId),
  ]);
  if (!region) throw new Error(`no region ${regionId}`);
  return reportDueOn(calendar, period, region.reportingDay);
}
