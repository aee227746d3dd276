import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projectChanges } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { CHANGE_EVENT_FACTS, type ChangeEvent, type ChangeGuard } from "./change.lifecycle";
import { changeAction, decideChange, type ChangeStepRefusal } from "./change.rules";
import { loadChange, type Change, type ChangeRef, type LoadedChange } from "./load-change.server";

/** What a verb finds out before the lifecycle is asked: the guards that hold and the columns that change with the state. */
interface Prepared {
  readonly guards?: readonly ChangeGuard[];
  readonly set?: Partial<Change>;
}

interface Step<Code extends string> extends ChangeRef {
  readonly event: ChangeEvent;
  /** the guard reasonGiven follows from it */
  readonly reason?: string;
  readonly prepare?: (tx: Transaction, loaded: LoadedChange) => Promise<Result<Prepared, Code>>;
  /** what else the step brings about, in its transaction: whom it tells, what it changes on the project */
  readonly follow?: (tx: Transaction, loaded: LoadedChange) => Promise<Result<null, Code>>;
}

/**
 * Moves a change along its lifecycle, in the one order of all its verbs: load in sight, authorize, the version that was
 * read, prepare, decide, write, record, follow.
 * Refuses with notInThisState, the guards that do not hold, or what the verb's own questions refuse with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeStep<Code extends string = never>(
  ctx: Ctx,
  step: Step<Code>,
): Promise<Result<{ id: string }, Code | ChangeStepRefusal>> {
  const { changeId, version, event } = step;
  const action = changeAction(event);
  return inTransaction<{ id: string }, Code | ChangeStepRefusal>(ctx, async (tx) => {
    const loaded = await loadChange(tx, ctx, changeId);
    const { change, project } = loaded;
    authorize(ctx.actor, action, project);
    if (change.version !== version) throw conflict("change");
    const prepared = step.prepare ? await step.prepare(tx, loaded) : accept<Prepared>({});
    if (!prepared.ok) return prepared;
    const reason = step.reason?.trim() ?? "";
    const guards = [...(prepared.value.guards ?? []), ...(reason ? (["reasonGiven"] as const) : [])];
    const decided = decideChange(change.state, event, guards);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(projectChanges)
      .set({ ...prepared.value.set, state: decided.value, version: version + 1 })
      .where(and(eq(projectChanges.id, changeId), eq(projectChanges.version, version)))
      .returning();
    if (!after) throw conflict("change");
    await record(tx, ctx, {
      action,
      event: CHANGE_EVENT_FACTS[event],
      object: { type: "change", id: changeId, regionId: change.regionId },
      before: change,
      after,
      ...(reason && { reason }),
      payload: { projectId: project.id, projectName: project.name, number: change.number, route: after.route },
    });
    const followed = step.follow ? await step.follow(tx, { change: after, project }) : accept(null);
    return followed.ok ? accept({ id: changeId }) : followed;
  });
}
