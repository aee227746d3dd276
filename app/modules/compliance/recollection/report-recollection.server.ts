import { eq } from "drizzle-orm";

import { recollections, resources, systems, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { tellRegion } from "../tell.server";
import type { RecollectionInput } from "./recollection.schema";

type Code = "resourceNotShared" | "ownResource" | "systemNotOfUnit";

/**
 * A person of the bureau reports that a unit collects once more what another unit already shares. Nothing follows until
 * another person has confirmed it.
 * Refuses with resourceNotShared, ownResource, systemNotOfUnit.
 * @throws DomainError notFound, forbidden
 * @source domain.md §5
 */
export async function reportRecollection(
  ctx: Ctx,
  unitId: string,
  input: RecollectionInput,
): Promise<Result<{ id: string }, Code>> {
  return inTransaction<{ id: string }, Code>(ctx, async (tx) => {
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId, name: units.name })
      .from(units)
      .where(eq(units.id, unitId));
    const { name, ...unit } = visible(ctx.actor, "gate:read", found, "gate");
    authorize(ctx.actor, "recollection:report", unit);
    const [resource] = await tx.select().from(resources).where(eq(resources.id, input.resourceId));
    if (resource?.state !== "published" || resource.sharingType === "none" || resource.regionId !== unit.regionId)
      return refuse({ code: "resourceNotShared", field: "resourceId" });
    if (resource.unitId === unitId) return refuse({ code: "ownResource", field: "resourceId" });
    if (input.systemId) {
      const [system] = await tx.select().from(systems).where(eq(systems.id, input.systemId));
      if (system?.unitId !== unitId) return refuse({ code: "systemNotOfUnit", field: "systemId" });
    }
    const recollection = {
      id: newId(),
      ...unit,
      resourceId: resource.id,
      systemId: input.systemId ?? null,
      where: input.where,
      finding: input.finding,
      state: "reported" as const,
      reportedBy: ctx.actor.userId,
      reportedAt: ctx.now,
    };
    await tx.insert(recollections).values(recollection);
    await record(tx, ctx, {
      action: "recollection:report",
      event: "recollectionReported",
      object: { type: "recollection", id: recollection.id, regionId: unit.regionId },
      after: recollection,
      payload: { unitId, resourceId: resource.id, where: input.where },
    });
    await tellRegion(tx, ctx, unit.regionId, "bureauReviewer", {
      title: `请复核重复采集：${name}`,
      href: `/gates/recollections/${recollection.id}`,
    });
    return accept({ id: recollection.id });
  });
}
