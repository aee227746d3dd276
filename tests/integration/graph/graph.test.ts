import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { exportGraph } from "~/modules/graph/export-graph.server";
import { keyOf, type NodeRef } from "~/modules/graph/graph.types";
import { NO_FILTER, readGraphQuery } from "~/modules/graph/graph-query";
import { offerNodes, readListPage, readNodePage, readOverviewPage } from "~/modules/graph/graph-page.server";
import { readNeighbourhood } from "~/modules/graph/neighbourhood.queries.server";
import { findPath } from "~/modules/graph/path.queries.server";
import { readReached } from "~/modules/graph/reach.queries.server";
import { sightOf } from "~/modules/graph/sight.server";
import { DomainError } from "~/kernel/result";

import { plant, tie } from "./asset-city";

const db = testDatabase();
let city: TestCity;
let bureau: Actor;
let filer: Actor;
const node: Record<string, NodeRef> = {};
const the = (name: string): NodeRef => {
  const ref = node[name];
  if (!ref) throw new Error(`no ${name}`);
  return ref;
};
const ask = (text: string) => readGraphQuery(new URLSearchParams(text));

/** Own project – own system – matter – material – data; the other unit's secret system handles the same matter. */
beforeAll(async () => {
  city = await makeCity(db);
  [bureau, filer] = await Promise.all([city.as("bureauReviewer"), city.as("filer")]);
  const other = { unitId: city.otherUnitId };
  node.project = await plant(city, "project", "不动产登记平台项目");
  node.system = await plant(city, "system", "不动产登记系统", { tags: ["便民"] });
  node.matter = await plant(city, "matter", "不动产转移登记", { unitId: city.otherUnitId });
  node.material = await plant(city, "material", "身份证明");
  node.resource = await plant(city, "resource", "人口基本信息", other);
  node.draft = await plant(city, "resource", "人口草稿信息", { ...other, state: "draft" });
  node.secret = await plant(city, "system", "密级水文系统", { ...other, secret: true });
  node.otherProject = await plant(city, "project", "水文监测项目", other);
  node.far = await plant(city, "resource", "水文监测数据", other);
  node.elsewhere = await plant(city, "matter", "邻县事项", { regionId: city.otherRegionId });
  const ties = [
    ["built", "project", "system"],
    ["maintained", "project", "system"],
    ["handles", "system", "matter"],
    ["handles", "secret", "matter"],
    ["asks", "matter", "material"],
    ["proves", "material", "resource"],
    ["proves", "material", "draft"],
    ["built", "otherProject", "secret"],
    ["produces", "secret", "far"],
  ] as const;
  for (const [relation, from, to] of ties) await tie(db, city.regionId, relation, the(from), the(to));
});

const keysNear = async (actor: Actor, from: string, depth: number) =>
  (await readNeighbourhood(db, { whole: sightOf(actor) }, the(from), { depth }))?.nodes.map(({ key }) => key) ?? [];

describe("who sees what", () => {
  it("the bureau sees the whole chain; what is not published is nobody's", async () => {
    const keys = await keysNear(bureau, "matter", 4);
    for (const name of ["project", "system", "matter", "material", "resource", "secret", "otherProject", "far"])
      expect(keys, name).toContain(keyOf(the(name)));
    expect(keys).not.toContain(keyOf(the("draft")));
  });

  it("a department sees its own projects and systems, and what is public: other units' are absent everywhere", async () => {
    const keys = await keysNear(filer, "matter", 4);
    expect(keys).toEqual(
      expect.arrayContaining(["project", "system", "material", "resource"].map((n) => keyOf(the(n)))),
    );
    expect(keys).not.toContain(keyOf(the("secret")));
    expect(keys).not.toContain(keyOf(the("otherProject")));
    const ctx = city.ctx(filer);
    const csv = Buffer.from(await bytesOf(filer, `node=${keyOf(the("matter"))}&depth=4`, "edges")).toString("utf8");
    expect(csv).toContain("不动产登记系统");
    expect(csv).not.toMatch(/水文监测项目|涉密/);
    const { overview } = await readOverviewPage(ctx, ask(""));
    expect(overview.kinds).toMatchObject({ project: 1, system: 1 });
    expect(await offerNodes(ctx, "水文监测项目")).toEqual([]);
  });

  it("a path does not lead through what one does not see", async () => {
    const over = await findPath(db, sightOf(bureau), the("resource"), the("far"));
    expect(over?.map(({ kind }) => kind)).toEqual(["resource", "material", "matter", "system", "resource"]);
    expect(over?.map(({ relation }) => relation)).toEqual([null, "proves", "asks", "handles", "produces"]);
    expect(await findPath(db, sightOf(filer), the("resource"), the("far"))).toBeUndefined();
    expect(await findPath(db, sightOf(filer), the("resource"), the("secret"))).toBeUndefined();
  });

  it("another unit's node and another region's are not there: 404", async () => {
    for (const name of ["secret", "otherProject", "draft", "elsewhere"]) {
      const query = { ...ask(""), node: the(name) };
      await expect(readNodePage(city.ctx(filer), query), name).rejects.toBeInstanceOf(DomainError);
      await expect(bytesOf(filer, `node=${keyOf(the(name))}`, "nodes"), name).rejects.toMatchObject({
        kind: "notFound",
      });
    }
    const query = { ...ask(`to=${keyOf(the("secret"))}`), node: the("matter") };
    await expect(readNodePage(city.ctx(filer), query)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("what is secret has its number for a name and is found by its number alone", async () => {
    const ctx = city.ctx(bureau);
    const { node: secret } = await readNodePage(ctx, { ...ask(""), node: the("secret") });
    expect(secret.name).toBe(`涉密系统（${secret.code}）`);
    expect(await offerNodes(ctx, "密级水文")).toEqual([]);
    expect((await offerNodes(ctx, secret.code)).map(({ key }) => key)).toContain(secret.key);
    expect(Buffer.from(await bytesOf(bureau, "kinds=system", "nodes")).toString("utf8")).not.toContain("密级水文");
  });
});

async function bytesOf(actor: Actor, query: string, part: "nodes" | "edges"): Promise<Uint8Array> {
  const file = await exportGraph(city.ctx(actor), ask(query), part);
  return "bytes" in file ? file.bytes : new Uint8Array();
}

describe("dependents", () => {
  const of = async (name: string, actor = bureau) =>
    (await readReached(db, sightOf(actor), the(name), "dependents")).nodes.map(({ key }) => key).sort();
  const keys = (...names: string[]) => names.map((n) => keyOf(the(n))).sort();

  it.each([
    [
      "data: material, matter, both systems, both projects",
      "resource",
      ["material", "matter", "system", "secret", "project", "otherProject"],
    ],
    ["a system: its matters and its project, no other system", "system", ["matter", "project"]],
    ["a system that produces data nobody uses", "secret", ["matter", "otherProject", "far"]],
    ["a project: what it built and what that serves", "project", ["system", "matter"]],
    [
      "a matter: where it is handled, and the projects behind",
      "matter",
      ["system", "secret", "project", "otherProject"],
    ],
  ])("%s", async (_title, from, expected) => {
    expect(await of(from)).toEqual(keys(...expected));
  });

  it("a department counts only what it sees", async () => {
    expect(await of("resource", filer)).toEqual(keys("material", "matter", "system", "project"));
  });
});

describe("lists and filters", () => {
  it("each gap opens to as many rows as it counts", async () => {
    const ctx = city.ctx(bureau);
    const { overview } = await readOverviewPage(ctx, ask(""));
    for (const [gap, count] of Object.entries(overview.gaps))
      expect((await readListPage(ctx, ask(`gap=${gap}`))).total, gap).toBe(count);
    for (const [kind, count] of Object.entries(overview.kinds))
      expect((await readListPage(ctx, ask(`kinds=${kind}`))).total, kind).toBe(count);
  });

  it("two relations between the same nodes are two edges and one neighbour", async () => {
    const near = await readNeighbourhood(db, { whole: sightOf(bureau) }, the("system"), { depth: 1 });
    expect(near?.edges.map(({ relation }) => relation).sort()).toEqual(["built", "handles", "maintained"]);
    expect(near?.nodes).toHaveLength(3);
  });

  it("a filter narrows what is walked over and never the centre; what it hides is counted", async () => {
    const walked = sightOf(bureau, { ...NO_FILTER, kinds: ["project"] });
    const near = await readNeighbourhood(db, { whole: sightOf(bureau), walked }, the("system"), { depth: 3 });
    expect(near?.nodes.map(({ key }) => key)).toEqual([keyOf(the("system")), keyOf(the("project"))]);
    expect(near?.nodes[0]?.hidden).toBe(1);
  });

  it("a tag speaks of the kinds that have tags", async () => {
    const { rows } = await readListPage(city.ctx(bureau), ask("tag=便民"));
    expect(rows.map(({ key }) => key)).toContain(keyOf(the("system")));
    expect(rows.filter(({ kind }) => ["system", "matter", "material"].includes(kind))).toHaveLength(1);
  });

  it("finds by name, number and part of the name, exact first, and treats wildcards as letters", async () => {
    const ctx = city.ctx(bureau);
    expect((await offerNodes(ctx, "不动产登记系统"))[0]?.key).toBe(keyOf(the("system")));
    expect((await offerNodes(ctx, "身份证明"))[0]?.key).toBe(keyOf(the("material")));
    expect(await offerNodes(ctx, "%")).toEqual([]);
    expect(await offerNodes(ctx, "_")).toEqual([]);
  });
});

describe("the cap", () => {
  it("keeps the nearest, lets the kinds take turns, and says how many had no room", async () => {
    const hub = await plant(city, "system", "统一受理平台");
    await tie(db, city.regionId, "built", the("project"), hub);
    for (let n = 0; n < 12; n++) {
      const matter = await plant(city, "matter", `受理事项${n}`);
      await tie(db, city.regionId, "handles", hub, matter);
    }
    const near = await readNeighbourhood(db, { whole: sightOf(bureau) }, hub, { depth: 3, most: 6 });
    expect(near?.nodes).toHaveLength(6);
    expect(near?.nodes.map(({ key }) => key)).toContain(keyOf(the("project")));
    expect(near?.cut).toBe(13 - 5);
    expect(near?.nodes.every(({ distance }) => distance <= 1)).toBe(true);
    expect(near?.nodes[0]?.hidden).toBe(8);
  });
});

describe("csv", () => {
  it("is UTF-8 with a byte order mark; a name that could run as a formula is guarded", async () => {
    const odd = await plant(city, "matter", '=HYPERLINK("http://x")');
    const csv = Buffer.from(await bytesOf(bureau, `node=${keyOf(odd)}`, "nodes")).toString("utf8");
    expect(csv.startsWith('\uFEFF"类型","编号"')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});
