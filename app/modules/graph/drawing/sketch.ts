import { KINDS, type NodeKey } from "../graph.types";
import { NODE_HEIGHT, NODE_WIDTH, type PlacedEdge, type PlacedNode, type PlacedPicture, placedNode } from "./layout";
import { hiddenIn, type PictureState } from "./picture-state";

/** @unit px */
const COLUMN_GAP = 96;
const ROW_GAP = 16;
const SWEEPS = 2;

/**
 * The picture placed at once, before the layout engine has done better: a column for each kind that occurs, in it the nodes
 * by the height of what they hang on, straight lines. The same picture gives the same places.
 */
export function sketched(state: PictureState): PlacedPicture {
  const columns = KINDS.map((kind) => [...state.nodes.values()].filter((node) => node.kind === kind)).filter(
    (column) => column.length > 0,
  );
  const neighbours = new Map<NodeKey, NodeKey[]>([...state.nodes.keys()].map((key) => [key, []]));
  for (const { from, to } of state.edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const heights = new Map<NodeKey, number>();
  const stack = () => {
    for (const column of columns) {
      column.forEach(({ key }, row) => heights.set(key, (row - (column.length - 1) / 2) * (NODE_HEIGHT + ROW_GAP)));
    }
  };
  stack();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of columns) {
      const wanted = new Map(column.map(({ key }) => [key, meanHeight(neighbours.get(key) ?? [], heights)]));
      column.sort((a, b) => (wanted.get(a.key) ?? 0) - (wanted.get(b.key) ?? 0));
      stack();
    }
  }

  const hidden = hiddenIn(state);
  const nodes = columns.flatMap((column, at) =>
    column.map((node): PlacedNode =>
      placedNode(node, hidden.get(node.key) ?? 0, { x: at * (NODE_WIDTH + COLUMN_GAP), y: heights.get(node.key) ?? 0 }),
    ),
  );
  const middles = new Map(nodes.map((placed) => [placed.node.key, placed]));
  const edges = state.edges.flatMap((edge): PlacedEdge[] => {
    const [from, to] = [middles.get(edge.from), middles.get(edge.to)];
    if (!from || !to) return [];
    const side = Math.sign(to.x - from.x) * (NODE_WIDTH / 2);
    return [
      {
        edge,
        points: [
          { x: from.x + side, y: from.y },
          { x: to.x - side, y: to.y },
        ],
      },
    ];
  });
  return { nodes, edges };
}

const meanHeight = (keys: readonly NodeKey[], heights: ReadonlyMap<NodeKey, number>): number =>
  keys.length === 0 ? 0 : keys.reduce((sum, key) => sum + (heights.get(key) ?? 0), 0) / keys.length;
