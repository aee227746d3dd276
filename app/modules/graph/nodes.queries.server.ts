import { sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { materials, projects, resources, serviceMatters, systems } from "@db/schema";
import { foldName } from "~/kernel/names";
import {
  type AssetKind,
  MATERIAL_KINDS,
  MATTER_STATES,
  MATTER_TYPES,
  OWNERSHIPS,
  PROJECT_CLASSES,
  PROJECT_STAGES,
  RESOURCE_STATES,
  SHARING_TYPES,
  SYSTEM_STATES,
} from "~/kernel/vocabulary";
import { contains } from "~/platform/like.server";
import { isFound } from "~/platform/search.server";

import { type AssetNode, byKind, keyOf, KINDS, type NodeRef } from "./graph.types";
import { idArray } from "./relations.server";
import { type Sight, TABLES } from "./sight.server";

interface NodeRow {
  readonly kind: AssetKind;
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly secret: boolean;
  readonly unit_id: string | null;
  readonly unit_name: string | null;
  readonly state: string | null;
  readonly type: string | null;
  readonly tags: string[];
  readonly total?: number;
}

const NO_TAGS = sql.raw("'{}'::text[]");
const hidden = (secret: SQL, word: string, table: typeof projects | typeof systems): SQL =>
  sql`case when ${secret} then ${word}::text || '（' || ${table.code} || '）' else ${table.name} end`;
const projectSecret = sql`coalesce(${projects.secret}, false)`;

/** What a node of each kind is called and what is told of it. The unit's name is looked up for the rows that are shown. */
const FACTS: Readonly<Record<AssetKind, SQL>> = {
  project: sql`'project'::text as kind, ${projects.id} as id, ${projects.code} as code, ${hidden(projectSecret, "涉密项目", projects)} as name,
    ${projectSecret} as secret, ${projects.unitId} as unit_id, null::text as issuer, ${projects.stage} as state, ${projects.class} as type, ${NO_TAGS} as tags`,
  system: sql`'system'::text as kind, ${systems.id} as id, ${systems.code} as code, ${hidden(sql`${systems.secret}`, "涉密系统", systems)} as name,
    ${systems.secret} as secret, ${systems.unitId} as unit_id, null::text as issuer, ${systems.state} as state, ${systems.ownership} as type, ${systems.tags} as tags`,
  matter: sql`'matter'::text as kind, ${serviceMatters.id} as id, ${serviceMatters.code} as code, ${serviceMatters.name} as name,
    false as secret, ${serviceMatters.unitId} as unit_id, null::text as issuer, ${serviceMatters.state} as state, ${serviceMatters.type} as type, ${serviceMatters.tags} as tags`,
  material: sql`'material'::text as kind, ${materials.id} as id, ${materials.code} as code, ${materials.name} as name,
    false as secret, ${materials.issuerUnitId} as unit_id, ${materials.issuer} as issuer, null::text as state, ${materials.kind} as type, ${materials.tags} as tags`,
  resource: sql`'resource'::text as kind, ${resources.id} as id, ${resources.code} as code, ${resources.name} as name,
    false as secret, ${resources.unitId} as unit_id, null::text as issuer, ${resources.state} as state, ${resources.sharingType} as type, ${NO_TAGS} as tags`,
};

const WORDS: Readonly<
  Record<AssetKind, { state: Readonly<Record<string, string>>; type: Readonly<Record<string, string>> }>
> = {
  project: { state: PROJECT_STAGES, type: PROJECT_CLASSES },
  system: { state: SYSTEM_STATES, type: OWNERSHIPS },
  matter: { state: MATTER_STATES, type: MATTER_TYPES },
  material: { state: {}, type: MATERIAL_KINDS },
  resource: { state: RESOURCE_STATES, type: SHARING_TYPES },
};

function nodeOf({ kind, id, code, name, secret, unit_id, unit_name, state, type, tags }: NodeRow): AssetNode {
  return {
    key: keyOf({ kind, id }),
    kind,
    id,
    code: code ?? "",
    name,
    // What is secret says no more than that it is there and whose it is.
    secret,
    unitId: unit_id,
    unitName: unit_name ?? "",
    state: WORDS[kind].state[state ?? ""] ?? "",
    type: WORDS[kind].type[type ?? ""] ?? "",
    tags: secret ? [] : tags,
  };
}

const UNIT_NAME = sql.raw(
  "coalesce((select u.name from units u where u.id = n.unit_id), nullif(n.issuer, '')) as unit_name",
);

/** The nodes with these names that the sight allows, in the order they were asked for. */
export async function readNodes(
  db: DatabaseOrTransaction,
  sight: Sight,
  refs: readonly NodeRef[],
): Promise<AssetNode[]> {
  const ids = byKind(refs);
  const parts = KINDS.filter((kind) => ids[kind].length > 0).map(
    (kind) =>
      sql`select ${FACTS[kind]} from ${TABLES[kind]} where ${TABLES[kind].id} = any(${idArray(ids[kind])}) and ${sight[kind]}`,
  );
  if (parts.length === 0) return [];
  const rows = await db.execute<NodeRow & Record<string, unknown>>(
    sql`select n.*, ${UNIT_NAME} from (${sql.join(parts, sql` union all `)}) n`,
  );
  const found = new Map(rows.map((row) => [keyOf(row), nodeOf(row)]));
  return refs.flatMap((ref) => found.get(keyOf(ref)) ?? []);
}

/** The condition that a node is found by what somebody typed. What is secret is found by its number alone. */
function isNamed(kind: AssetKind, typed: string): SQL {
  const like = contains(typed);
  const byGrams = (table: typeof projects | typeof resources): SQL =>
    isFound(typed, {
      searchGrams: table.searchGrams,
      normalizedName: table.normalizedName,
      whole: sql`(${table.normalizedName} || ' ' || replace(coalesce(${table.code}, ''), '/', '') || ' ' || ${table.initials})`,
    }) ?? sql`false`;
  const byWords = (table: typeof systems | typeof serviceMatters | typeof materials): SQL =>
    sql`(${table.name} ilike ${like} or ${table.code} ilike ${like} or ${table.initials} ilike ${contains(foldName(typed))})`;
  switch (kind) {
    case "project":
      return sql`${byGrams(projects)} and (not ${projectSecret} or ${projects.code} ilike ${like})`;
    case "system":
      return sql`${byWords(systems)} and (not ${systems.secret} or ${systems.code} ilike ${like})`;
    case "matter":
      return byWords(serviceMatters);
    case "material":
      return byWords(materials);
    case "resource":
      return byGrams(resources);
  }
}

export interface ListedNodes {
  readonly rows: readonly AssetNode[];
  readonly total: number;
}

/**
 * One page of the nodes that the sight allows, by kind and number, with how many there are in all.
 * @param more a further condition on each kind's table; a kind without one is left out
 */
export async function listNodes(
  db: DatabaseOrTransaction,
  sight: Sight,
  {
    typed = "",
    more = {},
    limit,
    offset = 0,
  }: { typed?: string; more?: Partial<Record<AssetKind, SQL>>; limit: number; offset?: number },
): Promise<ListedNodes> {
  const only = Object.keys(more).length > 0;
  const folded = foldName(typed);
  const exactly = (kind: AssetKind): SQL =>
    typed ? sql`(${TABLES[kind].name} = ${typed} or ${TABLES[kind].code} = ${typed})` : sql`true`;
  const parts = KINDS.filter((kind) => !only || more[kind]).map(
    (
      kind,
    ) => sql`select ${FACTS[kind]}, ${KINDS.indexOf(kind)}::int as place, ${exactly(kind)} as exact from ${TABLES[kind]}
      where ${sight[kind]} and ${more[kind] ?? sql`true`} and ${folded ? isNamed(kind, typed) : typed ? sql`false` : sql`true`}`,
  );
  const rows = await db.execute<NodeRow & Record<string, unknown>>(sql`
    with listed as materialized (${sql.join(parts, sql` union all `)})
    select n.*, ${UNIT_NAME}, (select count(*)::int from listed) as total
    from (select * from listed order by exact desc, place, code nulls last, id limit ${limit} offset ${offset}) n
    order by n.exact desc, n.place, n.code nulls last, n.id`);
  // Beyond the last page no row tells the number; the list then says that it is empty.
  return { rows: rows.map(nodeOf), total: rows[0]?.total ?? 0 };
}
