import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materials, matterMaterials, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { Material } from "./load-material.server";
import { holdMatter, matterFacts, touchMatter, type Matter } from "./load-matter.server";
import type { AddMaterialInput } from "./matter.schema";
import { holdNumbering, nextCodes } from "./numbering.server";
import { isSameName } from "./similar-names.rules";

type Code = "matterIsAbolished" | "materialNameMissing" | "materialKnown" | "materialUnknown" | "materialAsked";

/**
 * Says that a matter asks for a material: one that is known already, or a new one under a name that no other has. A paper
 * is one material however many matters ask for it.
 * Refuses with matterIsAbolished, materialNameMissing, materialKnown, materialUnknown, materialAsked.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function addMaterial(
  ctx: Ctx,
  id: string,
  input: AddMaterialInput,
): Promise<Result<{ materialId: string }, Code>> {
  return inTransaction<{ materialId: string }, Code>(ctx, async (tx) => {
    const matter = await holdMatter(tx, ctx, { id, version: input.version });
    authorize(ctx.actor, "matter:edit", matter);
    if (matter.state === "abolished") return refuse({ code: "matterIsAbolished" });
    const chosen =
      input.choice === "new" ? await newMaterial(tx, ctx, matter, input) : await known(tx, matter, input.choice);
    if (!chosen.ok) return chosen;
    const { id: materialId, name: materialName } = chosen.value;
    const written = await tx
      .insert(matterMaterials)
      .values({ matterId: id, materialId, regionId: matter.regionId, required: input.required })
      .onConflictDoNothing()
      .returning({ materialId: matterMaterials.materialId });
    if (written.length === 0) return refuse({ code: "materialAsked", facts: { name: materialName } });
    const after = await touchMatter(tx, ctx, matter);
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterMaterialAdded",
      object: { type: "matter", id, regionId: matter.regionId },
      before: matter,
      after: { ...after, materialId, required: input.required },
      payload: { ...matterFacts(after), materialId, materialName, required: input.required },
    });
    return accept({ materialId });
  });
}

type Chosen = Pick<Material, "id" | "name">;

async function known(tx: Transaction, { regionId }: Matter, id: string): Promise<Result<Chosen, "materialUnknown">> {
  const [material] = await tx
    .select({ id: materials.id, name: materials.name })
    .from(materials)
    .where(and(eq(materials.id, id), eq(materials.regionId, regionId)));
  return material ? accept(material) : refuse({ code: "materialUnknown", field: "choice" });
}

async function newMaterial(
  tx: Transaction,
  ctx: Ctx,
  { regionId }: Matter,
  { name, kind, issuer }: AddMaterialInput,
): Promise<Result<Chosen, "materialNameMissing" | "materialKnown">> {
  if (!name) return refuse({ code: "materialNameMissing", field: "name" });
  await holdNumbering(tx, "CL", regionId);
  const others = await tx
    .select({ name: materials.name, code: materials.code })
    .from(materials)
    .where(eq(materials.regionId, regionId));
  const same = others.find((other) => isSameName(other.name, name));
  if (same) return refuse({ code: "materialKnown", field: "choice", facts: same });
  const [[code = ""], issuerUnitId] = [await nextCodes(tx, "CL", regionId, 1), await unitNamed(tx, regionId, issuer)];
  const [material] = await tx
    .insert(materials)
    .values({
      id: newId(),
      regionId,
      code,
      name,
      initials: initialsOf(name),
      kind,
      issuer,
      issuerUnitId,
      updatedBy: ctx.actor.userId,
      updatedAt: ctx.now,
    })
    .returning();
  if (!material) throw new Error("the material was not written");
  await record(tx, ctx, {
    action: "matter:edit",
    event: "materialAdded",
    object: { type: "material", id: material.id, regionId },
    after: material,
    payload: { code, name, issuer },
  });
  return accept(material);
}

/** The unit of ours that issues a paper, when its full name was given. */
async function unitNamed(tx: Transaction, regionId: string, name: string): Promise<string | null> {
  if (!name) return null;
  const [unit] = await tx
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.regionId, regionId), eq(units.name, name), isNull(units.closedOn)));
  return unit?.id ?? null;
}
