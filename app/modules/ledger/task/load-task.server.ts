import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { ledgerMomentsMet, ledgerPlans, ledgerTasks } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible, type Governed } from "~/policy";

import { namedUnits, type TaskNamedUnit } from "../match/named-units.queries.server";
import { type Plan, visiblePlan } from "../plan/load-plan.server";
import type { MetMoment } from "./task.rules";

export type TaskRow = typeof ledgerTasks.$inferSelect;

/** A task as a form names it: the version is the one its page showed. */
export interface TaskRef {
  readonly id: string;
  readonly version: number;
}

/** A task with its plan, the units it names and its dated parts that were met. */
export interface LoadedTask {
  readonly task: TaskRow;
  readonly plan: Plan;
  readonly named: readonly TaskNamedUnit[];
  readonly met: readonly MetMoment[];
}

/** What policy must know of a task: of all units that it names it is the actor's own, if the actor's is among them. */
export const governedTask = (
  actor: Actor,
  { task, named }: Pick<LoadedTask, "task" | "named">,
): Governed & { readonly regionId: string } => ({
  regionId: task.regionId,
  unitId: named.some(({ unitId }) => unitId === actor.unitId) ? actor.unitId : "",
});

/**
 * The task if the actor may see it: while its plan is being confirmed only who confirms it, afterwards whoever sees the
 * region or belongs to a unit that it names.
 * @throws DomainError notFound
 */
export function visibleTask(actor: Actor, loaded: LoadedTask | undefined): LoadedTask {
  if (!loaded) throw notFound("task");
  if (loaded.plan.state === "confirming") visiblePlan(actor, loaded.plan);
  else visible(actor, "task:read", governedTask(actor, loaded), "task");
  return loaded;
}

/** A task with what belongs to it, as it stands; undefined when there is none. The caller asks who may see it. */
export async function loadTask(db: DatabaseOrTransaction, id: string): Promise<LoadedTask | undefined> {
  const [row] = await db
    .select({ task: ledgerTasks, plan: ledgerPlans })
    .from(ledgerTasks)
    .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
    .where(eq(ledgerTasks.id, id));
  return row && { ...row, ...(await surroundings(db, id)) };
}

/**
 * A task that is about to change, locked after its plan, which must not end meanwhile.
 * @throws DomainError notFound
 */
export async function lockTask(tx: Transaction, ctx: Ctx, id: string): Promise<LoadedTask> {
  const held = await hold(tx, id, "share");
  return visibleTask(ctx.actor, held && { ...held, ...(await surroundings(tx, id)) });
}

/**
 * A task that is about to be confirmed or corrected, locked after its plan.
 * @throws DomainError notFound, forbidden
 */
export async function lockTaskToConfirm(
  tx: Transaction,
  ctx: Ctx,
  id: string,
): Promise<Pick<LoadedTask, "task" | "plan">> {
  const held = await hold(tx, id, "update");
  const loaded = held && { ...held, ...(await surroundings(tx, id)) };
  const { task, plan } = visibleTask(ctx.actor, loaded);
  authorize(ctx.actor, "task:confirm", { regionId: task.regionId, unitId: "" });
  return { task, plan };
}

async function hold(tx: Transaction, id: string, plans: "share" | "update") {
  const [at] = await tx.select({ planId: ledgerTasks.planId }).from(ledgerTasks).where(eq(ledgerTasks.id, id));
  if (!at) return undefined;
  const [plan] = await tx.select().from(ledgerPlans).where(eq(ledgerPlans.id, at.planId)).for(plans);
  const [task] = await tx.select().from(ledgerTasks).where(eq(ledgerTasks.id, id)).for("update");
  // thrown away in between
  return plan && task && { plan, task };
}

async function surroundings(db: DatabaseOrTransaction, id: string): Promise<Pick<LoadedTask, "named" | "met">> {
  const [named, met] = await Promise.all([
    namedUnits(db, [id]),
    db
      .select({ position: ledgerMomentsMet.position, metOn: ledgerMomentsMet.metOn })
      .from(ledgerMomentsMet)
      .where(eq(ledgerMomentsMet.taskId, id)),
  ]);
  return { named, met };
}

/** What timelines and listeners need of a task. */
export const taskPayload = ({ task, plan }: Pick<LoadedTask, "task" | "plan">) => ({
  number: task.number,
  title: task.title ?? task.content.slice(0, 40),
  plan: plan.title,
});
