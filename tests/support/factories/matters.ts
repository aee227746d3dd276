import { catalogCategories, materialProofs, materials, matterMaterials, resources, serviceMatters } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { searchGrams } from "~/kernel/names";
import { newId } from "~/platform/ids.server";

import { at, type Owner } from "./assessment";

type Row<Table extends { $inferInsert: object }> = Partial<Table["$inferInsert"]>;

/** A service matter of a unit, in force unless `more` says otherwise. */
export async function makeMatter({ db, ...owner }: Owner, name: string, more: Row<typeof serviceMatters> = {}) {
  const id = newId();
  await db
    .insert(serviceMatters)
    .values({ ...owner, id, code: id.slice(-12), name, updatedAt: at("2026-05-01"), ...more });
  return id;
}

/** A material of a region that no matter asks for yet. */
export async function makeMaterial(
  { db, regionId }: Omit<Owner, "unitId">,
  name: string,
  more: Row<typeof materials> = {},
) {
  const id = newId();
  await db.insert(materials).values({ regionId, id, code: id.slice(-12), name, updatedAt: at("2026-05-01"), ...more });
  return id;
}

/** Says that a matter asks for a material. */
export const ask = (
  { db, regionId }: Omit<Owner, "unitId">,
  { matterId, materialId, required = true }: { matterId: string; materialId: string; required?: boolean },
) => db.insert(matterMaterials).values({ regionId, matterId, materialId, required });

/** An unconditionally shared resource in force of a unit, attached and tested unless `more` says otherwise. */
export async function makeProvingResource({ db, ...owner }: Owner, name: string, more: Row<typeof resources> = {}) {
  const id = newId();
  await db.insert(catalogCategories).values({ code: "101001", level: 3, name: "人口" }).onConflictDoNothing();
  await db.insert(resources).values({
    ...owner,
    id,
    code: id.slice(-12),
    categoryCode: "101001",
    name,
    normalizedName: name,
    initials: "",
    searchGrams: searchGrams(name),
    summary: `${name}的主要内容`,
    formatClass: "database",
    sharingType: "unconditional",
    updateCycle: "monthly",
    state: "published",
    interfaceAttachedOn: localDate("2026-03-01"),
    testSharedOn: localDate("2026-03-02"),
    ...more,
  });
  return id;
}

/** Says that a resource, or one of its items, proves a material. */
export async function prove(
  { db, regionId }: Omit<Owner, "unitId">,
  { materialId, resourceId, itemName = "" }: { materialId: string; resourceId: string; itemName?: string },
) {
  const id = newId();
  await db
    .insert(materialProofs)
    .values({ id, regionId, materialId, resourceId, itemName, linkedBy: "filer", linkedAt: at("2026-05-01") });
  return id;
}
