import { and, eq } from "drizzle-orm";

import { materials, matterMaterials } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { holdMatter, matterFacts, touchMatter, type MatterRef } from "./load-matter.server";

type Code = "matterIsAbolished" | "materialNotAsked";

/**
 * Says that a matter no longer asks for a material; the material stays for the others that do.
 * Refuses with matterIsAbolished, materialNotAsked.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function removeMaterial(ctx: Ctx, ref: MatterRef, materialId: string): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const matter = await holdMatter(tx, ctx, ref);
    authorize(ctx.actor, "matter:edit", matter);
    if (matter.state === "abolished") return refuse({ code: "matterIsAbolished" });
    const [removed] = await tx
      .delete(matterMaterials)
      .where(and(eq(matterMaterials.matterId, matter.id), eq(matterMaterials.materialId, materialId)))
      .returning();
    if (!removed) return refuse({ code: "materialNotAsked" });
    const [material] = await tx
      .select({ materialName: materials.name })
      .from(materials)
      .where(eq(materials.id, materialId));
    const after = await touchMatter(tx, ctx, matter);
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterMaterialRemoved",
      object: { type: "matter", id: matter.id, regionId: matter.regionId },
      before: { ...matter, ...removed },
      after,
      payload: { ...matterFacts(after), materialId, ...material, required: removed.required },
    });
    return accept(null);
  });
}
