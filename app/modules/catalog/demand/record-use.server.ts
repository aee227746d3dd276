import { and, eq, inArray, isNotNull } from "drizzle-orm";

import { demands, resources, resourceUses } from "@db/schema";
import { localDateOf } from "~/kernel/local-date";
import { accept, notFound, refuse, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import type { UseInput } from "./demand.schema";
import { refuseUse, usesOpenFrom, type UseRefusalCode } from "./use.rules";

/**
 * A unit records that it used another unit's data: on what basis, when and how often. The provider can see it. The same
 * form sent twice is recorded once. Refuses as refuseUse does.
 * @throws DomainError notFound, forbidden
 * @source domain.md §4, issue 3
 */
export async function recordUse(ctx: Ctx, input: UseInput): Promise<Result<{ id: string }, UseRefusalCode>> {
  return inTransaction<{ id: string }, UseRefusalCode>(ctx, async (tx) => {
    const [row] = await tx.select().from(resources).where(eq(resources.id, input.resourceId)).for("share");
    const resource = visible(ctx.actor, "catalog:read", row, "resource");
    const { unitId, regionId } = ctx.actor;
    authorize(ctx.actor, "demand:apply", { unitId, regionId });
    const demand = input.demandId ? await deliveredDemand(input.demandId) : null;
    const figures = await loadFigures(tx, ctx.today);
    const openFrom = usesOpenFrom(ctx.today, figures.number("points.useClosingDays"));
    const found = refuseUse({ unitId, usedOn: input.usedOn, resource, demand }, ctx.today, openFrom);
    const [first, ...others] = found;
    if (first) return refuse(first, ...others);

    const use = {
      id: input.id,
      resourceId: resource.id,
      regionId: resource.regionId,
      userUnitId: unitId,
      demandId: input.demandId ?? null,
      basis: input.basis,
      usedOn: input.usedOn,
      times: input.times,
      recordedBy: ctx.actor.userId,
      recordedAt: ctx.now,
    };
    const written = await tx.insert(resourceUses).values(use).onConflictDoNothing().returning({ id: resourceUses.id });
    if (written.length === 0) return accept({ id: use.id });
    await record(tx, ctx, {
      action: "demand:apply",
      event: "resourceUseRecorded",
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      after: use,
      payload: { name: resource.name, usedOn: use.usedOn, times: use.times, userUnitId: unitId },
    });
    return accept({ id: use.id });

    /** The own unit's demand for this very resource, if it was delivered. */
    async function deliveredDemand(id: string) {
      const [found] = await tx
        .select()
        .from(demands)
        .where(
          and(
            eq(demands.id, id),
            eq(demands.unitId, unitId),
            eq(demands.resourceId, resource.id),
            inArray(demands.state, ["delivered", "ended"]),
            isNotNull(demands.deliveredAt),
          ),
        );
      if (!found?.deliveredAt) throw notFound("demand");
      const { deliveredAt, usedFromOn, usedUntilOn } = found;
      return { deliveredOn: localDateOf(deliveredAt), usedFromOn, usedUntilOn };
    }
  });
}
