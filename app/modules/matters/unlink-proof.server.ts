import { and, eq } from "drizzle-orm";

import { materialProofs, resources } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { asGoverned, holdMaterial, touchMaterial, type MaterialRef } from "./load-material.server";

/**
 * Takes a proof back, by those who may say it.
 * Refuses with proofUnknown.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function unlinkProof(ctx: Ctx, ref: MaterialRef, proofId: string): Promise<Result<null, "proofUnknown">> {
  return inTransaction<null, "proofUnknown">(ctx, async (tx) => {
    const material = await holdMaterial(tx, ctx, ref);
    const { regionId, code, name } = material;
    const [found] = await tx
      .select({ proof: materialProofs, resourceName: resources.name, unitId: resources.unitId })
      .from(materialProofs)
      .innerJoin(resources, eq(resources.id, materialProofs.resourceId))
      .where(and(eq(materialProofs.id, proofId), eq(materialProofs.materialId, material.id)));
    const provides = found?.unitId === ctx.actor.unitId && regionId === ctx.actor.regionId;
    const governed = provides ? { unitId: found.unitId, regionId } : await asGoverned(tx, ctx.actor, material);
    authorize(ctx.actor, "matter:edit", governed);
    if (!found) return refuse({ code: "proofUnknown" });
    await tx.delete(materialProofs).where(eq(materialProofs.id, proofId));
    await touchMaterial(tx, ctx, material);
    const { resourceId, itemName } = found.proof;
    await record(tx, ctx, {
      action: "matter:edit",
      event: "materialProofUnlinked",
      object: { type: "material", id: material.id, regionId },
      before: found.proof,
      payload: { code, name, resourceId, resourceName: found.resourceName, itemName },
    });
    return accept(null);
  });
}
