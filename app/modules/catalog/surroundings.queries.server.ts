import { and, eq, inArray, isNull, ne } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { basicDatabases, catalogCategories, projects, resources, systems } from "@db/schema";
import { foldName } from "~/kernel/names";

import { categoryOptions } from "./catalog.queries.server";
import type { ResourceContent } from "./resource.content";
import type { ResourceSurroundings } from "./resource.rules";

/**
 * What a unit's new or changed entries must agree with, in one round of reads however many entries there are.
 * @param exceptId the entry that is being changed: it does not stand in its own way
 */
export async function surroundingsOf(
  db: DatabaseOrTransaction,
  owner: { readonly unitId: string; readonly regionId: string },
  entries: readonly Pick<ResourceContent, "relatedCodes">[],
  exceptId?: string,
): Promise<ResourceSurroundings> {
  const { unitId, regionId } = owner;
  const wanted = [...new Set(entries.flatMap((entry) => entry.relatedCodes))];
  const [siblings, ownSystems, projectNames, categories, databases, codes] = await Promise.all([
    db
      .select({ name: resources.normalizedName })
      .from(resources)
      .where(
        and(
          eq(resources.unitId, unitId),
          ne(resources.state, "withdrawn"),
          exceptId === undefined ? undefined : ne(resources.id, exceptId),
        ),
      ),
    db.select({ id: systems.id, name: systems.name }).from(systems).where(eq(systems.unitId, unitId)),
    db.select({ name: projects.name }).from(projects).where(eq(projects.unitId, unitId)),
    db
      .select({ code: catalogCategories.code })
      .from(catalogCategories)
      .where(inArray(catalogCategories.level, [3, 4])),
    db.select({ code: basicDatabases.code }).from(basicDatabases),
    wanted.length === 0
      ? []
      : db
          .select({ code: resources.code })
          .from(resources)
          .where(and(eq(resources.regionId, regionId), inArray(resources.code, wanted))),
  ]);
  return {
    siblings: new Set(siblings.map(({ name }) => name)),
    systems: new Set([...ownSystems, ...projectNames].map(({ name }) => foldName(name))),
    systemIds: new Set(ownSystems.map(({ id }) => id)),
    categories: new Set(categories.map(({ code }) => code)),
    basicDatabases: new Set(databases.map(({ code }) => code)),
    codes: new Set(codes.flatMap(({ code }) => code ?? [])),
  };
}

/** The basic databases in their order, for a choice. */
export const basicDatabaseOptions = (db: DatabaseOrTransaction) =>
  db
    .select({ value: basicDatabases.code, label: basicDatabases.name })
    .from(basicDatabases)
    .orderBy(basicDatabases.position);

/** The choices of the form: the categories, the unit's own systems in use, and the basic databases in their order. */
export async function resourceOptions(db: DatabaseOrTransaction, unitId: string) {
  const [categories, ownSystems, databases] = await Promise.all([
    categoryOptions(db),
    db
      .select({ value: systems.id, label: systems.name })
      .from(systems)
      .where(and(eq(systems.unitId, unitId), isNull(systems.retiredOn)))
      .orderBy(systems.name),
    basicDatabaseOptions(db),
  ]);
  return { categories, systems: ownSystems, basicDatabases: databases };
}
