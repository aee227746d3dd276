import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { TaskRef } from "./load-task.server";
import { takeTaskStep } from "./take-task-step.server";
import type { TaskStepRefusal } from "./task.lifecycle";
import { tellLeads } from "./tell-task.server";

/**
 * What was closed turns out not to be done: the units go on, with the reason. Refuses with notInThisState, planInForce,
 * reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 */
export const reopenTask = (
  ctx: Ctx,
  { reason, ...ref }: TaskRef & { readonly reason: string },
): Promise<Result<null, TaskStepRefusal>> =>
  takeTaskStep(ctx, ref, {
    event: "reopen",
    words: reason,
    prepare: () => Promise.resolve(accept({ set: { closingBy: null, closedBy: null, closedOn: null } })),
    follow: (tx, loaded) => tellLeads(tx, ctx, loaded, "任务重新推进"),
  });
