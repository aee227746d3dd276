import type { ElkExtendedEdge, ElkNode, ElkPoint } from "elkjs/lib/elk-api";

import { ASSET_KINDS } from "~/kernel/vocabulary";

import { type AssetEdge, type AssetNode, KINDS, type NodeKey } from "../graph.types";
import { labelLines } from "./label-lines";
import { hiddenIn, type PictureState } from "./picture-state";

/** The size of every node: three lines of text. @unit px */
export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 64;

/** A node where it stands; `x`, `y` are its middle. */
export interface PlacedNode {
  readonly node: AssetNode;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** An edge and the points that it runs through, its ends included. */
export interface PlacedEdge {
  readonly edge: AssetEdge;
  readonly points: readonly ElkPoint[];
}

export interface PlacedPicture {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Layers from left to right, a layer for each kind at least; edges at right angles around the nodes, bundled where they fork. */
const LAYOUT = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.partitioning.activate": "true",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.mergeEdges": "true",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
  "elk.layered.spacing.nodeNodeBetweenLayers": "72",
  "elk.layered.spacing.edgeNodeBetweenLayers": "20",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.spacing.nodeNode": "16",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.componentComponent": "32",
} as const;

/** Pictures beyond this many nodes are placed with less care for crossings: nobody follows each of their lines. */
const CAREFUL = 80;
const QUICKLY = {
  "elk.layered.thoroughness": "2",
  "elk.layered.crossingMinimization.greedySwitch.type": "OFF",
} as const;

/** What the layout engine is asked: every node in the column of its kind. */
export function layoutInput({ nodes, edges }: PictureState): ElkNode {
  return {
    id: "root",
    layoutOptions: nodes.size > CAREFUL ? { ...LAYOUT, ...QUICKLY } : LAYOUT,
    children: [...nodes.values()].map(({ key, kind }) => ({
      id: key,
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      layoutOptions: { "elk.partitioning.partition": String(KINDS.indexOf(kind)) },
    })),
    edges: edges.map(({ from, to }, index) => ({ id: String(index), sources: [from], targets: [to] })),
  };
}

/** A node at its middle, with what is written in it: its kind, how many neighbours are not shown, its name. */
export function placedNode(
  node: AssetNode,
  more: number,
  middle: { readonly x: number; readonly y: number },
): PlacedNode {
  const head = more > 0 ? `${ASSET_KINDS[node.kind]} · 另有${more}个相邻` : ASSET_KINDS[node.kind];
  return { node, lines: [head, ...labelLines(node.name)], ...middle };
}

/** The picture as the layout engine has placed it. */
export function placed(state: PictureState, laidOut: ElkNode): PlacedPicture {
  const hidden = hiddenIn(state);
  const nodes = (laidOut.children ?? []).flatMap(({ id, x = 0, y = 0 }) => {
    const node = state.nodes.get(id as NodeKey);
    if (!node) return [];
    return [placedNode(node, hidden.get(node.key) ?? 0, { x: x + NODE_WIDTH / 2, y: y + NODE_HEIGHT / 2 })];
  });
  const edges = (laidOut.edges ?? []).flatMap((each) => {
    const edge = state.edges[Number(each.id)];
    return edge ? [{ edge, points: pointsOf(each) }] : [];
  });
  return { nodes, edges };
}

function pointsOf({ sections = [] }: ElkExtendedEdge): ElkPoint[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
}

/** Bends as a drawing library wants them: how far along the line between the ends, and how far beside it. */
export function segmentsOf(points: readonly ElkPoint[]): { weights: number[]; distances: number[] } {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return { weights: [], distances: [] };
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const length = Math.hypot(dx, dy) || 1;
  const bends = points.slice(1, -1).map(({ x, y }) => ({ x: x - first.x, y: y - first.y }));
  return {
    weights: bends.map(({ x, y }) => (x * dx + y * dy) / (length * length)),
    distances: bends.map(({ x, y }) => (y * dx - x * dy) / length),
  };
}

/** Relations that are drawn broken, so that they are told apart without colour. */
export const isDashed = (edge: AssetEdge): boolean => ["maintained", "proves"].includes(edge.relation);
