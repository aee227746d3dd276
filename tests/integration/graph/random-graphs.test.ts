import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import {
  type AssetEdge,
  keyOf,
  KINDS,
  type NodeKey,
  type NodeRef,
  RELATION_NAMES,
  RELATIONS,
} from "~/modules/graph/graph.types";
import { readNeighbourhood } from "~/modules/graph/neighbourhood.queries.server";
import { findPath } from "~/modules/graph/path.queries.server";
import { readReached } from "~/modules/graph/reach.queries.server";
import { sightOf } from "~/modules/graph/sight.server";

import { plant, tie } from "./asset-city";

const db = testDatabase();

/** Random graphs: how many nodes of each kind, and which pairs are tied; the same ones in every run. */
const drawn = fc.sample(
  fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 5, maxLength: 5 }),
    ties: fc.array(fc.tuple(fc.nat(6), fc.nat(5), fc.nat(5)), { minLength: 4, maxLength: 45 }),
  }),
  { seed: 20260720, numRuns: 6 },
);

interface Known {
  readonly city: TestCity;
  readonly actor: Actor;
  readonly refs: readonly NodeRef[];
  readonly edges: readonly AssetEdge[];
}

async function grow({ sizes, ties }: (typeof drawn)[number]): Promise<Known> {
  const city = await makeCity(db);
  const nodes = new Map<string, NodeRef[]>();
  for (const [index, kind] of KINDS.entries()) {
    const planted: NodeRef[] = [];
    for (let n = 0; n < (sizes[index] ?? 1); n++) planted.push(await plant(city, kind, `${kind}${n}`));
    nodes.set(kind, planted);
  }
  const edges = new Map<string, AssetEdge>();
  for (const [r, f, t] of ties) {
    const relation = RELATION_NAMES[r] ?? "asks";
    const starts = nodes.get(RELATIONS[relation].from) ?? [];
    const ends = nodes.get(RELATIONS[relation].to) ?? [];
    const [from, to] = [starts[f % starts.length], ends[t % ends.length]];
    if (!from || !to) continue;
    await tie(db, city.regionId, relation, from, to);
    // A later builder or producer takes the place of the earlier; data of a system do not hang on a project.
    const only = ["built", "produces", "yields"].includes(relation);
    const slot = only ? `${relation} ${keyOf(to)}` : `${relation} ${keyOf(from)} ${keyOf(to)}`;
    edges.set(slot, { from: keyOf(from), to: keyOf(to), relation });
  }
  for (const key of [...edges.keys()].filter((slot) => slot.startsWith("produces ")))
    edges.delete(key.replace("produces", "yields"));
  return {
    city,
    actor: await city.as("bureauReviewer"),
    refs: [...nodes.values()].flat(),
    edges: [...edges.values()],
  };
}

/** Plain breadth-first search over the edges as they were tied. */
function distancesFrom(start: NodeKey, edges: readonly AssetEdge[]): Map<NodeKey, number> {
  const distances = new Map<NodeKey, number>([[start, 0]]);
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const { from, to } of edges) {
      const other = from === at ? to : to === at ? from : undefined;
      if (other === undefined || distances.has(other)) continue;
      distances.set(other, (distances.get(at) ?? 0) + 1);
      queue.push(other);
    }
  }
  return distances;
}

/** Who is hurt, told by hand: what goes down with a node, then who needs what is gone. */
function hurtBy(start: NodeKey, edges: readonly AssetEdge[]): Set<NodeKey> {
  const ends = (keys: Set<NodeKey>, names: readonly string[]) =>
    edges.filter((e) => keys.has(e.from) && names.includes(e.relation)).map((e) => e.to);
  const stopped = new Set([start]);
  for (let before = 0; before !== stopped.size;) {
    before = stopped.size;
    for (const key of ends(stopped, ["built", "maintained", "produces", "yields"])) stopped.add(key);
  }
  const hurt = new Set(stopped);
  for (let before = 0; before !== hurt.size;) {
    before = hurt.size;
    for (const e of edges)
      if (hurt.has(e.to) && ["built", "maintained", "handles", "asks", "proves"].includes(e.relation)) hurt.add(e.from);
  }
  // Matters whose system stopped; they hurt nobody further.
  for (const key of ends(stopped, ["handles"])) hurt.add(key);
  hurt.delete(start);
  return hurt;
}

function downstreamOf(start: NodeKey, edges: readonly AssetEdge[]): Set<NodeKey> {
  const found = new Set([start]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const { from, to } of edges) if (found.has(from)) found.add(to);
  }
  found.delete(start);
  return found;
}

const sorted = (keys: Iterable<string>): string[] => [...keys].sort();

describe.each(drawn.map((graph, index) => [index + 1, graph] as const))("random graph %i", (_index, graph) => {
  it("is read as a plain search reads it: neighbourhoods, edges, dependents, downstream, paths", async () => {
    const { actor, refs, edges } = await grow(graph);
    const whole = sightOf(actor);
    for (const ref of refs.filter((_ref, index) => index % 3 === 0)) {
      const distances = distancesFrom(keyOf(ref), edges);
      for (const depth of [1, 2, 4]) {
        const near = await readNeighbourhood(db, { whole }, ref, { depth });
        const within = [...distances].filter(([, distance]) => distance <= depth);
        expect(sorted(near?.nodes.map(({ key, distance }) => `${key} ${distance}`) ?? [])).toEqual(
          sorted(within.map(([key, distance]) => `${key} ${distance}`)),
        );
        const inside = new Set(within.map(([key]) => key));
        expect(sorted(near?.edges.map((e) => `${e.from} ${e.relation} ${e.to}`) ?? [])).toEqual(
          sorted(
            edges.filter((e) => inside.has(e.from) && inside.has(e.to)).map((e) => `${e.from} ${e.relation} ${e.to}`),
          ),
        );
        for (const node of near?.nodes ?? []) {
          const others = edges.flatMap((e) => (e.from === node.key ? [e.to] : e.to === node.key ? [e.from] : []));
          expect(node.hidden).toBe(new Set(others.filter((key) => !inside.has(key))).size);
        }
      }
      const dependents = await readReached(db, whole, ref, "dependents");
      expect(sorted(dependents.nodes.map(({ key }) => key))).toEqual(sorted(hurtBy(keyOf(ref), edges)));
      const downstream = await readReached(db, whole, ref, "downstream");
      expect(sorted(downstream.nodes.map(({ key }) => key))).toEqual(sorted(downstreamOf(keyOf(ref), edges)));
      for (const other of refs.filter((_ref, index) => index % 4 === 1)) {
        const path = await findPath(db, whole, ref, other);
        const distance = distances.get(keyOf(other));
        expect(path?.length).toBe(distance === undefined || distance > 8 ? undefined : distance + 1);
        path?.slice(1).forEach((node, index) => {
          const ends = [node.key, path[index]?.key];
          expect(edges.some((e) => e.relation === node.relation && ends.includes(e.from) && ends.includes(e.to))).toBe(
            true,
          );
        });
      }
    }
  });
});
