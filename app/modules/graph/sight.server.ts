import { and, eq, inArray, ne, sql, type SQL } from "drizzle-orm";

import { materials, projects, resources, serviceMatters, systems } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { AssetKind } from "~/kernel/vocabulary";
import { isWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { scopeFor } from "~/policy";

import { NO_FILTER, type GraphFilter } from "./graph-query";

/** Which nodes exist for somebody: a condition on the table of each kind. Every query of the graph goes through it. */
export type Sight = Readonly<Record<AssetKind, SQL>>;

/** The table of each kind. */
export const TABLES = {
  project: projects,
  system: systems,
  matter: serviceMatters,
  material: materials,
  resource: resources,
} as const;

/**
 * What an actor sees: projects and systems where the graph may be read, the public's matters and materials, and what is or
 * was in force of the catalog. A filter narrows it, and walks keep to what it leaves.
 * @param issuers whether a unit's materials are those that it issues (a list), or all (a walk: a paper belongs to many)
 */
export function sightOf(actor: Actor, filter: GraphFilter = NO_FILTER, { issuers = false } = {}): Sight {
  const reading = scopeFor(actor, "graph:read");
  const matterScope = scopeFor(actor, "matter:read");
  const { kinds, unit, tag, matterType, systemState } = filter;
  const of = (kind: AssetKind, ...conditions: (SQL | undefined)[]): SQL =>
    kinds.length > 0 && !kinds.includes(kind) ? sql`false` : (and(...conditions) ?? sql`true`);
  const tagged = (column: SQL): SQL | undefined => (tag ? sql`${tag}::text = any(${column})` : undefined);
  return {
    project: of(
      "project",
      inScope(reading, projects),
      ne(projects.stage, "draft"),
      isWantedUnit(projects.unitId, unit),
    ),
    system: of(
      "system",
      inScope(reading, { unitId: systems.unitId, regionId: systems.regionId }),
      isWantedUnit(systems.unitId, unit),
      systemState && eq(systems.state, systemState),
      tagged(sql`${systems.tags}`),
    ),
    matter: of(
      "matter",
      inScope(matterScope, serviceMatters),
      ne(serviceMatters.state, "abolished"),
      isWantedUnit(serviceMatters.unitId, unit),
      matterType && eq(serviceMatters.type, matterType),
      tagged(sql`${serviceMatters.tags}`),
    ),
    material: of(
      "material",
      inScope(matterScope, { unitId: materials.issuerUnitId, regionId: materials.regionId }),
      issuers ? isWantedUnit(materials.issuerUnitId, unit) : undefined,
      tagged(sql`${materials.tags}`),
    ),
    resource: of(
      "resource",
      inScope(scopeFor(actor, "catalog:read"), resources),
      inArray(resources.state, ["published", "suspended"]),
      isWantedUnit(resources.unitId, unit),
    ),
  };
}
