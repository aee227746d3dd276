import { asc, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

/**
 * Registers what an earlier filing needed with a new one of the same unit, to be applied for
 * with its signature: nothing of how the old demands were
 * answered comes along. Part of the copying verb's transaction.
 * @throws DomainError forbidden
 */
export async function copyProjectDemands(
  tx: Transaction,
  ctx: Ctx,
  { fromProjectId, toProjectId }: { fromProjectId: string; toProjectId: string },
): Promise<void> {
  const { unitId, regionId } = ctx.actor;
  authorize(ctx.actor, "demand:apply", { unitId, regionId });
  const earlier = await tx.select().from(demands).where(eq(demands.projectId, fromProjectId)).orderBy(asc(demands.id));
  for (const row of earlier) {
    const demand = {
      id: newId(),
      regionId,
      unitId,
      projectId: toProjectId,
      providerUnitId: row.providerUnitId,
      resourceId: row.resourceId,
      wanted: row.wanted,
      items: row.items,
      legalBasis: row.legalBasis,
      scene: row.scene,
      expectedSource: row.expectedSource,
      method: row.method,
      frequency: row.frequency,
      safety: row.safety,
      state: "applied" as const,
      draftedBy: ctx.actor.userId,
    };
    await tx.insert(demands).values(demand);
    await record(tx, ctx, {
      action: "demand:apply",
      event: "demandRegistered",
      object: { type: "demand", id: demand.id, regionId },
      after: demand,
      payload: { projectId: toProjectId, wanted: row.wanted },
    });
  }
}
