import cytoscape, { type Core, type EdgeSingular, type NodeSingular } from "cytoscape";
import ELK from "elkjs/lib/elk-api.js";
import workerAddress from "elkjs/lib/elk-worker.min.js?url";

import type { AssetKind } from "~/kernel/vocabulary";

import type { NodeKey } from "../graph.types";
import { isDashed, layoutInput, NODE_HEIGHT, NODE_WIDTH, placed, segmentsOf, type PlacedPicture } from "./layout";
import { LOOKS } from "./look";
import type { PictureState } from "./picture-state";
import { sketched } from "./sketch";
import { toSvg } from "./svg";

/** Below this scale names can no longer be read: the picture then opens at its centre instead of whole. */
const READABLE = 0.55;
const LARGEST = 1.15;
const FIT_MARGIN = 24;

const SHAPES: Readonly<Record<AssetKind, { shape: string; radius: number }>> = {
  project: { shape: "rectangle", radius: 0 },
  system: { shape: "round-rectangle", radius: 8 },
  matter: { shape: "round-rectangle", radius: 29 },
  material: { shape: "cut-rectangle", radius: 12 },
  resource: { shape: "barrel", radius: 0 },
};

export interface DrawingEvents {
  readonly onSelect: (key: NodeKey | null) => void;
  readonly onOpen: (key: NodeKey) => void;
  /** a first picture stands; the layout engine is still at work on a better one */
  readonly onSketch: () => void;
}

/** A picture on the page. */
export interface Drawing {
  /** lays a state out and draws it; `keep` stays where it is on the screen */
  readonly show: (state: PictureState, centre: NodeKey, keep?: NodeKey) => Promise<void>;
  readonly select: (key: NodeKey | null) => void;
  /** makes all else pale; null ends it */
  readonly highlight: (keys: ReadonlySet<string> | null) => void;
  readonly hideKinds: (kinds: ReadonlySet<AssetKind>) => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly png: () => Promise<Blob>;
  readonly svg: (title: string) => string;
  readonly end: () => void;
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws into an element; the layout is worked out beside the page, in a worker. */
export function drawGraph(container: HTMLElement, events: DrawingEvents): Drawing {
  const elk = new ELK({ workerUrl: workerAddress });
  const cy = cytoscape({
    container,
    style: style() as unknown as cytoscape.StylesheetStyle[],
    minZoom: 0.1,
    maxZoom: 2.5,
    autoungrabify: true,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  let shown: PlacedPicture = { nodes: [], edges: [] };
  let middle: NodeKey | undefined;
  // A window that changes its size would leave the picture half outside.
  cy.on("resize", () => {
    if (middle) openAt(cy, middle);
  });
  cy.on("tap", (event) => {
    const target = event.target as Core | NodeSingular | EdgeSingular;
    events.onSelect(target !== cy && "isNode" in target && target.isNode() ? (target.id() as NodeKey) : null);
  });
  cy.on("dbltap", "node", (event) => events.onOpen((event.target as NodeSingular).id() as NodeKey));
  return {
    show: async (state, centre, keep) => {
      middle = centre;
      const laidOut = elk.layout(layoutInput(state));
      let sketch: Viewport | undefined;
      if (shown.nodes.length === 0) {
        shown = sketched(state);
        put(cy, shown, centre);
        openAt(cy, centre);
        sketch = viewportOf(cy);
        events.onSketch();
      }
      const better = placed(state, await laidOut);
      if (cy.destroyed()) return;
      shown = better;
      // Who has moved in the sketch keeps what he looks at.
      if (sketch && !isSame(sketch, viewportOf(cy))) keep = centre;
      const before = keep ? cy.getElementById(keep).renderedPosition() : undefined;
      put(cy, shown, centre);
      const kept = keep ? cy.getElementById(keep) : undefined;
      if (kept?.nonempty() && before) {
        const after = kept.renderedPosition();
        cy.panBy({ x: before.x - after.x, y: before.y - after.y });
      } else openAt(cy, centre);
    },
    select: (key) => {
      cy.$(":selected").unselect();
      if (key) cy.getElementById(key).select();
    },
    highlight: (keys) => {
      cy.elements().removeClass("pale");
      if (!keys) return;
      const chosen = cy.nodes().filter((node) => keys.has(node.id()));
      cy.elements()
        .difference(chosen.union(chosen.edgesWith(chosen)))
        .addClass("pale");
    },
    hideKinds: (kinds) => {
      cy.nodes().forEach((node) => {
        node.style("display", kinds.has(node.data("kind") as AssetKind) ? "none" : "element");
      });
    },
    fit: () => cy.fit(undefined, FIT_MARGIN),
    zoom: (factor) =>
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    png: () =>
      cy.png({
        full: true,
        scale: 2,
        bg: colour("--surface"),
        maxWidth: 8_000,
        maxHeight: 8_000,
        output: "blob-promise",
      }),
    svg: (title) => toSvg(shown, title, colour),
    end: () => {
      cy.destroy();
      elk.terminateWorker();
    },
  };
}

interface Viewport {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

const viewportOf = (cy: Core): Viewport => ({ zoom: cy.zoom(), ...cy.pan() });
const isSame = (a: Viewport, b: Viewport): boolean => a.zoom === b.zoom && a.x === b.x && a.y === b.y;

/** The whole picture where it can be read, otherwise its centre. */
function openAt(cy: Core, centre: NodeKey): void {
  cy.fit(undefined, FIT_MARGIN);
  if (cy.zoom() > LARGEST) cy.zoom(LARGEST);
  if (cy.zoom() < READABLE) {
    cy.zoom(READABLE + 0.15);
    cy.center(cy.getElementById(centre));
  } else cy.center();
}

/** Takes what is gone out and puts the rest where the layout says. */
function put(cy: Core, { nodes, edges }: PlacedPicture, centre: NodeKey): void {
  cy.batch(() => {
    cy.elements().remove();
    cy.add(
      nodes.map(({ node, lines, x, y }) => ({
        group: "nodes" as const,
        data: { id: node.key, kind: node.kind, label: lines.join("\n") },
        position: { x, y },
        classes: node.key === centre ? "centre" : "",
      })),
    );
    const middles = new Map(nodes.map(({ node, x, y }) => [node.key, { x, y }]));
    cy.add(
      edges.map(({ edge, points }, index) => {
        const { weights, distances } = segmentsOf(points);
        const endpoint = (key: NodeKey, point = middles.get(key)): string => {
          const middle = middles.get(key);
          return middle && point ? `${point.x - middle.x}px ${point.y - middle.y}px` : "outside-to-node";
        };
        return {
          group: "edges" as const,
          data: {
            id: `edge ${index}`,
            source: edge.from,
            target: edge.to,
            leaves: endpoint(edge.from, points[0]),
            enters: endpoint(edge.to, points.at(-1)),
            ...(weights.length > 0 ? { weights: weights.join(" "), distances: distances.join(" ") } : {}),
          },
          classes: isDashed(edge) ? "dashed" : "",
        };
      }),
    );
  });
}

function style() {
  return [
    {
      selector: "node",
      style: {
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        label: "data(label)",
        "text-wrap": "wrap",
        "text-max-width": `${NODE_WIDTH}px`,
        "text-valign": "center",
        "text-halign": "center",
        "font-size": 12.5,
        "line-height": 1.3,
        "font-family": getComputedStyle(document.body).fontFamily,
        "border-width": 1.4,
      },
    },
    ...Object.entries(LOOKS).map(([kind, look]) => ({
      selector: `node[kind="${kind}"]`,
      style: {
        shape: SHAPES[kind as AssetKind].shape,
        ...(SHAPES[kind as AssetKind].radius > 0 ? { "corner-radius": SHAPES[kind as AssetKind].radius } : {}),
        "background-color": colour(look.fill),
        "border-color": colour(look.edge),
        color: colour(look.text),
      },
    })),
    { selector: "node.centre", style: { "border-width": 3.5, "font-weight": "bold" } },
    {
      selector: "edge",
      style: {
        width: 1.2,
        "line-color": colour("--line-control"),
        "target-arrow-color": colour("--line-control"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "straight",
        "source-endpoint": "data(leaves)",
        "target-endpoint": "data(enters)",
      },
    },
    {
      selector: "edge[weights]",
      style: {
        "curve-style": "round-segments",
        "edge-distances": "endpoints",
        "segment-weights": "data(weights)",
        "segment-distances": "data(distances)",
        "segment-radii": 6,
      },
    },
    { selector: "edge.dashed", style: { "line-style": "dashed" } },
    { selector: ".pale", style: { opacity: 0.18 } },
    {
      selector: "node:selected",
      style: { "outline-width": 3, "outline-color": colour("--focus"), "outline-offset": 3 },
    },
  ];
}
