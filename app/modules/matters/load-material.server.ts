import { and, eq, ne } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { materials, matterMaterials, serviceMatters } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { conflict } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { visible, type Governed } from "~/policy";

export type Material = typeof materials.$inferSelect;

/** Which material, and the version the page showed. */
export interface MaterialRef {
  readonly id: string;
  readonly version: number;
}

/** A paper belongs to nobody: policy is asked about it in the name of a unit that has a part in it. */
export const governedMaterial = (material: Pick<Material, "regionId" | "issuerUnitId">): Governed => ({
  unitId: material.issuerUnitId ?? "",
  regionId: material.regionId,
});

/**
 * The material as policy sees it for this actor: as his own unit's where the unit issues it or one of its matters asks for
 * it, otherwise as its issuer's.
 */
export async function asGoverned(db: DatabaseOrTransaction, actor: Actor, material: Material): Promise<Governed> {
  const { regionId, issuerUnitId } = material;
  if (regionId !== actor.regionId || issuerUnitId === actor.unitId) return governedMaterial(material);
  const [asks] = await db
    .select({ id: serviceMatters.id })
    .from(matterMaterials)
    .innerJoin(serviceMatters, eq(serviceMatters.id, matterMaterials.matterId))
    .where(
      and(
        eq(matterMaterials.materialId, material.id),
        eq(serviceMatters.unitId, actor.unitId),
        ne(serviceMatters.state, "abolished"),
      ),
    )
    .limit(1);
  return asks ? { unitId: actor.unitId, regionId } : governedMaterial(material);
}

/**
 * Locks a material in the actor's sight, at the version that was shown; the verb authorizes.
 * @throws DomainError notFound, conflict
 */
export async function holdMaterial(tx: Transaction, ctx: Ctx, { id, version }: MaterialRef): Promise<Material> {
  const [found] = await tx.select().from(materials).where(eq(materials.id, id)).for("update");
  const material = visible(
    ctx.actor,
    "matter:read",
    found && { ...found, unitId: found.issuerUnitId ?? "" },
    "material",
  );
  if (material.version !== version) throw conflict("material");
  return material;
}

/** Raises the version of a material that is held, with who changed it and when. */
export async function touchMaterial(tx: Transaction, ctx: Ctx, { id, version }: MaterialRef): Promise<void> {
  const [after] = await tx
    .update(materials)
    .set({ updatedBy: ctx.actor.userId, updatedAt: ctx.now, version: version + 1 })
    .where(and(eq(materials.id, id), eq(materials.version, version)))
    .returning({ id: materials.id });
  if (!after) throw conflict("material");
}
