import { and, eq, isNull } from "drizzle-orm";

import { demands } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "../filing-gate.server";

/**
 * Takes a demand out of a filing before anyone else has seen it. Refuses with filingClosed.
 * @throws DomainError notFound, forbidden
 */
export async function removeDemand(
  ctx: Ctx,
  projectId: string,
  demandId: string,
): Promise<Result<null, "filingClosed">> {
  return inTransaction(ctx, async (tx) => {
    const filing = await lockOpenFiling(tx, ctx, projectId);
    if (!filing.ok) return filing;
    authorize(ctx.actor, "demand:apply", filing.value);
    const [gone] = await tx
      .delete(demands)
      .where(and(eq(demands.id, demandId), eq(demands.projectId, projectId), isNull(demands.appliedAt)))
      .returning();
    if (!gone) throw notFound("demand");
    await record(tx, ctx, {
      action: "demand:apply",
      event: "demandRemoved",
      object: { type: "demand", id: demandId, regionId: gone.regionId },
      before: gone,
      payload: { projectId, wanted: gone.wanted },
    });
    return accept(null);
  });
}
