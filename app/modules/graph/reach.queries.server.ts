import { sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { type AssetKind } from "~/kernel/vocabulary";

import { type AssetNode, KINDS, type NodeRef, type Relation } from "./graph.types";
import { readNodes } from "./nodes.queries.server";
import { type Direction, endOf, rowsOfWay, startOf } from "./relations.server";
import type { Sight } from "./sight.server";

/** Who is hurt when a node stops (谁依赖它), or what it leads to down to the data (它的下游). */
export type Reaching = "dependents" | "downstream";

/**
 * How far a stop has spread. `stopped`: goes down with the node, as a project's systems and their data do. `lacking`: no
 * longer gets what it needs. `unserved`: a matter whose system stopped; it hurts no other system that handles it as well.
 */
const PHASES = { stopped: 0, lacking: 1, unserved: 2 } as const;
type Phase = keyof typeof PHASES;

interface Step {
  readonly relation: Relation;
  readonly direction: Direction;
  readonly after: readonly Phase[];
  readonly then: Phase;
}

const stops = (relation: Relation): Step => ({ relation, direction: "down", after: ["stopped"], then: "stopped" });
const lacks = (relation: Relation): Step => ({
  relation,
  direction: "up",
  after: ["stopped", "lacking"],
  then: "lacking",
});
const leads = (relation: Relation): Step => ({ relation, direction: "down", after: ["stopped"], then: "stopped" });

const STEPS: Readonly<Record<Reaching, readonly Step[]>> = {
  dependents: [
    stops("built"),
    stops("maintained"),
    stops("produces"),
    stops("yields"),
    { relation: "handles", direction: "down", after: ["stopped"], then: "unserved" },
    lacks("proves"),
    lacks("asks"),
    lacks("handles"),
    lacks("built"),
    lacks("maintained"),
  ],
  downstream: [
    leads("built"),
    leads("maintained"),
    leads("handles"),
    leads("asks"),
    leads("proves"),
    leads("produces"),
    leads("yields"),
  ],
};

function rowsOfStep({ relation, direction, after, then }: Step, sight: Sight): SQL {
  const way = { relation, direction };
  const phases = sql.raw(after.map((phase) => PHASES[phase]).join(", "));
  return sql`select w.kind, w.id, ${PHASES[then]}::int as phase from (${rowsOfWay(way, sight, sql`= reach.id`)}) w
    where reach.kind = ${startOf(way)} and reach.phase in (${phases})`;
}

/** All that is reached from a node, itself left out, as a common table `reached(kind, id)`. Each pair comes once: cycles end. */
function reachedFrom(sight: Sight, from: NodeRef, reaching: Reaching): SQL {
  const steps = STEPS[reaching].filter((step) => KINDS.includes(endOf(step))).map((step) => rowsOfStep(step, sight));
  return sql`
    with recursive reach(kind, id, phase) as (
      select ${from.kind}::text, ${from.id}::uuid, 0
      union
      select n.kind, n.id, n.phase from reach cross join lateral (${sql.join(steps, sql` union all `)}) n
    ), reached as materialized (
      select distinct kind, id from reach where not (kind = ${from.kind} and id = ${from.id}::uuid)
    )`;
}

export interface Reached {
  readonly counts: Readonly<Record<AssetKind, number>>;
  /** the first of each kind */
  readonly nodes: readonly AssetNode[];
}

/** The nodes of each kind that a list shows before it says how many more there are. */
export const MOST_REACHED = 30;

/** Whom or what a node reaches: how many of each kind, and the first of them by number. */
export async function readReached(
  db: DatabaseOrTransaction,
  sight: Sight,
  from: NodeRef,
  reaching: Reaching,
  most = MOST_REACHED,
): Promise<Reached> {
  const rows = await db.execute<{ kind: AssetKind; id: string; total: number }>(sql`
    ${reachedFrom(sight, from, reaching)}
    select kind, id, total from (
      select kind, id, row_number() over (partition by kind order by id) as turn, (count(*) over (partition by kind))::int as total
      from reached) t
    where turn <= ${most} order by array_position(array['project', 'system', 'matter', 'material', 'resource'], kind), turn`);
  const counts: Record<AssetKind, number> = { project: 0, system: 0, matter: 0, material: 0, resource: 0 };
  for (const { kind, total } of rows) counts[kind] = total;
  return { counts, nodes: await readNodes(db, sight, rows) };
}
