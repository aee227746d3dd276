import { keyOf, type NodeKey, type NodeRef, type Relation } from "./graph.types";

/** How a search came to a node: from which node, over which relation; null where it began. */
export interface Arrival {
  readonly ref: NodeRef;
  readonly from: NodeKey | null;
  readonly relation: Relation | null;
}

/** What one side of a search has seen. */
export type Arrivals = ReadonlyMap<NodeKey, Arrival>;

/** A step of a path: the node, and the relation that led to it. */
export interface PathStep {
  readonly ref: NodeRef;
  readonly relation: Relation | null;
}

/** Follows the arrivals back from a node to where its side began. */
function backFrom(arrivals: Arrivals, key: NodeKey): Arrival[] {
  const chain: Arrival[] = [];
  const walked = new Set<NodeKey>();
  for (let at: NodeKey | null = key; at !== null && !walked.has(at);) {
    walked.add(at);
    const arrival: Arrival | undefined = arrivals.get(at);
    if (!arrival) break;
    chain.push(arrival);
    at = arrival.from;
  }
  return chain;
}

/** The path that two sides of a search make when they have met in a node. */
export function pathThrough(meeting: NodeKey, near: Arrivals, far: Arrivals): PathStep[] {
  const there = backFrom(near, meeting).reverse();
  const onwards = backFrom(far, meeting);
  const steps: PathStep[] = there.map(({ ref, relation }) => ({ ref, relation }));
  // On the far side each relation led the other way: it belongs to the node after it.
  onwards.slice(1).forEach(({ ref }, index) => steps.push({ ref, relation: onwards[index]?.relation ?? null }));
  return steps;
}

/** Of the nodes where both sides have been, the one on the shortest path; of equals the first by name. */
export function meetingPoint(near: Arrivals, far: Arrivals, fresh: readonly NodeRef[]): NodeKey | undefined {
  const lengthOf = (key: NodeKey) => backFrom(near, key).length + backFrom(far, key).length;
  return fresh
    .map(keyOf)
    .filter((key) => near.has(key) && far.has(key))
    .sort((a, b) => lengthOf(a) - lengthOf(b) || a.localeCompare(b))[0];
}
