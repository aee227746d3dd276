import { eq } from "drizzle-orm";

import { demands } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { DemandInput } from "../catalog.schema";
import { admitDemand, type DemandRefusalCode } from "./demand.rules";
import { lockOpenFiling } from "../filing-gate.server";

/**
 * Registers a demand for another unit's data with a filing. Its clock starts when the filing is signed.
 * Refuses with wantedFromOneself, demandTwice, filingClosed.
 * @throws DomainError notFound, forbidden
 */
export async function addDemand(
  ctx: Ctx,
  projectId: string,
  input: DemandInput,
): Promise<Result<{ id: string }, DemandRefusalCode | "filingClosed">> {
  return inTransaction(ctx, async (tx) => {
    const filing = await lockOpenFiling(tx, ctx, projectId);
    if (!filing.ok) return filing;
    const { unitId, regionId } = filing.value;
    authorize(ctx.actor, "demand:apply", filing.value);
    const existing = await tx
      .select({ providerUnitId: demands.providerUnitId, wanted: demands.wanted })
      .from(demands)
      .where(eq(demands.projectId, projectId));
    const admitted = admitDemand({ unitId, ...input }, existing);
    if (!admitted.ok) return admitted;
    const demand = {
      id: newId(),
      regionId,
      unitId,
      projectId,
      ...input,
      draftedBy: ctx.actor.userId,
      state: "applied" as const,
    };
    await tx.insert(demands).values(demand);
    await record(tx, ctx, {
      action: "demand:apply",
      event: "demandRegistered",
      object: { type: "demand", id: demand.id, regionId },
      after: demand,
      payload: { projectId, wanted: input.wanted },
    });
    return accept({ id: demand.id });
  });
}
