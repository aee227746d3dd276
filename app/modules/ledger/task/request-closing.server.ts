import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { type Evidence, keepEvidence } from "./accept-evidence.server";
import type { TaskRef } from "./load-task.server";
import { takeTaskStep } from "./take-task-step.server";
import type { TaskStepRefusal } from "./task.lifecycle";
import { tellBureau } from "./tell-task.server";

/**
 * The unit that leads a task says that it is done; the bureau is asked to close it.
 * Refuses with notInThisState, planInForce, leadUnit, momentsMet, statementGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export function requestClosing(
  ctx: Ctx,
  { statement, ...ref }: TaskRef & { readonly statement: string },
  files: readonly Evidence[] = [],
): Promise<Result<null, TaskStepRefusal>> {
  const closingStatement = statement.trim();
  return takeTaskStep(ctx, ref, {
    event: "requestClosing",
    words: closingStatement,
    prepare: async (tx, { task: { id: taskId, regionId } }) => {
      const names = await keepEvidence(tx, ctx, { taskId, updateId: null, regionId }, files);
      return accept({ set: { closingStatement, closingBy: ctx.actor.userId }, payload: { files: names } });
    },
    follow: (tx, loaded) => tellBureau(tx, ctx, loaded, "请核实任务办结申请"),
  });
}
