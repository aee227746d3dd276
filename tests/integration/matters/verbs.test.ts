import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import {
  auditEntries,
  domainEvents,
  materialProofs,
  materials,
  matterMaterials,
  matterSystems,
  outbox,
  resourceItems,
  serviceMatters,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { ask, makeMaterial, makeMatter, makeProvingResource, prove } from "@tests/support/factories/matters";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { Result } from "~/kernel/result";
import { addMaterial } from "~/modules/matters/add-material.server";
import { addMatter } from "~/modules/matters/add-matter.server";
import { editMatter } from "~/modules/matters/edit-matter.server";
import { linkProof } from "~/modules/matters/link-proof.server";
import { linkSystem } from "~/modules/matters/link-system.server";
import { removeMaterial } from "~/modules/matters/remove-material.server";
import { setMatterState } from "~/modules/matters/set-matter-state.server";
import { unlinkProof } from "~/modules/matters/unlink-proof.server";
import { unlinkSystem } from "~/modules/matters/unlink-system.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let other: Actor;
let bureau: Actor;
/** a filer of another region */
let stranger: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  [filer, bureau] = [await city.as("filer"), await city.as("bureauReviewer")];
  other = await city.as("filer", city.otherUnitId);
  stranger = await (await makeCity(db)).as("filer");
});

const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const others = () => ({ ...owner(), unitId: city.otherUnitId });
const said = (result: Result<unknown, string>) => (result.ok ? "ok" : result.refusals.map(({ code }) => code).join());
const FACTS = {
  code: "",
  name: "不动产登记",
  type: "confirmation" as const,
  online: true,
  yearlyCases: 900,
  tags: "热点",
};
const newMatter = (more: Partial<typeof FACTS> = {}) => ({ ...FACTS, unitId: city.unitId, ...more });
const matterRow = async (id: string) =>
  (await db.select().from(serviceMatters).where(eq(serviceMatters.id, id)))[0] ?? expect.fail("no matter");
const materialRow = async (id: string) =>
  (await db.select().from(materials).where(eq(materials.id, id)))[0] ?? expect.fail("no material");

/** How often an event of a subject stands in events, audit trail and outbox. */
const traces = async (subjectId: string, type: string) => [
  await db.$count(domainEvents, and(eq(domainEvents.subjectId, subjectId), eq(domainEvents.type, type))),
  await db.$count(auditEntries, and(eq(auditEntries.objectId, subjectId), eq(auditEntries.result, type))),
  await db.$count(outbox, and(eq(outbox.subjectId, subjectId), eq(outbox.topic, type))),
];

describe("entering a matter", () => {
  it("gives the next code, and writes event, audit and outbox once", async () => {
    const { id } = accepted(await addMatter(city.ctx(filer), newMatter()));
    expect(await matterRow(id)).toMatchObject({
      code: "SX-0001",
      unitId: city.unitId,
      regionId: city.regionId,
      tags: ["热点"],
      yearlyCases: 900,
      state: "inForce",
      version: 1,
    });
    expect(await traces(id, "matterAdded")).toEqual([1, 1, 1]);
    const next = accepted(await addMatter(city.ctx(bureau), newMatter({ name: "用地预审" })));
    expect((await matterRow(next.id)).code).toBe("SX-0002");
  });

  it("takes a name once in a unit and a code once in a region, also at the same time", async () => {
    const both = await Promise.all([addMatter(city.ctx(filer), newMatter()), addMatter(city.ctx(filer), newMatter())]);
    expect(both.map(said).sort()).toEqual(["nameTaken", "ok"]);
    expect(said(await addMatter(city.ctx(filer), newMatter({ name: "不动产 登记" })))).toBe("nameTaken");
    const theirs = { ...newMatter({ code: "SX-0001" }), unitId: city.otherUnitId };
    expect(said(await addMatter(city.ctx(other), theirs))).toBe("codeTaken");
    expect(await db.$count(serviceMatters, eq(serviceMatters.regionId, city.regionId))).toBe(1);
  });

  it("is for the unit itself: another unit's is forbidden, another region's does not exist", async () => {
    await expect(addMatter(city.ctx(other), newMatter())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(addMatter(city.ctx(stranger), newMatter())).rejects.toMatchObject({ kind: "notFound" });
    await expect(addMatter(city.ctx(filer), { ...newMatter(), unitId: newId() })).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});

/** Every verb on a matter, on one that has system and material already; its event. */
const MATTER_VERBS: readonly [
  string,
  string,
  (
    ctx: Ctx,
    at: { id: string; version: number; linked: string; asked: string; system: string; material: string },
  ) => Promise<Result<unknown, string>>,
][] = [
  [
    "editMatter",
    "matterEdited",
    (ctx, { id, version }) => editMatter(ctx, id, { ...FACTS, name: "林权登记", version }),
  ],
  [
    "setMatterState",
    "matterSuspended",
    (ctx, ref) => setMatterState(ctx, { ...ref, event: "suspend", reason: "改革试点" }),
  ],
  ["linkSystem", "matterSystemLinked", (ctx, ref) => linkSystem(ctx, ref, ref.system)],
  ["unlinkSystem", "matterSystemUnlinked", (ctx, ref) => unlinkSystem(ctx, ref, ref.linked)],
  [
    "addMaterial",
    "matterMaterialAdded",
    (ctx, { id, version, material }) =>
      addMaterial(ctx, id, {
        intent: "addMaterial",
        version,
        choice: material,
        name: "",
        kind: "other",
        issuer: "",
        required: true,
      }),
  ],
  ["removeMaterial", "matterMaterialRemoved", (ctx, ref) => removeMaterial(ctx, ref, ref.asked)],
];

describe("what is done to a matter", () => {
  const prepared = async () => {
    const id = await makeMatter(owner(), "不动产登记");
    const [linked, system] = [await makeSystem(owner(), "登记系统", 0), await makeSystem(owner(), "档案系统", 0)];
    const [asked, material] = [await makeMaterial(owner(), "身份证"), await makeMaterial(owner(), "户口簿")];
    await db.insert(matterSystems).values({ matterId: id, systemId: linked, regionId: city.regionId });
    await ask(owner(), { matterId: id, materialId: asked });
    return { id, version: 1, linked, asked, system, material };
  };

  it.each(MATTER_VERBS)("%s is done once, on the version that was read, by who may", async (_name, event, verb) => {
    const at = await prepared();
    await expect(verb(city.ctx(stranger), at)).rejects.toMatchObject({ kind: "notFound" });
    await expect(verb(city.ctx(other), at)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(verb(city.ctx(filer), { ...at, version: 7 })).rejects.toMatchObject({ kind: "conflict" });
    expect((await matterRow(at.id)).version).toBe(1);
    const both = await Promise.allSettled([verb(city.ctx(filer), at), verb(city.ctx(filer), at)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    expect(await matterRow(at.id)).toMatchObject({ version: 2, updatedBy: filer.userId });
    expect(await traces(at.id, event)).toEqual([1, 1, 1]);
  });

  it.each(MATTER_VERBS.filter(([name]) => name !== "setMatterState"))(
    "%s is not done to an abolished matter",
    async (_name, _event, verb) => {
      const at = await prepared();
      await db.update(serviceMatters).set({ state: "abolished" }).where(eq(serviceMatters.id, at.id));
      expect(said(await verb(city.ctx(filer), at))).toBe("matterIsAbolished");
    },
  );

  it("an edit keeps the code when none is given, tells what changed, and refuses what is taken or nothing", async () => {
    const id = await makeMatter(owner(), "不动产登记", { code: "SX-0001" });
    await makeMatter(owner(), "用地预审", { code: "SX-0002" });
    await makeMatter(others(), "取水许可", { code: "SX-0003" });
    const edit = (more: Partial<typeof FACTS>, version = 1) =>
      editMatter(city.ctx(filer), id, { ...FACTS, ...more, version });
    expect(said(await edit({ name: "用地预审" }))).toBe("nameTaken");
    expect(said(await edit({ code: "SX-0003" }))).toBe("codeTaken");
    accepted(await edit({ name: "取水许可" }));
    expect(await matterRow(id)).toMatchObject({ code: "SX-0001", name: "取水许可", yearlyCases: 900, version: 2 });
    expect(said(await edit({ name: "取水许可" }, 2))).toBe("nothingChanged");
    const [event] = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, id));
    expect(event?.payload).toMatchObject({ changed: ["事项名称", "类型", "全程网办", "年办件量", "标签"] });
  });

  it("a state is changed with a reason and from where it may be", async () => {
    const id = await makeMatter(owner(), "不动产登记");
    const step = (event: "suspend" | "abolish" | "reinstate", version: number, reason = "机构改革") =>
      setMatterState(city.ctx(filer), { id, version, event, reason });
    expect(said(await step("suspend", 1, " "))).toBe("reasonGiven");
    expect(said(await step("reinstate", 1))).toBe("notInThisState");
    accepted(await step("abolish", 1));
    expect((await matterRow(id)).state).toBe("abolished");
    expect(said(await step("suspend", 2))).toBe("notInThisState");
    accepted(await step("reinstate", 2));
    expect(await matterRow(id)).toMatchObject({ state: "inForce", version: 3 });
  });

  it("a unit links its own systems and the bureau's, the bureau any; never secret or retired ones, none twice", async () => {
    const id = await makeMatter(owner(), "不动产登记");
    const bureauUnit = { ...owner(), unitId: city.bureauUnitId };
    const [foreign, platform] = [
      await makeSystem(others(), "水利系统", 0),
      await makeSystem(bureauUnit, "一网通办", 0),
    ];
    const secret = await makeSystem(owner(), "涉密系统", 0, "2026-05-01", { secret: true });
    const retired = await makeSystem(owner(), "旧系统", 0, "2026-05-01", {
      state: "retired",
      retiredOn: localDate("2026-01-01"),
    });
    const link = (actor: Actor, system: string, version: number) =>
      linkSystem(city.ctx(actor), { id, version }, system);
    expect(said(await link(filer, foreign, 1))).toBe("systemNotOpen");
    expect(said(await link(filer, secret, 1))).toBe("systemIsSecret");
    expect(said(await link(filer, retired, 1))).toBe("systemIsRetired");
    accepted(await link(filer, platform, 1));
    expect(said(await link(filer, platform, 2))).toBe("systemLinked");
    accepted(await link(bureau, foreign, 2));
    expect(await db.$count(matterSystems, eq(matterSystems.matterId, id))).toBe(2);
    expect(said(await unlinkSystem(city.ctx(filer), { id, version: 3 }, secret))).toBe("systemNotLinked");
  });

  it("a new material is numbered and named once; a known one is asked for once", async () => {
    const id = await makeMatter(owner(), "不动产登记");
    const add = (version: number, more: Partial<Parameters<typeof addMaterial>[2]>) =>
      addMaterial(city.ctx(filer), id, {
        intent: "addMaterial",
        version,
        choice: "new",
        name: "不动产权证书",
        kind: "certificate",
        issuer: "市自然资源局",
        required: true,
        ...more,
      });
    expect(said(await add(1, { name: "" }))).toBe("materialNameMissing");
    const { materialId } = accepted(await add(1, {}));
    expect(await materialRow(materialId)).toMatchObject({
      code: "CL-0001",
      issuerUnitId: city.unitId,
      kind: "certificate",
    });
    expect(await traces(materialId, "materialAdded")).toEqual([1, 1, 1]);
    expect(said(await add(2, { name: "不动产 权证书" }))).toBe("materialKnown");
    expect(said(await add(2, { choice: materialId }))).toBe("materialAsked");
    const elsewhere = await makeMaterial({ db, regionId: stranger.regionId }, "外地材料");
    expect(said(await add(2, { choice: elsewhere }))).toBe("materialUnknown");
    expect(said(await removeMaterial(city.ctx(filer), { id, version: 2 }, elsewhere))).toBe("materialNotAsked");
    expect(await db.$count(matterMaterials, eq(matterMaterials.matterId, id))).toBe(1);
  });
});

describe("what proves a material", () => {
  const prepared = async () => {
    const matterId = await makeMatter(owner(), "不动产登记");
    const id = await makeMaterial(owner(), "结婚证");
    await ask(owner(), { matterId, materialId: id });
    const resourceId = await makeProvingResource({ ...owner(), unitId: city.financeUnitId }, "婚姻登记信息");
    await db
      .insert(resourceItems)
      .values({ resourceId, regionId: city.regionId, position: 1, name: "登记日期", dataType: "日期型" });
    return { matterId, id, resourceId };
  };
  const input = (resourceId: string, itemName = "") => ({ resourceId, itemName, note: "" });

  it("is said once, on the version that was read, by who asks for it; taken back likewise", async () => {
    const { id, resourceId } = await prepared();
    const link = (actor: Actor, version = 1) =>
      linkProof(city.ctx(actor), { id, version }, input(resourceId, "登记日期"));
    await expect(link(stranger)).rejects.toMatchObject({ kind: "notFound" });
    await expect(link(other)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(link(filer, 9)).rejects.toMatchObject({ kind: "conflict" });
    const both = await Promise.allSettled([link(filer), link(filer)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await traces(id, "materialProofLinked")).toEqual([1, 1, 1]);
    expect(said(await link(filer, 2))).toBe("proofKnown");
    const [proof] = await db.select().from(materialProofs).where(eq(materialProofs.materialId, id));
    const unlink = (actor: Actor, version = 2, proofId = proof?.id ?? "") =>
      unlinkProof(city.ctx(actor), { id, version }, proofId);
    await expect(unlink(stranger)).rejects.toMatchObject({ kind: "notFound" });
    await expect(unlink(other)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(unlink(filer, 1)).rejects.toMatchObject({ kind: "conflict" });
    expect(said(await unlink(filer, 2, newId()))).toBe("proofUnknown");
    const twice = await Promise.allSettled([unlink(filer), unlink(filer)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await traces(id, "materialProofUnlinked")).toEqual([1, 1, 1]);
    expect(await materialRow(id)).toMatchObject({ version: 3, updatedBy: filer.userId });
  });

  it("only what is published proves, and only with items that it has", async () => {
    const { id, resourceId } = await prepared();
    const ctx = city.ctx(filer);
    expect(said(await linkProof(ctx, { id, version: 1 }, input(resourceId, "身高")))).toBe("itemUnknown");
    const draft = await makeProvingResource(owner(), "草稿资源", { state: "draft" });
    expect(said(await linkProof(ctx, { id, version: 1 }, input(draft)))).toBe("resourceNotPublished");
    const far = { db, regionId: stranger.regionId, unitId: stranger.unitId };
    const foreign = await makeProvingResource(far, "外地资源");
    expect(said(await linkProof(ctx, { id, version: 1 }, input(foreign)))).toBe("resourceNotPublished");
  });

  it("may be said by the issuer, the provider of the data and the bureau; an abolished matter asks for nothing", async () => {
    const { id, matterId, resourceId } = await prepared();
    const provider = await city.as("filer", city.financeUnitId);
    const { id: proofId } = accepted(await linkProof(city.ctx(provider), { id, version: 1 }, input(resourceId)));
    accepted(await unlinkProof(city.ctx(provider), { id, version: 2 }, proofId));
    accepted(await linkProof(city.ctx(bureau), { id, version: 3 }, input(resourceId)));
    await db.update(serviceMatters).set({ state: "abolished" }).where(eq(serviceMatters.id, matterId));
    await expect(linkProof(city.ctx(filer), { id, version: 4 }, input(resourceId, "登记日期"))).rejects.toMatchObject({
      kind: "forbidden",
    });
    await db.update(materials).set({ issuerUnitId: city.otherUnitId }).where(eq(materials.id, id));
    accepted(await linkProof(city.ctx(other), { id, version: 4 }, input(resourceId, "登记日期")));
  });

  it("the provider of other data may not take a proof back", async () => {
    const { id, resourceId } = await prepared();
    const proofId = await prove(owner(), { materialId: id, resourceId });
    await expect(unlinkProof(city.ctx(other), { id, version: 1 }, proofId)).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});
