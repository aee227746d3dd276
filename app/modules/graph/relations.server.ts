import { sql, type SQL } from "drizzle-orm";

import { maintainedSystems, materialProofs, matterMaterials, matterSystems, resources, systems } from "@db/schema";
import type { AssetKind } from "~/kernel/vocabulary";

import { RELATION_NAMES, RELATIONS, type NodeRef, byKind, type Relation } from "./graph.types";
import { type Sight, TABLES } from "./sight.server";

/** Where a relation is written: a table, called `r`, and its two ends. */
interface Source {
  readonly table: SQL;
  readonly from: SQL;
  readonly to: SQL;
  /** which rows count */
  readonly where: SQL;
}

const always = sql.raw("true");

const SOURCES: Readonly<Record<Relation, Source>> = {
  built: {
    table: sql`${systems}`,
    from: sql.raw("r.project_id"),
    to: sql.raw("r.id"),
    where: sql.raw("r.project_id is not null"),
  },
  maintained: {
    table: sql`${maintainedSystems}`,
    from: sql.raw("r.project_id"),
    to: sql.raw("r.system_id"),
    where: always,
  },
  handles: { table: sql`${matterSystems}`, from: sql.raw("r.system_id"), to: sql.raw("r.matter_id"), where: always },
  asks: { table: sql`${matterMaterials}`, from: sql.raw("r.matter_id"), to: sql.raw("r.material_id"), where: always },
  proves: {
    table: sql`${materialProofs}`,
    from: sql.raw("r.material_id"),
    to: sql.raw("r.resource_id"),
    where: always,
  },
  produces: {
    table: sql`${resources}`,
    from: sql.raw("r.system_id"),
    to: sql.raw("r.id"),
    where: sql.raw("r.system_id is not null"),
  },
  // A resource of a system hangs on the system; only one without hangs on its project itself.
  yields: {
    table: sql`${resources}`,
    from: sql.raw("r.project_id"),
    to: sql.raw("r.id"),
    where: sql.raw("r.project_id is not null and r.system_id is null"),
  },
};

/** Along the chain (from a project towards data) or against it. */
export type Direction = "down" | "up";

/** One way from a node to its neighbours. */
export interface Way {
  readonly relation: Relation;
  readonly direction: Direction;
}

export const WAYS: readonly Way[] = RELATION_NAMES.flatMap((relation) => [
  { relation, direction: "down" as const },
  { relation, direction: "up" as const },
]);

export const startOf = ({ relation, direction }: Way): AssetKind =>
  RELATIONS[relation][direction === "down" ? "from" : "to"];
export const endOf = ({ relation, direction }: Way): AssetKind =>
  RELATIONS[relation][direction === "down" ? "to" : "from"];

/** An array of ids as one parameter, however many there are. */
export const idArray = (ids: readonly string[]): SQL => sql`${`{${ids.join()}}`}::uuid[]`;

/**
 * The rows of one way: node at its end (`kind`, `id`), node at its start (`near_kind`, `near_id`), relation. Only ends
 * that the sight allows are there.
 * @param starting the condition on the id at the start, such as `= any(…)`
 */
export function rowsOfWay(way: Way, sight: Sight, starting: SQL): SQL {
  const source = SOURCES[way.relation];
  const [near, far] = way.direction === "down" ? [source.from, source.to] : [source.to, source.from];
  const kind = endOf(way);
  const table = TABLES[kind];
  return sql`select ${kind}::text as kind, ${far} as id, ${table.code} as code, ${startOf(way)}::text as near_kind,
      ${near} as near_id, ${way.relation}::text as relation
    from ${source.table} r join ${table} on ${table.id} = ${far}
    where ${near} ${starting} and ${source.where} and ${sight[kind]}`;
}

/** All rows that lead away from some nodes, over some ways; undefined when no way begins there. */
export function rowsFrom(refs: readonly NodeRef[], sight: Sight, ways: readonly Way[] = WAYS): SQL | undefined {
  const ids = byKind(refs);
  const parts = ways
    .filter((way) => ids[startOf(way)].length > 0)
    .map((way) => rowsOfWay(way, sight, sql`= any(${idArray(ids[startOf(way)])})`));
  return parts.length === 0 ? undefined : sql.join(parts, sql` union all `);
}
