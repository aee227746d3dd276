import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materials } from "@db/schema";
import { foldName } from "~/kernel/names";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { recordAll, type Ctx } from "~/platform/transaction.server";

import type { Material } from "../load-material.server";
import { nextCodes } from "../numbering.server";
import { inChunks } from "./in-chunks.server";

type NewMaterial = Pick<Material, "name"> & Partial<Pick<Material, "kind" | "issuer" | "issuerUnitId">>;

/**
 * Enters materials that nobody knows yet, numbered in their order, each recorded; asked while their numbering is held.
 * @returns their ids and codes in the order of what was given
 */
export async function enterMaterials(
  tx: Transaction,
  ctx: Ctx,
  wanted: readonly NewMaterial[],
): Promise<Pick<Material, "id" | "code">[]> {
  if (wanted.length === 0) return [];
  const { regionId, userId } = ctx.actor;
  const codes = await nextCodes(tx, "CL", regionId, wanted.length);
  const added = wanted.map((material, index) => ({
    issuer: "",
    ...material,
    id: newId(),
    regionId,
    code: codes[index] ?? "",
    initials: initialsOf(material.name),
    updatedBy: userId,
    updatedAt: ctx.now,
  }));
  await inChunks(added, (some) => tx.insert(materials).values(some));
  await recordAll(
    tx,
    ctx,
    added.map((material) => ({
      action: "matter:edit",
      event: "materialAdded",
      object: { type: "material", id: material.id, regionId },
      after: material,
      payload: { code: material.code, name: material.name, issuer: material.issuer, fromSheet: true },
    })),
  );
  return added;
}

/** The materials of these names by folded name; what nobody knows yet is entered. */
export async function materialsNamed(
  tx: Transaction,
  ctx: Ctx,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const known = await tx
    .select({ id: materials.id, name: materials.name })
    .from(materials)
    .where(eq(materials.regionId, ctx.actor.regionId));
  const ids = new Map(known.map(({ id, name }) => [foldName(name), id]));
  // Of several writings of a name the first is taken.
  const missing = new Map<string, string>();
  for (const name of names) {
    const key = foldName(name);
    if (!ids.has(key) && !missing.has(key)) missing.set(key, name);
  }
  const added = await enterMaterials(
    tx,
    ctx,
    [...missing.values()].map((name) => ({ name })),
  );
  for (const [index, key] of [...missing.keys()].entries()) ids.set(key, added[index]?.id ?? "");
  return ids;
}
