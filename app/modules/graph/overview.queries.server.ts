import { sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import {
  maintainedSystems,
  materialProofs,
  materials,
  matterSystems,
  serviceMatters,
  systems,
  units,
} from "@db/schema";
import type { AssetKind } from "~/kernel/vocabulary";

import { type AssetNode, KINDS, type NodeRef, RELATION_NAMES, type Relation, RELATIONS } from "./graph.types";
import { type Gap, GAPS } from "./graph-query";
import { readNodes } from "./nodes.queries.server";
import { rowsOfWay } from "./relations.server";
import { type Sight, TABLES } from "./sight.server";

/** What a gap asks of the table of its kind. A link counts whoever owns its other end: what is not seen is no gap. */
export const GAP_CONDITIONS: Readonly<Record<Gap, Partial<Record<AssetKind, SQL>>>> = {
  systemsWithoutProject: {
    system: sql`${systems.projectId} is null and ${systems.state} <> 'retired' and not exists (
      select 1 from ${maintainedSystems} m where m.system_id = ${systems.id})`,
  },
  mattersWithoutSystem: {
    matter: sql`not exists (select 1 from ${matterSystems} m where m.matter_id = ${serviceMatters.id})`,
  },
  materialsWithoutData: {
    material: sql`not exists (select 1 from ${materialProofs} m where m.material_id = ${materials.id})`,
  },
};

export interface Overview {
  readonly kinds: Readonly<Record<AssetKind, number>>;
  readonly relations: Readonly<Record<Relation, number>>;
  readonly gaps: Readonly<Record<Gap, number>>;
  readonly hubs: readonly (AssetNode & { degree: number })[];
}

/** The most connected nodes that the overview names. */
const HUBS = 10;

/** The whole graph in figures: how many nodes and edges of each kind, what hangs on nothing, what hangs on most. */
export async function readOverview(db: DatabaseOrTransaction, sight: Sight): Promise<Overview> {
  const [counts, hubs] = await Promise.all([readCounts(db, sight), readHubs(db, sight)]);
  return { ...counts, hubs };
}

async function readCounts(db: DatabaseOrTransaction, sight: Sight): Promise<Omit<Overview, "hubs">> {
  const nodes = KINDS.map(
    (kind) => sql`select ${kind}::text as name, count(*)::int as n from ${TABLES[kind]} where ${sight[kind]}`,
  );
  const gaps = Object.entries(GAP_CONDITIONS).flatMap(([gap, conditions]) =>
    KINDS.filter((kind) => conditions[kind]).map(
      (kind) =>
        sql`select ${gap}::text as name, count(*)::int as n from ${TABLES[kind]} where ${sight[kind]} and ${conditions[kind]}`,
    ),
  );
  const edges = RELATION_NAMES.map(
    (relation) =>
      sql`select ${relation}::text as name, count(*)::int as n from (select distinct near_id, id from (${visibleRows(relation, sight)}) w) e`,
  );
  const rows = await db.execute<{ name: string; n: number }>(sql.join([...nodes, ...gaps, ...edges], sql` union all `));
  const figures = new Map(rows.map(({ name, n }) => [name, n]));
  const pick = <K extends string>(names: readonly K[]) =>
    Object.fromEntries(names.map((name) => [name, figures.get(name) ?? 0])) as Record<K, number>;
  return { kinds: pick(KINDS), relations: pick(RELATION_NAMES), gaps: pick(Object.keys(GAPS) as Gap[]) };
}

/** The rows of a relation whose two ends are both seen, from the earlier kind (`near_id`) to the later (`id`). */
function visibleRows(relation: Relation, sight: Sight): SQL {
  const { from } = RELATIONS[relation];
  const start = TABLES[from];
  return rowsOfWay(
    { relation, direction: "down" },
    sight,
    sql`in (select ${start.id} from ${start} where ${sight[from]})`,
  );
}

async function readHubs(db: DatabaseOrTransaction, sight: Sight): Promise<Overview["hubs"]> {
  const rows = await db.execute<NodeRef & { degree: number } & Record<string, unknown>>(sql`
    with edges as materialized (
      select distinct near_kind, near_id, kind, id from (${sql.join(
        RELATION_NAMES.map((relation) => visibleRows(relation, sight)),
        sql` union all `,
      )}) w)
    select kind, id, count(*)::int as degree
    from (select near_kind as kind, near_id as id from edges union all select kind, id from edges) ends
    group by kind, id order by degree desc, kind, id limit ${HUBS}`);
  const degrees = new Map(rows.map(({ id, degree }) => [id, degree]));
  const nodes = await readNodes(db, sight, rows);
  return nodes.map((node) => ({ ...node, degree: degrees.get(node.id) ?? 0 }));
}

export interface UnitCounts {
  readonly id: string;
  readonly name: string;
  readonly kinds: Readonly<Record<AssetKind, number>>;
}

/** How many units a page of the overview lists. */
export const UNITS_PAGE = 30;

/**
 * How many nodes of each kind each unit has: the whole city, too large to be drawn, opened unit by unit. The units with
 * most systems and matters come first.
 */
export async function readUnitCounts(
  db: DatabaseOrTransaction,
  sight: Sight,
  page: number,
): Promise<{ rows: UnitCounts[]; total: number }> {
  const owner: Readonly<Record<AssetKind, SQL>> = {
    project: sql.raw("projects.unit_id"),
    system: sql.raw("systems.unit_id"),
    matter: sql.raw("service_matters.unit_id"),
    material: sql.raw("materials.issuer_unit_id"),
    resource: sql.raw("resources.unit_id"),
  };
  const parts = KINDS.map(
    (kind) => sql`select ${owner[kind]} as unit_id, ${kind}::text as kind, count(*)::int as n from ${TABLES[kind]}
      where ${sight[kind]} and ${owner[kind]} is not null group by 1`,
  );
  const counted = KINDS.map(
    (kind) => sql`coalesce(sum(n) filter (where kind = ${kind}::text), 0)::int as ${sql.raw(kind)}`,
  );
  const rows = await db.execute<Record<AssetKind, number> & { id: string; name: string; total: number }>(sql`
    with counted as (select unit_id, ${sql.join(counted, sql`, `)} from (${sql.join(parts, sql` union all `)}) p group by unit_id)
    select ${units.id} as id, ${units.name} as name, project, system, matter, material, resource, (count(*) over ())::int as total
    from counted join ${units} on ${units.id} = counted.unit_id
    order by system + matter desc, project + resource desc, ${units.id}
    limit ${UNITS_PAGE} offset ${(page - 1) * UNITS_PAGE}`);
  return {
    rows: rows.map(({ id, name, project, system, matter, material, resource }) => ({
      id,
      name,
      kinds: { project, system, matter, material, resource },
    })),
    total: rows[0]?.total ?? 0,
  };
}
