import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerTasks } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson, type Action } from "~/policy";

import { governedTask, type LoadedTask, lockTask, taskPayload, type TaskRef, type TaskRow } from "./load-task.server";
import {
  TASK_EVENT_FACTS,
  TASK_LIFECYCLE,
  type TaskEvent,
  type TaskGuard,
  type TaskStepRefusal,
  type TaskTransition,
} from "./task.lifecycle";
import { deadlineOf, leadsTask, taskOverdueDays, unmetParts } from "./task.rules";

/** What a verb adds to the change and to what is told of it. */
interface Prepared {
  readonly set?: Partial<Pick<TaskRow, "closingStatement" | "closingBy" | "closedBy" | "closedOn">>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

interface Step<Code extends string> {
  readonly event: TaskEvent;
  /** words that were typed; the guards statementGiven and reasonGiven follow from them */
  readonly words?: string;
  /** guards beside those that follow from the task itself */
  readonly guards?: (tx: Transaction, loaded: LoadedTask) => Promise<readonly TaskGuard[]>;
  /** what the verb itself asks and writes, once the step is allowed */
  readonly prepare?: (tx: Transaction, loaded: LoadedTask) => Promise<Result<Prepared, Code>>;
  /** whom it tells */
  readonly follow?: (tx: Transaction, loaded: LoadedTask) => Promise<void>;
}

/**
 * Moves a task along its lifecycle, in the one order of all verbs.
 * Refuses with notInThisState, the guards that do not hold, or what the verb's own question refuses with.
 * @throws DomainError notFound, forbidden; conflict when the task changed after its page was opened
 * @source domain.md §7
 */
export async function takeTaskStep<Code extends string = never>(
  ctx: Ctx,
  ref: TaskRef,
  { event, words = "", guards, prepare, follow }: Step<Code>,
): Promise<Result<null, Code | TaskStepRefusal>> {
  return inTransaction<null, Code | TaskStepRefusal>(ctx, async (tx) => {
    const loaded = await lockTask(tx, ctx, ref.id);
    const { task } = loaded;
    const action = taskAction(event);
    authorize(ctx.actor, action, governedTask(ctx.actor, loaded));
    if (task.version !== ref.version) throw conflict("task");
    const said = words.trim();
    const held = [...guardsHeld(ctx, loaded, said), ...((await guards?.(tx, loaded)) ?? [])];
    const decided = decideStep<TaskTransition>(TASK_LIFECYCLE, task.state, event, held);
    if (!decided.ok) return decided;
    const prepared = prepare ? await prepare(tx, loaded) : accept<Prepared>({});
    if (!prepared.ok) return prepared;
    const [after] = await tx
      .update(ledgerTasks)
      .set({ ...prepared.value.set, state: decided.value.to, version: task.version + 1 })
      .where(and(eq(ledgerTasks.id, task.id), eq(ledgerTasks.version, task.version)))
      .returning();
    if (!after) throw conflict("task");
    await record(tx, ctx, {
      action,
      event: TASK_EVENT_FACTS[event],
      object: { type: "task", id: task.id, regionId: task.regionId },
      before: task,
      after,
      ...(said && { reason: said }),
      payload: { ...taskPayload(loaded), ...prepared.value.payload },
    });
    await follow?.(tx, { ...loaded, task: after });
    return accept(null);
  });
}

/** The permission that an event asks for; the same in every state. */
export function taskAction(event: TaskEvent): Action {
  const row = TASK_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no step is called ${event}`);
  return row.action;
}

/** The guards that follow from the task, the actor and what was typed. */
export function guardsHeld(
  ctx: Pick<Ctx, "actor" | "today">,
  { task, plan, named, met }: LoadedTask,
  said: string,
): TaskGuard[] {
  const holds: Readonly<Record<Exclude<TaskGuard, "notSupervised">, boolean>> = {
    planInForce: plan.state === "active",
    leadUnit: leadsTask(named, ctx.actor.unitId),
    momentsMet: unmetParts(deadlineOf(task), met).length === 0,
    statementGiven: said !== "",
    reasonGiven: said !== "",
    otherPerson: !samePerson(ctx.actor, task.closingBy),
    overdue: taskOverdueDays(task, met, ctx.today) > 0,
  };
  return (Object.keys(holds) as (keyof typeof holds)[]).filter((guard) => holds[guard]);
}
