import { describe, expect, it } from "vitest";

import type { AssetKind } from "~/kernel/vocabulary";

import { type AssetEdge, keyOf, type NodeKey, type Relation } from "../graph.types";
import { labelLines } from "./label-lines";
import { layoutInput, NODE_HEIGHT, NODE_WIDTH, placed, segmentsOf } from "./layout";
import { closed, hiddenIn, opened, pictureOf, type SentNode } from "./picture-state";
import { sketched } from "./sketch";
import { toSvg } from "./svg";

const node = (kind: AssetKind, id: string, hidden = 0, name = `${kind}${id}`): SentNode => ({
  kind,
  id,
  key: keyOf({ kind, id }),
  code: `C-${id}`,
  name,
  secret: false,
  unitId: null,
  unitName: "市自然资源局",
  state: "在用",
  type: "",
  tags: [],
  hidden,
});
const edge = (from: NodeKey, relation: Relation, to: NodeKey): AssetEdge => ({ from, relation, to });

const project = node("project", "1");
const system = node("system", "2", 2);
const matter = node("matter", "3");
const material = node("material", "4");
const built = edge(project.key, "built", system.key);
const maintained = edge(project.key, "maintained", system.key);
const handles = edge(system.key, "handles", matter.key);
const asks = edge(matter.key, "asks", material.key);
const first = pictureOf({ nodes: [project, system], edges: [built, maintained] });

describe("labelLines", () => {
  it.each([
    ["empty", "", []],
    ["short", "身份证明", ["身份证明"]],
    ["exactly one line", "一二三四五六七八九十甲乙", ["一二三四五六七八九十甲乙"]],
    ["one character more", "一二三四五六七八九十甲乙丙", ["一二三四五六七八九十甲乙", "丙"]],
    ["two full lines", "一二三四五六七八九十甲乙".repeat(2), ["一二三四五六七八九十甲乙", "一二三四五六七八九十甲乙"]],
    [
      "beyond two lines",
      "一二三四五六七八九十甲乙".repeat(2) + "丙",
      ["一二三四五六七八九十甲乙", "一二三四五六七八九十甲…"],
    ],
    ["latin letters are narrow", "XT-0001 abcdefghij", ["XT-0001 abcdefghij"]],
  ])("%s", (_title, name, lines) => {
    expect(labelLines(name)).toEqual(lines);
  });
});

describe("the state of a picture", () => {
  it("counts what is hidden by neighbours, not by edges", () => {
    expect([...hiddenIn(first)]).toEqual([
      [project.key, 0],
      [system.key, 2],
    ]);
  });

  it("opens a node: what is new comes in once, and what is hidden becomes less", () => {
    const sent = {
      nodes: [{ ...system, hidden: 0 }, project, { ...matter, hidden: 1 }],
      edges: [built, maintained, handles],
    };
    const state = opened(first, system.key, {
      ...sent,
      nodes: [{ ...system, hidden: 1 }, project, { ...matter, hidden: 1 }],
    });
    expect([...state.nodes.keys()]).toEqual([project.key, system.key, matter.key]);
    expect(state.edges).toHaveLength(3);
    expect(hiddenIn(state).get(system.key)).toBe(1);
    expect(hiddenIn(state).get(matter.key)).toBe(1);
    expect(state.brought.get(system.key)).toEqual([matter.key]);
  });

  it("closes a node with all that it and its children brought, and nothing else", () => {
    const one = opened(first, system.key, { nodes: [system, matter], edges: [handles] });
    const two = opened(one, matter.key, { nodes: [matter, material], edges: [asks] });
    expect(two.nodes.size).toBe(4);
    const back = closed(two, system.key);
    expect([...back.nodes.keys()]).toEqual([project.key, system.key]);
    expect(back.edges).toEqual([built, maintained]);
    expect(back.brought.size).toBe(0);
  });
});

describe("the layout", () => {
  it("asks for every node in the column of its kind and for every edge once", () => {
    const input = layoutInput(first);
    expect(input.children?.map((child) => child.layoutOptions?.["elk.partitioning.partition"])).toEqual(["0", "1"]);
    expect(input.edges).toEqual([
      { id: "0", sources: [project.key], targets: [system.key] },
      { id: "1", sources: [project.key], targets: [system.key] },
    ]);
  });

  it("puts nodes by their middle, says what is hidden, and takes the bends over", () => {
    const section = {
      id: "s",
      startPoint: { x: 176, y: 32 },
      bendPoints: [
        { x: 200, y: 32 },
        { x: 200, y: 80 },
      ],
      endPoint: { x: 240, y: 80 },
    };
    const picture = placed(first, {
      id: "root",
      children: [
        { id: project.key, x: 0, y: 0 },
        { id: system.key, x: 240, y: 48 },
      ],
      edges: [{ id: "0", sources: [project.key], targets: [system.key], sections: [section] }],
    });
    expect(picture.nodes.map(({ x, y, lines }) => [x, y, lines[0]])).toEqual([
      [NODE_WIDTH / 2, NODE_HEIGHT / 2, "项目"],
      [240 + NODE_WIDTH / 2, 48 + NODE_HEIGHT / 2, "系统 · 另有2个相邻"],
    ]);
    expect(picture.edges[0]?.points).toHaveLength(4);
  });

  it.each([
    ["no points", [], [], []],
    [
      "straight",
      [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
      ],
      [],
      [],
    ],
    [
      "one bend below a level line",
      [
        { x: 0, y: 0 },
        { x: 5, y: 3 },
        { x: 10, y: 0 },
      ],
      [0.5],
      [3],
    ],
    [
      "a bend at the start's height",
      [
        { x: 0, y: 0 },
        { x: 6, y: 0 },
        { x: 6, y: 8 },
      ],
      [0.36],
      [-4.8],
    ],
  ])("bends as weights and distances: %s", (_title, points, weights, distances) => {
    const found = segmentsOf(points);
    expect(found.weights.map((n) => Math.round(n * 100) / 100)).toEqual(weights);
    expect(found.distances.map((n) => Math.round(n * 100) / 100)).toEqual(distances);
  });
});

describe("the sketch", () => {
  const state = pictureOf({ nodes: [material, matter, system, project], edges: [built, handles, asks] });

  it("puts every node into the column of its kind, from project to material, none upon another", () => {
    const { nodes } = sketched(state);
    const byColumn = [...nodes].sort((a, b) => a.x - b.x).map(({ node: { kind } }) => kind);
    expect(byColumn).toEqual(["project", "system", "matter", "material"]);
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
  });

  it("stacks nodes of a kind by the height of what they hang on", () => {
    const systems = ["a", "b"].map((id) => node("system", id));
    const matters = ["1", "2"].map((id) => node("matter", id));
    const crossed = [
      edge(systems[0]!.key, "handles", matters[1]!.key),
      edge(systems[1]!.key, "handles", matters[0]!.key),
    ];
    const { nodes } = sketched(pictureOf({ nodes: [...systems, ...matters], edges: crossed }));
    const heightOf = (key: NodeKey) => nodes.find((placed) => placed.node.key === key)?.y ?? NaN;
    expect(heightOf(matters[1]!.key) - heightOf(matters[0]!.key)).toBe(
      heightOf(systems[0]!.key) - heightOf(systems[1]!.key),
    );
  });

  it("draws every edge from side to side, and gives the same picture again", () => {
    const { nodes, edges } = sketched(state);
    expect(edges).toHaveLength(3);
    const at = (key: NodeKey) => nodes.find((placed) => placed.node.key === key)!;
    expect(edges[0]?.points).toEqual([
      { x: at(project.key).x + NODE_WIDTH / 2, y: at(project.key).y },
      { x: at(system.key).x - NODE_WIDTH / 2, y: at(system.key).y },
    ]);
    expect(sketched(state)).toEqual({ nodes, edges });
  });

  it("is empty for nothing", () =>
    expect(sketched(pictureOf({ nodes: [], edges: [] }))).toEqual({ nodes: [], edges: [] }));
});

describe("toSvg", () => {
  it("is a document of its own: escaped words, shapes, broken lines, legend", () => {
    const odd = { ...matter, name: '<a href="x">&' };
    const svg = toSvg(
      {
        nodes: [
          { node: odd, lines: ["事项", odd.name], x: 100, y: 50 },
          { node: project, lines: ["项目", project.name], x: 400, y: 50 },
        ],
        edges: [
          {
            edge: handles,
            points: [
              { x: 0, y: 0 },
              { x: 10, y: 10 },
            ],
          },
          {
            edge: maintained,
            points: [
              { x: 0, y: 0 },
              { x: 10.123, y: 10 },
            ],
          },
        ],
      },
      "关系图",
      (name) => `(${name})`,
    );
    expect(svg).toContain("&lt;a href=&quot;x&quot;&gt;&amp;");
    expect(svg).not.toContain("<a href");
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(svg).toContain('d="M0,0L10.1,10"');
    for (const word of ["项目", "系统", "事项", "材料", "数据资源"]) expect(svg).toContain(`>${word}</text>`);
    expect(svg.startsWith("<svg xmlns=")).toBe(true);
  });
});
