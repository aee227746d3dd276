import { describe, expect, it } from "vitest";

import { keyOf, type NodeKey, type NodeRef, readKey, type Relation } from "./graph.types";
import { readGraphQuery } from "./graph-query";
import { edgesCsv, nodesCsv } from "./graph-csv.server";
import { type Arrival, meetingPoint, pathThrough } from "./path.rules";

const ID = "01a2043f-eee4-706d-a223-fdefe41ac71c";
const ref = (kind: NodeRef["kind"], id: string): NodeRef => ({ kind, id });
const arrivals = (...list: [NodeRef, NodeRef | null, Relation | null][]): Map<NodeKey, Arrival> =>
  new Map(list.map(([at, from, relation]) => [keyOf(at), { ref: at, from: from && keyOf(from), relation }]));
const [a, b, c, d] = [ref("project", "a"), ref("system", "b"), ref("matter", "c"), ref("material", "d")];

describe("paths", () => {
  it("joins two sides where they met; each relation belongs to the later node", () => {
    const near = arrivals([a, null, null], [b, a, "built"]);
    const far = arrivals([d, null, null], [c, d, "asks"], [b, c, "handles"]);
    expect(pathThrough(keyOf(b), near, far)).toEqual([
      { ref: a, relation: null },
      { ref: b, relation: "built" },
      { ref: c, relation: "handles" },
      { ref: d, relation: "asks" },
    ]);
  });

  it("ends although arrivals go round in a circle", () => {
    const near = arrivals([a, b, "built"], [b, a, "built"]);
    expect(pathThrough(keyOf(a), near, arrivals([a, null, null]))).toHaveLength(2);
  });

  it.each([
    ["nothing in common", [b], arrivals([d, null, null]), undefined],
    ["the nearer of two", [b, a], arrivals([b, d, "asks"], [d, null, null], [a, b, "built"]), keyOf(b)],
  ])("meets at %s", (_title, fresh, far, expected) => {
    const near = arrivals([c, null, null], [b, c, "handles"], [a, b, "built"]);
    expect(meetingPoint(near, far, fresh)).toBe(expected);
  });
});

describe("what an address asks", () => {
  it.each([
    ["a node", `system:${ID}`, { kind: "system", id: ID }],
    ["an unknown kind", `unit:${ID}`, undefined],
    ["no id", "system:", undefined],
    ["no uuid", "system:1' or 1=1", undefined],
    ["more than a node", `system:${ID}:x`, undefined],
    ["nothing", "", undefined],
  ])("key: %s", (_title, text, expected) => {
    expect(readKey(text)).toEqual(expected);
  });

  it.each([
    ["nothing", "", { depth: 2, listed: false, page: 1 }],
    ["too deep", "depth=9", { depth: 2 }],
    ["four steps", "depth=4", { depth: 4 }],
    ["words", "q=%20水务%20", { q: "水务", listed: true }],
    ["a gap", "gap=mattersWithoutSystem", { gap: "mattersWithoutSystem", listed: true }],
    ["an unknown gap", "gap=x", { gap: undefined, listed: false }],
    ["an impossible page", "page=-1", { page: 1 }],
  ])("%s", (_title, text, expected) => {
    expect(readGraphQuery(new URLSearchParams(text))).toMatchObject(expected);
  });

  it("takes kinds one by one or together and ignores others", () => {
    const kinds = (text: string) => readGraphQuery(new URLSearchParams(text)).filter.kinds;
    expect(kinds("kinds=matter&kinds=project")).toEqual(["project", "matter"]);
    expect(kinds("kinds=resource,unit,system")).toEqual(["system", "resource"]);
  });
});

describe("csv", () => {
  const node = {
    ...ref("system", "1"),
    key: "system:1" as const,
    code: "XT-1",
    name: '=1+"2"',
    secret: false,
    unitId: null,
    unitName: "-局",
    state: "在用",
    type: "自建",
    tags: ["甲", "乙"],
  };

  it("guards what could run as a formula and doubles quotation marks", () => {
    expect(nodesCsv([node]).split("\r\n")[1]).toBe(`"系统","XT-1","'=1+""2""","'-局","在用","自建","甲、乙"`);
  });

  it("names both ends of an edge", () => {
    const other = { ...node, ...ref("matter", "2"), key: "matter:2" as const, code: "SX-2", name: "登记" };
    const text = edgesCsv({ nodes: [node, other], edges: [{ from: "system:1", to: "matter:2", relation: "handles" }] });
    expect(text.split("\r\n")[1]).toBe(`"系统","XT-1","'=1+""2""","办理","事项","SX-2","登记"`);
  });
});
