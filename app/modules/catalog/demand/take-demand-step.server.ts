import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands, resources } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, conflict, type Result } from "~/kernel/result";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { DEMAND_EVENT_FACTS, type DemandEffect, type DemandEvent, type DemandGuard } from "./demand.lifecycle";
import { answerLimit, citesBasis, decideDemand, demandAction, partyOf, type DemandStepRefusal } from "./demand.rules";
import { lockDemand, sideOf, type Demand } from "./load-demand.server";

/** A demand as a form names it: the version is the one its page showed. */
export interface DemandRef {
  readonly id: string;
  readonly version: number;
}

/** What a step may write beside the state and the limits. */
type Settable = Omit<Demand, "id" | "regionId" | "unitId" | "projectId" | "state" | "version">;

interface DemandStep<Code extends string> {
  readonly event: DemandEvent;
  /** the guards that hold by what was typed; those about the demand itself are found out here */
  readonly guards?: readonly DemandGuard[];
  /** what else must hold of the demand as it stands; its refusals come back as they are */
  readonly admit?: (tx: Transaction, demand: Demand) => Promise<Result<Partial<Settable>, Code>>;
  readonly set?: Partial<Settable>;
  readonly reason?: string | undefined;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly afterwards?: (tx: Transaction, after: Demand, before: Demand) => Promise<void>;
}

/**
 * Moves a demand along its lifecycle: what all verbs on a demand share. Refuses with notInThisState or the guards that do
 * not hold.
 * @throws DomainError notFound, forbidden; conflict when the demand changed after this page was opened
 * @source domain.md §4
 */
export async function takeDemandStep<Code extends string = never>(
  ctx: Ctx,
  ref: DemandRef,
  step: DemandStep<Code>,
): Promise<Result<null, DemandStepRefusal | Code>> {
  return inTransaction<null, DemandStepRefusal | Code>(ctx, async (tx) => {
    const demand = await lockDemand(tx, ctx, ref.id);
    const action = demandAction(step.event);
    authorize(ctx.actor, action, sideOf(demand, partyOf(step.event)));
    if (demand.version !== ref.version) throw conflict("demand");
    const guards = [...(step.guards ?? []), ...guardsHeldBy(demand, ctx, step.reason)];
    const decision = decideDemand(demand.state, step.event, guards);
    if (!decision.ok) return decision;
    const admitted = (await step.admit?.(tx, demand)) ?? accept({});
    if (!admitted.ok) return admitted;
    const limits = await openLimits(tx, ctx, demand, decision.value.effects ?? []);
    const [after] = await tx
      .update(demands)
      .set({ ...limits, ...step.set, ...admitted.value, state: decision.value.to, version: demand.version + 1 })
      .where(and(eq(demands.id, demand.id), eq(demands.version, demand.version)))
      .returning();
    if (!after) throw conflict("demand");
    await record(tx, ctx, {
      action,
      event: DEMAND_EVENT_FACTS[step.event],
      object: { type: "demand", id: demand.id, regionId: demand.regionId },
      before: demand,
      after,
      ...(step.reason && { reason: step.reason }),
      payload: { ...step.payload, wanted: demand.wanted, from: demand.state, to: after.state },
    });
    await step.afterwards?.(tx, after, demand);
    return accept(null);
  });
}

function guardsHeldBy(demand: Demand, { actor }: Ctx, reason: string | undefined): DemandGuard[] {
  return [
    ...(demand.appliedAt !== null ? (["appliedForItself"] as const) : []),
    ...(demand.draftedBy !== actor.userId ? (["otherPersonThanDrafter"] as const) : []),
    ...(demand.providerUnitId !== null ? (["providerNamed"] as const) : []),
    ...(reason?.trim() ? (["reasonGiven"] as const) : []),
    ...(citesBasis(demand.refusalBasis) ? [] : (["refusedWithoutBasis"] as const)),
  ];
}

/** The last days of the limits that a step opens, counted in working days from today. */
async function openLimits(
  tx: Transaction,
  ctx: Ctx,
  demand: Demand,
  effects: readonly DemandEffect[],
): Promise<Partial<Settable>> {
  if (effects.length === 0) return {};
  const [figures, calendar] = await Promise.all([loadFigures(tx, ctx.today), loadCalendar(tx, demand.regionId)]);
  const within = (code: string): LocalDate => addWorkdays(calendar, ctx.today, figures.number(code));
  const limits: Partial<Settable> = {};
  for (const effect of effects) {
    switch (effect) {
      case "openCheck":
        limits.checkDueOn = within("demand.checkWorkdays");
        break;
      case "openAnswer":
        limits.answerDueOn = within(answerLimit(await sharingTypeOf(tx, demand.resourceId)));
        break;
      case "openDelivery":
        limits.dueOn = within("demand.deliveryWorkdays");
        break;
    }
  }
  return limits;
}

async function sharingTypeOf(tx: Transaction, resourceId: string | null) {
  if (!resourceId) return null;
  const [resource] = await tx
    .select({ sharingType: resources.sharingType })
    .from(resources)
    .where(eq(resources.id, resourceId));
  return resource?.sharingType ?? null;
}
