import { eq } from "drizzle-orm";

import { demands, units } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { admitApplication } from "./application-facts.server";
import type { ApplicationRefusalCode } from "./demand.rules";
import type { ApplicationInput } from "./demand.schema";
import { tellParties } from "./tell-party.server";

/**
 * A unit applies for another unit's data without a project; its leader signs next. The lock on the unit makes two
 * submissions at once one demand. Refuses as refuseApplication does.
 * @throws DomainError notFound, forbidden
 * @source domain.md §4
 */
export async function applyDemand(
  ctx: Ctx,
  input: ApplicationInput,
): Promise<Result<{ id: string }, ApplicationRefusalCode>> {
  return inTransaction<{ id: string }, ApplicationRefusalCode>(ctx, async (tx) => {
    const [unit] = await tx
      .select({ unitId: units.id, regionId: units.regionId })
      .from(units)
      .where(eq(units.id, ctx.actor.unitId))
      .for("update");
    if (!unit) throw notFound("unit");
    authorize(ctx.actor, "demand:apply", unit);
    const admitted = await admitApplication(tx, ctx, unit.unitId, input);
    if (!admitted.ok) return admitted;
    const [demand] = await tx
      .insert(demands)
      .values({
        id: newId(),
        ...unit,
        ...admitted.value,
        state: "applied",
        draftedBy: ctx.actor.userId,
        appliedAt: ctx.now,
      })
      .returning();
    if (!demand) throw new Error("the demand was not written");
    await record(tx, ctx, {
      action: "demand:apply",
      event: "demandApplied",
      object: { type: "demand", id: demand.id, regionId: unit.regionId },
      after: demand,
      payload: { wanted: demand.wanted },
    });
    await tellParties(tx, ctx, demand, "请审核数据需求", [["requester", "unitLead"]]);
    return accept({ id: demand.id });
  });
}
