import { and, asc, eq, inArray, isNull, ne, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  materialProofs,
  materials,
  matterMaterials,
  resourceItems,
  resources,
  serviceMatters,
  units,
} from "@db/schema";
import { foldName } from "~/kernel/names";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";

import type { Material } from "../load-material.server";
import { holdNumbering } from "../numbering.server";

export type Resource = Pick<typeof resources.$inferSelect, "id" | "name" | "code" | "unitId" | "state">;

/** What judging a list of materials needs of the region: read once for all rows. */
export interface MaterialGround {
  readonly byCode: ReadonlyMap<string, Material>;
  /** by folded name */
  readonly byName: ReadonlyMap<string, Material>;
  /** ids of materials that matters of the actor's unit, not abolished, ask for */
  readonly askedByUnit: ReadonlySet<string>;
  /** ids of units not closed, by name */
  readonly units: ReadonlyMap<string, string>;
  /** by code and by name; never withdrawn ones */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /** by `proofKey` */
  readonly proofs: ReadonlySet<string>;
  /** by resource and name */
  readonly items: ReadonlySet<string>;
}

/** A resource, or one of its items, proves a material once. */
export const proofKey = (materialId: string, resourceId: string, itemName: string): string =>
  JSON.stringify([materialId, resourceId, itemName]);
export const itemKey = (resourceId: string, name: string): string => JSON.stringify([resourceId, name]);

const texts = (rows: readonly TableRow[], column: string): string[] => [
  ...new Set(rows.flatMap(({ values }) => values[column] || [])),
];

/** Holds the names and numbers of materials, then those that the rows name, to the end of the transaction. */
async function holdMaterials(tx: Transaction, { actor: { regionId } }: Ctx, rows: readonly TableRow[]) {
  await holdNumbering(tx, "CL", regionId);
  const [codes, names] = [new Set(texts(rows, "code")), new Set(texts(rows, "name").map(foldName))];
  const all = await tx.select().from(materials).where(eq(materials.regionId, regionId));
  const touched = all.filter(({ code, name }) => codes.has(code) || names.has(foldName(name))).map(({ id }) => id);
  const held = await tx
    .select()
    .from(materials)
    .where(inArray(materials.id, touched))
    .orderBy(asc(materials.id))
    .for("update");
  const isHeld = new Set(touched);
  return [...all.filter(({ id }) => !isHeld.has(id)), ...held];
}

/** Holds what the rows may change and reads what they are judged by. */
export async function readMaterialGround(
  tx: Transaction,
  ctx: Ctx,
  rows: readonly TableRow[],
): Promise<MaterialGround> {
  const { regionId, unitId } = ctx.actor;
  const known = await holdMaterials(tx, ctx, rows);
  const asked = await tx
    .selectDistinct({ id: matterMaterials.materialId })
    .from(matterMaterials)
    .innerJoin(serviceMatters, eq(serviceMatters.id, matterMaterials.matterId))
    .where(
      and(
        eq(serviceMatters.regionId, regionId),
        eq(serviceMatters.unitId, unitId),
        ne(serviceMatters.state, "abolished"),
      ),
    );
  const unitRows = await tx
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(eq(units.regionId, regionId), isNull(units.closedOn)));
  const named = texts(rows, "resource");
  const found = await tx
    .select({
      id: resources.id,
      name: resources.name,
      code: resources.code,
      unitId: resources.unitId,
      state: resources.state,
    })
    .from(resources)
    .where(
      and(
        eq(resources.regionId, regionId),
        ne(resources.state, "withdrawn"),
        or(inArray(resources.code, named), inArray(resources.name, named)),
      ),
    )
    .for("share");
  const resourceIds = found.map(({ id }) => id);
  const items = await tx
    .select({ resourceId: resourceItems.resourceId, name: resourceItems.name })
    .from(resourceItems)
    .where(inArray(resourceItems.resourceId, resourceIds));
  const proofs = await tx.select().from(materialProofs).where(inArray(materialProofs.resourceId, resourceIds));
  return {
    byCode: new Map(known.map((material) => [material.code, material])),
    byName: new Map(known.map((material) => [foldName(material.name), material])),
    askedByUnit: new Set(asked.map(({ id }) => id)),
    units: new Map(unitRows.map(({ id, name }) => [name, id])),
    resources: new Map(
      named.map((name) => [name, found.filter((resource) => resource.code === name || resource.name === name)]),
    ),
    proofs: new Set(proofs.map(({ materialId, resourceId, itemName }) => proofKey(materialId, resourceId, itemName))),
    items: new Set(items.map(({ resourceId, name }) => itemKey(resourceId, name))),
  };
}
