import { sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";

import { type AssetNode, keyOf, type NodeKey, type NodeRef, type Relation } from "./graph.types";
import { readNodes } from "./nodes.queries.server";
import { meetingPoint, pathThrough, type Arrival, type PathStep } from "./path.rules";
import { rowsFrom } from "./relations.server";
import type { Sight } from "./sight.server";

/** What lies further apart has nothing to do with each other. @unit edges */
export const LONGEST_PATH = 8;

interface Side {
  readonly arrivals: Map<NodeKey, Arrival>;
  frontier: readonly NodeRef[];
}

const sideFrom = (ref: NodeRef): Side => ({
  arrivals: new Map([[keyOf(ref), { ref, from: null, relation: null }]]),
  frontier: [ref],
});

/**
 * A shortest path between two nodes, edges taken in either direction, over nothing that the sight does not allow; undefined
 * when none has at most eight edges. Both ends search towards each other, the side with fewer nodes first, one statement
 * for each level.
 */
export async function findPath(
  db: DatabaseOrTransaction,
  sight: Sight,
  from: NodeRef,
  to: NodeRef,
): Promise<(AssetNode & { relation: Relation | null })[] | undefined> {
  const steps = await findSteps(db, sight, from, to);
  if (!steps) return undefined;
  const nodes = await readNodes(
    db,
    sight,
    steps.map(({ ref }) => ref),
  );
  if (nodes.length !== steps.length) return undefined;
  return nodes.map((node, index) => ({ ...node, relation: steps[index]?.relation ?? null }));
}

async function findSteps(
  db: DatabaseOrTransaction,
  sight: Sight,
  from: NodeRef,
  to: NodeRef,
): Promise<PathStep[] | undefined> {
  if (keyOf(from) === keyOf(to)) return [{ ref: from, relation: null }];
  const near = sideFrom(from);
  const far = sideFrom(to);
  for (let length = 1; length <= LONGEST_PATH; length++) {
    const side = near.frontier.length <= far.frontier.length ? near : far;
    await advance(db, sight, side);
    const meeting = meetingPoint(near.arrivals, far.arrivals, side.frontier);
    if (meeting) return pathThrough(meeting, near.arrivals, far.arrivals);
    if (side.frontier.length === 0) return undefined;
  }
  return undefined;
}

/** Takes one side a level further: each node that is new to it, with the first of the nodes that lead to it. */
async function advance(db: DatabaseOrTransaction, sight: Sight, side: Side): Promise<void> {
  const rows = rowsFrom(side.frontier, sight);
  const found = rows
    ? await db.execute<{
        kind: NodeRef["kind"];
        id: string;
        near_kind: NodeRef["kind"];
        near_id: string;
        relation: Relation;
      }>(sql`
        select distinct on (kind, id) kind, id, near_kind, near_id, relation from (${rows}) w
        order by kind, id, near_id, relation`)
    : [];
  const fresh: NodeRef[] = [];
  for (const { kind, id, near_kind, near_id, relation } of found) {
    const ref = { kind, id };
    if (side.arrivals.has(keyOf(ref))) continue;
    side.arrivals.set(keyOf(ref), { ref, from: keyOf({ kind: near_kind, id: near_id }), relation });
    fresh.push(ref);
  }
  side.frontier = fresh;
}
