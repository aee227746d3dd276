import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materialProofs, resourceItems, resources } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { asGoverned, holdMaterial, touchMaterial, type MaterialRef } from "./load-material.server";

type Code = "resourceNotPublished" | "itemUnknown" | "proofKnown";

interface ProofInput {
  readonly resourceId: string;
  /** empty: the resource as a whole */
  readonly itemName: string;
  readonly note: string;
}

/**
 * Says that a published data resource, or one of its items, proves what a material is asked for. Said by a unit whose
 * matters ask for the material or that issues it, by the unit that provides the data, or by the bureau.
 * Refuses with resourceNotPublished, itemUnknown, proofKnown.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §6 (material → data resource)
 */
export async function linkProof(ctx: Ctx, ref: MaterialRef, input: ProofInput): Promise<Result<{ id: string }, Code>> {
  return inTransaction<{ id: string }, Code>(ctx, async (tx) => {
    const material = await holdMaterial(tx, ctx, ref);
    const { regionId } = material;
    const resource = await resourceOf(tx, regionId, input.resourceId);
    const provides = resource?.unitId === ctx.actor.unitId && regionId === ctx.actor.regionId;
    const governed = provides ? { unitId: resource.unitId, regionId } : await asGoverned(tx, ctx.actor, material);
    authorize(ctx.actor, "matter:edit", governed);
    if (resource?.state !== "published") return refuse({ code: "resourceNotPublished", field: "resourceId" });
    if (input.itemName && !(await hasItem(tx, resource.id, input.itemName)))
      return refuse({ code: "itemUnknown", field: "itemName", facts: { item: input.itemName } });
    const [proof] = await tx
      .insert(materialProofs)
      .values({
        id: newId(),
        materialId: material.id,
        resourceId: resource.id,
        regionId,
        itemName: input.itemName,
        note: input.note,
        linkedBy: ctx.actor.userId,
        linkedAt: ctx.now,
      })
      .onConflictDoNothing()
      .returning();
    if (!proof) return refuse({ code: "proofKnown", field: "itemName" });
    await touchMaterial(tx, ctx, material);
    const { code, name } = material;
    await record(tx, ctx, {
      action: "matter:edit",
      event: "materialProofLinked",
      object: { type: "material", id: material.id, regionId },
      after: proof,
      payload: { code, name, resourceId: resource.id, resourceName: resource.name, itemName: input.itemName },
    });
    return accept({ id: proof.id });
  });
}

async function resourceOf(tx: Transaction, regionId: string, id: string) {
  const [resource] = await tx
    .select({ id: resources.id, name: resources.name, state: resources.state, unitId: resources.unitId })
    .from(resources)
    .where(and(eq(resources.id, id), eq(resources.regionId, regionId)))
    .for("share");
  return resource;
}

async function hasItem(tx: Transaction, resourceId: string, name: string): Promise<boolean> {
  const where = and(eq(resourceItems.resourceId, resourceId), eq(resourceItems.name, name));
  return (await tx.$count(resourceItems, where)) > 0;
}
