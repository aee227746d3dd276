import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";

import {
  type AssetEdge,
  type AssetNode,
  byKind,
  keyOf,
  KINDS,
  type NodeKey,
  type NodeRef,
  RELATIONS,
  type Relation,
} from "./graph.types";
import { readNodes } from "./nodes.queries.server";
import { endOf, idArray, rowsFrom, rowsOfWay, startOf, WAYS } from "./relations.server";
import type { Sight } from "./sight.server";

/** The most nodes that one picture holds; beyond, neither the eye nor a browser can follow. */
export const MOST_NODES = 200;

/** A node of a neighbourhood: how many steps from its centre, and how many of its neighbours are not shown. */
export interface NearNode extends AssetNode {
  readonly distance: number;
  readonly hidden: number;
}

export interface Neighbourhood {
  readonly nodes: readonly NearNode[];
  readonly edges: readonly AssetEdge[];
  /** nodes of the last level reached that had no room any more; beyond them nothing was looked for */
  readonly cut: number;
}

/**
 * What lies within some steps of a node, along edges in either direction: one statement for each step, so that the nearest
 * are always there and cycles end where they meet. Within a step the kinds take turns, so that a hub's hundred matters leave
 * room for its project. A filter narrows what is walked over, never the centre; what it hides is counted as not shown.
 * Undefined when the whole sight does not allow the centre.
 * @param also nodes to be shown wherever they are, such as a path
 */
export async function readNeighbourhood(
  db: DatabaseOrTransaction,
  { whole, walked = whole }: { whole: Sight; walked?: Sight },
  centre: NodeRef,
  { depth, most = MOST_NODES, also = [] }: { depth: number; most?: number; also?: readonly NodeRef[] },
): Promise<Neighbourhood | undefined> {
  const distances = new Map<NodeKey, number>([[keyOf(centre), 0]]);
  const refs: NodeRef[] = [centre];
  let frontier: readonly NodeRef[] = [centre];
  let cut = 0;
  for (let distance = 1; distance <= depth && frontier.length > 0 && cut === 0; distance++) {
    const level = await readLevel(db, walked, frontier, refs, most - refs.length);
    for (const ref of level.refs) distances.set(keyOf(ref), distance);
    refs.push(...level.refs);
    frontier = level.refs;
    cut = level.total - level.refs.length;
  }
  for (const ref of also) {
    if (distances.has(keyOf(ref))) continue;
    distances.set(keyOf(ref), depth + 1);
    refs.push(ref);
  }
  const [nodes, { edges, hidden }] = await Promise.all([readNodes(db, whole, refs), readEdges(db, whole, refs)]);
  if (nodes[0]?.key !== keyOf(centre)) return undefined;
  return {
    nodes: nodes.map((node) => ({
      ...node,
      distance: distances.get(node.key) ?? 0,
      hidden: hidden.get(node.key) ?? 0,
    })),
    edges,
    cut,
  };
}

/** The neighbours of a level that no earlier level has, as many as there is room for, and how many there were. */
async function readLevel(
  db: DatabaseOrTransaction,
  sight: Sight,
  frontier: readonly NodeRef[],
  seen: readonly NodeRef[],
  room: number,
): Promise<{ refs: NodeRef[]; total: number }> {
  const rows = rowsFrom(frontier, sight);
  if (!rows) return { refs: [], total: 0 };
  const known = byKind(seen);
  const unseen = sql.join(
    Object.entries(known)
      .filter(([, ids]) => ids.length > 0)
      .map(([kind, ids]) => sql`not (kind = ${kind} and id = any(${idArray(ids)}))`),
    sql` and `,
  );
  const found = await db.execute<{ kind: NodeRef["kind"]; id: string; total: number }>(sql`
    with fresh as (select kind, id, min(code) as code from (${rows}) w where ${unseen} group by kind, id),
    turns as (select *, row_number() over (partition by kind order by code nulls last, id) as turn from fresh)
    select kind, id, (select count(*)::int from fresh) as total
    from turns order by turn, array_position(array['project', 'system', 'matter', 'material', 'resource'], kind) limit ${Math.max(room, 1)}`);
  return { refs: found.slice(0, room).map(({ kind, id }) => ({ kind, id })), total: found[0]?.total ?? 0 };
}

const NO_ROWS = sql.raw(
  "select null::text as near_kind, null::uuid as near_id, null::text as kind, null::uuid as id, null::text as code, null::text as relation where false",
);

/** The edges between some nodes, and how many neighbours of each are not among them. */
export async function readEdges(
  db: DatabaseOrTransaction,
  sight: Sight,
  refs: readonly NodeRef[],
): Promise<{ edges: AssetEdge[]; hidden: ReadonlyMap<NodeKey, number> }> {
  const ids = byKind(refs);
  // Grouped over all ways at once: who is tied twice to a node is one neighbour.
  const outer = sql`select w.near_kind, w.near_id, w.kind, null::uuid as id, null::text as relation, count(distinct w.id)::int as n
    from (${rowsFrom(refs, sight) ?? NO_ROWS}) w
    where not (${sql.join(
      KINDS.map((kind) => sql`(w.kind = ${kind} and w.id = any(${idArray(ids[kind])}))`),
      sql` or `,
    )}) group by 1, 2, 3`;
  const inner = WAYS.filter(
    (way) => way.direction === "down" && ids[startOf(way)].length > 0 && ids[endOf(way)].length > 0,
  ).map(
    (way) => sql`select distinct w.near_kind, w.near_id, w.kind, w.id, w.relation, 0 as n
      from (${rowsOfWay(way, sight, sql`= any(${idArray(ids[startOf(way)])})`)}) w where w.id = any(${idArray(ids[endOf(way)])})`,
  );
  const found = await db.execute<{
    near_kind: NodeRef["kind"];
    near_id: string;
    kind: NodeRef["kind"];
    id: string | null;
    relation: Relation | null;
    n: number;
  }>(sql.join([...inner, outer], sql` union all `));
  const hidden = new Map<NodeKey, number>();
  const edges: AssetEdge[] = [];
  for (const { near_kind, near_id, kind, id, relation, n } of found) {
    const near = keyOf({ kind: near_kind, id: near_id });
    if (id && relation) edges.push({ from: near, to: keyOf({ kind, id }), relation });
    else hidden.set(near, (hidden.get(near) ?? 0) + n);
  }
  return { edges: edges.sort(byEnds), hidden };
}

const ORDER = Object.keys(RELATIONS);
const byEnds = (a: AssetEdge, b: AssetEdge): number =>
  ORDER.indexOf(a.relation) - ORDER.indexOf(b.relation) || a.from.localeCompare(b.from) || a.to.localeCompare(b.to);
