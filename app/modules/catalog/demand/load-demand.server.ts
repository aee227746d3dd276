import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { can, type Governed } from "~/policy";

import type { DemandParty } from "./demand.rules";

export type Demand = typeof demands.$inferSelect;

/** The side of a demand as policy sees it: the provider's steps are the provider's, all others follow the requester. */
export function sideOf(demand: Pick<Demand, "unitId" | "providerUnitId" | "regionId">, party: DemandParty): Governed {
  const { unitId, providerUnitId, regionId } = demand;
  return { regionId, unitId: party === "provider" ? (providerUnitId ?? "") : unitId };
}

/**
 * May the actor see it? Before it is applied for only the requester's unit, before the bureau has checked it nobody of
 * the provider's.
 */
function isInSight(actor: Actor, demand: Demand): boolean {
  if (demand.appliedAt === null) return demand.unitId === actor.unitId;
  if (can(actor, "demand:read", sideOf(demand, "requester"))) return true;
  return demand.checkedAt !== null && can(actor, "demand:read", sideOf(demand, "provider"));
}

/** The demand if the actor may see it. @throws DomainError notFound */
export function visibleDemand(actor: Actor, demand: Demand | undefined): Demand {
  if (!demand || !isInSight(actor, demand)) throw notFound("demand");
  return demand;
}

/** Locks a demand that is about to change. @throws DomainError notFound */
export async function lockDemand(tx: Transaction, ctx: Ctx, id: string): Promise<Demand> {
  const [row] = await tx.select().from(demands).where(eq(demands.id, id)).for("update");
  return visibleDemand(ctx.actor, row);
}
