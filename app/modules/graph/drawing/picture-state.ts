import { type AssetEdge, type AssetNode, type NodeKey } from "../graph.types";

/** A node as the server sends it: with how many of its neighbours are not in the same answer. */
export type SentNode = AssetNode & { readonly hidden: number };

export interface SentGraph {
  readonly nodes: readonly SentNode[];
  readonly edges: readonly AssetEdge[];
}

/** What the picture holds: how many neighbours each node has in all, and which nodes each opened node has brought in. */
export interface PictureState {
  readonly nodes: ReadonlyMap<NodeKey, AssetNode>;
  readonly edges: readonly AssetEdge[];
  readonly degrees: ReadonlyMap<NodeKey, number>;
  readonly brought: ReadonlyMap<NodeKey, readonly NodeKey[]>;
}

const idOf = ({ from, to, relation }: AssetEdge): string => `${from} ${relation} ${to}`;

/** The neighbours of each node over some edges; two relations between two nodes are one neighbour. */
function neighboursOf(edges: readonly AssetEdge[]): Map<NodeKey, Set<NodeKey>> {
  const neighbours = new Map<NodeKey, Set<NodeKey>>();
  const add = (of: NodeKey, other: NodeKey) => neighbours.set(of, (neighbours.get(of) ?? new Set()).add(other));
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
}

const degreesIn = ({ nodes, edges }: SentGraph): Map<NodeKey, number> => {
  const neighbours = neighboursOf(edges);
  return new Map(nodes.map(({ key, hidden }) => [key, hidden + (neighbours.get(key)?.size ?? 0)]));
};

/** The picture as the server sent it. */
export function pictureOf(sent: SentGraph): PictureState {
  return {
    nodes: new Map(sent.nodes.map((node) => [node.key, node])),
    edges: sent.edges,
    degrees: degreesIn(sent),
    brought: new Map(),
  };
}

/** Opens a node: what the server sent of its neighbourhood is added to the picture. */
export function opened(state: PictureState, key: NodeKey, sent: SentGraph): PictureState {
  const fresh = sent.nodes.filter((node) => !state.nodes.has(node.key));
  const edges = new Map([...state.edges, ...sent.edges].map((edge) => [idOf(edge), edge]));
  return {
    nodes: new Map([...state.nodes, ...fresh.map((node) => [node.key, node] as const)]),
    edges: [...edges.values()],
    degrees: new Map([...state.degrees, ...degreesIn(sent)]),
    brought: new Map(state.brought).set(
      key,
      fresh.map((node) => node.key),
    ),
  };
}

/** Closes an opened node: what it brought goes, and what that brought in turn. */
export function closed(state: PictureState, key: NodeKey): PictureState {
  const gone = new Set<NodeKey>();
  const brought = new Map(state.brought);
  const close = (each: NodeKey): void => {
    const children = brought.get(each) ?? [];
    brought.delete(each);
    for (const child of children) {
      gone.add(child);
      close(child);
    }
  };
  close(key);
  return {
    nodes: new Map([...state.nodes].filter(([each]) => !gone.has(each))),
    edges: state.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
    degrees: state.degrees,
    brought,
  };
}

/** How many neighbours of each node the picture does not hold. */
export function hiddenIn(state: PictureState): ReadonlyMap<NodeKey, number> {
  const neighbours = neighboursOf(state.edges);
  const hidden = new Map<NodeKey, number>();
  for (const key of state.nodes.keys())
    hidden.set(key, Math.max(0, (state.degrees.get(key) ?? 0) - (neighbours.get(key)?.size ?? 0)));
  return hidden;
}
