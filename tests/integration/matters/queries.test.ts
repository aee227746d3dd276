import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  materialProofs,
  materials,
  matterMaterials,
  matterSystems,
  resources,
  serviceMatters,
  systems,
  units,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { ask, makeMaterial, makeMatter, makeProvingResource, prove } from "@tests/support/factories/matters";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { keysOf, MATERIAL_KINDS, MATTER_STATES, MATTER_TYPES } from "~/kernel/vocabulary";
import {
  likelyMaterials,
  listMaterials,
  MATERIALS_PAGE,
  provingResources,
  readMaterial,
  readMaterialQuery,
} from "~/modules/matters/materials.queries.server";
import {
  listMatters,
  MATTERS_PAGE,
  readMatter,
  readMatterQuery,
  sumMatters,
  systemChoices,
} from "~/modules/matters/matters.queries.server";
import { replaceability, REPLACEABILITIES } from "~/modules/matters/replaceability.rules";
import { countStandings, proofsByProvider, reliefByUnit } from "~/modules/matters/replaceable.queries.server";
import { scopeFor, type Scope } from "~/policy";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let scope: Scope;
let raw: Awaited<ReturnType<typeof readRaw>>;

/** One by one in turn, so that every kind meets every other. */
const turn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

const SHARING = ["unconditional", "conditional", "none"] as const;
const MATTERS = 60;
const MATERIALS = 56;

/** A region of matters, materials and data in which every filter has hits and misses. */
async function populate(of: TestCity) {
  const { regionId } = of;
  const unitIds = [of.unitId, of.otherUnitId, of.bureauUnitId];
  const at = (index: number) => ({ db, regionId, unitId: turn(unitIds, index) });
  const systemIds = await Promise.all(
    [0, 1, 2].map((index) => makeSystem(at(index), `系统${index}`, 0, "2026-05-01", { secret: index === 2 })),
  );
  const resourceIds: string[] = [];
  for (let index = 0; index < 12; index++)
    resourceIds.push(
      await makeProvingResource(at(index), `数据${index}`, {
        sharingType: turn(SHARING, index),
        state: index % 5 === 4 ? "suspended" : "published",
        ...(index % 5 === 3 && { testSharedOn: null }),
        ...(index % 7 === 2 && { interfaceAttachedOn: null }),
      }),
    );
  const materialIds: string[] = [];
  for (let index = 0; index < MATERIALS; index++) {
    const id = await makeMaterial({ db, regionId }, `材料${index}`, {
      code: `CL-${String(index).padStart(4, "0")}`,
      initials: `cl${index}`,
      kind: turn(keysOf(MATERIAL_KINDS), index),
      issuer: turn(["市公安局", "市民政局", ""], index),
    });
    materialIds.push(id);
    for (let each = 0; each < index % 4; each++)
      await prove(at(0), { materialId: id, resourceId: turn(resourceIds, index * 5 + each), itemName: "" });
  }
  for (let index = 0; index < MATTERS; index++) {
    const matterId = await makeMatter(at(index), `事项${index}`, {
      code: `SX-${String(index).padStart(4, "0")}`,
      initials: `sx${index}`,
      type: turn(keysOf(MATTER_TYPES), index),
      state: turn(keysOf(MATTER_STATES), Math.floor(index / 3) + (index % 4 === 0 ? 0 : 1)),
      online: index % 2 === 0,
      yearlyCases: index % 2 === 1 ? null : 100_000_000 - index,
    });
    if (index % 3 !== 1)
      await db.insert(matterSystems).values({ matterId, regionId, systemId: turn(systemIds, index) });
    for (let each = 0; each < index % 5; each++)
      await ask(at(0), {
        matterId,
        materialId: turn(materialIds, index + each * 9),
        required: (index + each) % 4 !== 0,
      });
  }
}

async function readRaw(regionId: string) {
  return {
    matters: (await db.select().from(serviceMatters).where(eq(serviceMatters.regionId, regionId))).sort(byCode),
    materials: (await db.select().from(materials).where(eq(materials.regionId, regionId))).sort(byCode),
    asked: await db.select().from(matterMaterials).where(eq(matterMaterials.regionId, regionId)),
    handled: await db.select().from(matterSystems).where(eq(matterSystems.regionId, regionId)),
    proofs: await db.select().from(materialProofs).where(eq(materialProofs.regionId, regionId)),
    resources: await db.select().from(resources).where(eq(resources.regionId, regionId)),
    systems: await db.select().from(systems).where(eq(systems.regionId, regionId)),
    units: await db.select().from(units).where(eq(units.regionId, regionId)),
  };
}
const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1);

beforeAll(async () => {
  city = await makeCity(db);
  // The same elsewhere: nothing of it may be seen, and no condition may reach over.
  await populate(await makeCity(db));
  await populate(city);
  filer = await city.as("filer");
  scope = scopeFor(filer, "matter:read");
  raw = await readRaw(city.regionId);
});

type Matter = (typeof raw.matters)[number];
type Material = (typeof raw.materials)[number];
const connected = (resource: (typeof raw.resources)[number]) =>
  resource.interfaceAttachedOn !== null && resource.testSharedOn !== null;
const provers = (materialId: string) =>
  raw.proofs
    .filter((proof) => proof.materialId === materialId)
    .flatMap(({ resourceId }) => raw.resources.filter(({ id }) => id === resourceId));
/** The standing of a material by the pure rule, from raw rows. */
const standing = (materialId: string) =>
  replaceability(provers(materialId).map((resource) => ({ ...resource, connected: connected(resource) })));
const relievedOf = (matter: Matter) =>
  raw.asked.filter(
    (each) => each.matterId === matter.id && each.required && standing(each.materialId) === "replaceable",
  ).length;
const askersOf = (material: Material) =>
  raw.asked
    .filter((each) => each.materialId === material.id)
    .flatMap((each) =>
      raw.matters
        .filter(({ id, state }) => id === each.matterId && state === "inForce")
        .map((matter) => ({ ...matter, required: each.required })),
    );
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const isHandled = (matter: Matter) => raw.handled.some(({ matterId }) => matterId === matter.id);

const MATTER_FILTERS: readonly (readonly [string, (matter: Matter) => boolean])[] = [
  ["", () => true],
  ["q=事项1", ({ name }) => name.includes("事项1")],
  ["q=SX-002", ({ code }) => code.includes("SX-002")],
  ["q=SX3", ({ initials }) => initials.includes("sx3")],
  ["q=%25", () => false],
  ["unit=水利", ({ unitId }) => unitId === city.otherUnitId],
  ...keysOf(MATTER_TYPES).map((type) => [`type=${type}`, (matter: Matter) => matter.type === type] as const),
  ...keysOf(MATTER_STATES).map((state) => [`state=${state}`, (matter: Matter) => matter.state === state] as const),
  ["online=yes", ({ online }) => online],
  ["online=no", ({ online }) => !online],
  ["system=yes", isHandled],
  ["system=no", (matter) => !isHandled(matter)],
  ["relieved=yes", (matter) => matter.state === "inForce" && relievedOf(matter) > 0],
  ["online=yes&system=no&state=inForce", (matter) => matter.online && !isHandled(matter) && matter.state === "inForce"],
  ["type=unknown&state=1&system=x", () => true],
];

describe("the list of matters", () => {
  it.each(MATTER_FILTERS)("?%s finds what the raw rows say, and sums it", async (asked, wanted) => {
    const query = readMatterQuery(new URLSearchParams(asked));
    const [list, sums] = await Promise.all([listMatters(db, scope, query), sumMatters(db, scope, query)]);
    const expected = raw.matters.filter(wanted);
    expect(list.total).toBe(expected.length);
    expect(list.rows.map(({ code }) => code)).toEqual(expected.slice(0, MATTERS_PAGE).map(({ code }) => code));
    expect(sums).toEqual({
      total: expected.length,
      online: expected.filter(({ online }) => online).length,
      withoutSystem: expected.filter((matter) => !isHandled(matter)).length,
    });
  });

  it("tells of each row its own systems, materials and relief; a secret system by number only", async () => {
    const { rows } = await listMatters(db, scope, readMatterQuery(new URLSearchParams()));
    expect(rows.some(({ systems: names }) => names.some((name) => name.startsWith("涉密系统（")))).toBe(true);
    for (const row of rows) {
      const matter = raw.matters.find(({ id }) => id === row.id) ?? expect.fail("unknown");
      const names = raw.handled
        .filter(({ matterId }) => matterId === row.id)
        .flatMap(({ systemId }) => raw.systems.filter(({ id }) => id === systemId))
        .map(({ secret, code, name }) => (secret ? `涉密系统（${code}）` : name));
      expect(row).toMatchObject({
        systems: names,
        papers: raw.asked.filter(({ matterId }) => matterId === row.id).length,
        relieved: relievedOf(matter),
      });
    }
  });

  it("has pages, and tells how many there are beyond the last", async () => {
    const page = (number: number) =>
      listMatters(db, scope, readMatterQuery(new URLSearchParams({ page: `${number}` })));
    expect((await page(2)).rows.map(({ code }) => code)).toEqual(
      raw.matters.slice(MATTERS_PAGE).map(({ code }) => code),
    );
    expect(await page(3)).toEqual({ rows: [], total: MATTERS });
  });

  it("by the id of a unit", async () => {
    const list = await listMatters(db, scope, readMatterQuery(new URLSearchParams({ unit: city.unitId })));
    expect(list.rows.map(({ code }) => code)).toEqual(
      raw.matters.filter(({ unitId }) => unitId === city.unitId).map(({ code }) => code),
    );
  });
});

const MATERIAL_FILTERS: readonly (readonly [string, (material: Material) => boolean])[] = [
  ["", () => true],
  ["q=材料2", ({ name }) => name.includes("材料2")],
  ["q=CL-001", ({ code }) => code.includes("CL-001")],
  ["q=CL4", ({ initials }) => initials.includes("cl4")],
  ["q=民政", ({ issuer }) => issuer.includes("民政")],
  ...keysOf(MATERIAL_KINDS).map((kind) => [`kind=${kind}`, (each: Material) => each.kind === kind] as const),
  ...keysOf(REPLACEABILITIES).map((key) => [`standing=${key}`, ({ id }: Material) => standing(id) === key] as const),
  ["unit=UNIT", (material) => askersOf(material).some(({ unitId }) => unitId === city.unitId)],
  [
    "provider=UNIT",
    ({ id }) => provers(id).some(({ unitId, state }) => unitId === city.unitId && state === "published"),
  ],
  ["unit=no-id&provider=1&kind=2", () => true],
];

describe("the list of materials", () => {
  it.each(MATERIAL_FILTERS)("?%s finds what the raw rows say", async (asked, wanted) => {
    const query = readMaterialQuery(new URLSearchParams(asked.replace("UNIT", city.unitId)));
    const list = await listMaterials(db, scope, query);
    const expected = raw.materials.filter(wanted);
    expect(expected.length).toBeGreaterThan(0);
    expect(list.total).toBe(expected.length);
    expect(list.rows.map(({ code }) => code)).toEqual(expected.slice(0, MATERIALS_PAGE).map(({ code }) => code));
    for (const row of list.rows) {
      const material = raw.materials.find(({ id }) => id === row.id) ?? expect.fail("unknown");
      const askers = askersOf(material);
      expect(row).toMatchObject({
        standing: standing(row.id),
        matters: askers.length,
        yearly: sum(askers.map(({ required, yearlyCases }) => (required ? (yearlyCases ?? 0) : 0))),
      });
      expect([...row.proofs].sort()).toEqual([...new Set(provers(row.id).map(({ name }) => name))].sort());
    }
  });
});

describe("what data replace", () => {
  it("stands as the rule says of each material; the figures are the sums of the raw rows", async () => {
    const [counts, relief] = await Promise.all([countStandings(db, scope), reliefByUnit(db, scope)]);
    for (const key of keysOf(REPLACEABILITIES)) {
      expect(counts[key]).toBe(raw.materials.filter(({ id }) => standing(id) === key).length);
      expect(counts[key]).toBeGreaterThan(0);
    }
    const inForce = raw.matters.filter(({ state }) => state === "inForce");
    const figures = (matters: readonly Matter[]) => ({
      matters: matters.length,
      relieved: matters.filter((matter) => relievedOf(matter) > 0).length,
      papers: sum(matters.map(relievedOf)),
      yearly: sum(matters.map((matter) => relievedOf(matter) * (matter.yearlyCases ?? 0))),
      uncounted: matters.filter((matter) => relievedOf(matter) > 0 && matter.yearlyCases === null).length,
    });
    expect(relief.total).toEqual(figures(inForce));
    expect(relief.total.uncounted).toBeGreaterThan(0);
    expect(relief.rows).toHaveLength(3);
    for (const { unitId, unitName, ...row } of relief.rows) {
      expect(row).toEqual(figures(inForce.filter((matter) => matter.unitId === unitId)));
      expect(unitName).toBe(raw.units.find(({ id }) => id === unitId)?.name);
    }
  });

  it("is told of each provider by its own data alone, and opens to as many materials", async () => {
    const rows = await proofsByProvider(db, scope);
    expect(rows).toHaveLength(3);
    for (const { unitId, ...row } of rows) {
      const proven = raw.materials.flatMap(({ id }) => {
        const own = provers(id).filter((each) => each.unitId === unitId && each.state === "published");
        return own.length > 0 ? [own] : [];
      });
      const having = (wanted: (resource: (typeof raw.resources)[number]) => boolean) =>
        proven.filter((own) => own.some(wanted)).length;
      expect(row).toMatchObject({
        materials: proven.length,
        replaceable: having((each) => each.sharingType === "unconditional" && connected(each)),
        conditional: having((each) => each.sharingType === "conditional" && connected(each)),
        unconnected: having((each) => each.sharingType !== "none" && !connected(each)),
        notShared: having((each) => each.sharingType === "none"),
      });
      const opened = await listMaterials(db, scope, readMaterialQuery(new URLSearchParams({ provider: unitId })));
      expect(opened.total).toBe(row.materials);
    }
  });
});

describe("one matter, one material", () => {
  it("is read with what belongs to it, in the region of the reader only", async () => {
    const matter = raw.matters.find((each) => relievedOf(each) > 0 && isHandled(each)) ?? expect.fail("none");
    const read = await readMatter(db, filer, matter.id);
    const asked = raw.asked.filter(({ matterId }) => matterId === matter.id);
    expect(read.papers.map(({ id }) => id).sort()).toEqual(asked.map(({ materialId }) => materialId).sort());
    for (const paper of read.papers) expect(paper.standing).toBe(standing(paper.id));
    expect(read.systems.map(({ id }) => id)).toEqual(
      raw.handled.filter(({ matterId }) => matterId === matter.id).map(({ systemId }) => systemId),
    );
    const elsewhere = await (await makeCity(db)).as("filer");
    await expect(readMatter(db, elsewhere, matter.id)).rejects.toMatchObject({ kind: "notFound" });
    const [materialId = ""] = read.papers.map(({ id }) => id);
    await expect(readMaterial(db, elsewhere, materialId)).rejects.toMatchObject({ kind: "notFound" });
    const one = await readMaterial(db, filer, materialId);
    expect(one.standing).toBe(standing(materialId));
    expect(one.proofs).toHaveLength(provers(materialId).length);
    expect(one.matters.map(({ id }) => id).sort()).toEqual(
      raw.asked
        .filter((each) => each.materialId === materialId)
        .map(({ matterId }) => matterId)
        .sort(),
    );
  });

  it("is edited by the bureau and by units whose matters not abolished ask for it", async () => {
    const bureau = await city.as("bureauReviewer");
    for (const material of raw.materials.slice(0, 12)) {
      const asks = raw.asked.some(
        (each) =>
          each.materialId === material.id &&
          raw.matters.some(
            ({ id, unitId, state }) => id === each.matterId && unitId === city.unitId && state !== "abolished",
          ),
      );
      expect((await readMaterial(db, filer, material.id)).mayEdit).toBe(asks);
      expect((await readMaterial(db, bureau, material.id)).mayEdit).toBe(true);
    }
  });

  it("offers the systems that may be linked and are not yet", async () => {
    const matter = raw.matters.find(({ unitId }) => unitId === city.unitId) ?? expect.fail("none");
    const linked = raw.handled.filter(({ matterId }) => matterId === matter.id).map(({ systemId }) => systemId);
    const open = (actor: Actor) => systemChoices({ db, actor }, matter);
    const offered = (unitIds: readonly string[]) =>
      raw.systems
        .filter(({ id, unitId, secret }) => unitIds.includes(unitId) && !secret && !linked.includes(id))
        .map(({ id }) => id)
        .sort();
    expect((await open(filer)).map(({ value }) => value).sort()).toEqual(offered([city.unitId, city.bureauUnitId]));
    expect((await open(await city.as("bureauReviewer"))).map(({ value }) => value).sort()).toEqual(
      offered([city.unitId, city.otherUnitId, city.bureauUnitId]),
    );
  });

  it("finds materials of a like name and published resources by words, of the region only", async () => {
    const like = await likelyMaterials(db, city.regionId, "材料 12");
    expect(like[0]).toMatchObject({ name: "材料12", code: "CL-0012" });
    expect(like.every(({ id }) => raw.materials.some((material) => material.id === id))).toBe(true);
    expect(await provingResources(db, city.regionId, " ")).toEqual([]);
    const found = await provingResources(db, city.regionId, "数据1");
    expect(found.map(({ name }) => name).sort()).toEqual(["数据1", "数据10", "数据11"]);
    expect(await provingResources(db, city.regionId, "数据4")).toEqual([]);
  });
});
