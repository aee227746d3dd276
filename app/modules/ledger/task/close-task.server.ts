import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { TaskRef } from "./load-task.server";
import { takeTaskStep } from "./take-task-step.server";
import type { TaskStepRefusal } from "./task.lifecycle";
import { tellLeads } from "./tell-task.server";

/**
 * Another person of the bureau than who asked closes a task; from this day on it is done.
 * Refuses with notInThisState, planInForce, otherPerson.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §1 (two persons), §7
 */
export const closeTask = (ctx: Ctx, ref: TaskRef): Promise<Result<null, TaskStepRefusal>> =>
  takeTaskStep(ctx, ref, {
    event: "close",
    prepare: () => Promise.resolve(accept({ set: { closedBy: ctx.actor.userId, closedOn: ctx.today } })),
    follow: (tx, loaded) => tellLeads(tx, ctx, loaded, "任务已办结"),
  });
