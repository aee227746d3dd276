import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

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
import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { ask, makeMaterial, makeMatter, makeProvingResource, prove } from "@tests/support/factories/matters";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { exportMaterials, exportMatters } from "~/modules/matters/intake/export-registers.server";
import { materialsIntake, mattersIntake } from "~/modules/matters/index.server";
import { readMaterialQuery } from "~/modules/matters/materials.queries.server";
import { readMatterQuery } from "~/modules/matters/matters.queries.server";
import { applySheet } from "~/platform/intake/apply-sheet.server";
import { readIntakeSheet } from "~/platform/intake/intake.queries.server";
import type { IntakeKind } from "~/platform/intake/intake.types";
import { exportSheet, templateOf, type MadeSheet } from "~/platform/intake/register-sheets.server";
import { takeSheet } from "~/platform/intake/take-sheet.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let bureau: Actor;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  // Starts the worker that reads sheets: reading has less patience than a busy machine may need to start one.
  await templateOf(mattersIntake);
});
beforeEach(async () => {
  city = await makeCity(db);
  [filer, bureau] = [await city.as("filer"), await city.as("bureauReviewer")];
});

const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const others = () => ({ ...owner(), unitId: city.otherUnitId });
type Values = Record<string, string>;

const upload = async (actor: Actor, kind: IntakeKind, file: MadeSheet) => {
  const { sheetId } = accepted(await takeSheet(city.ctx(actor), kind, file));
  return { sheetId, ...(await readIntakeSheet(db, actor, kind, sheetId, { outcome: undefined, page: 1 })) };
};
const take = async (actor: Actor, kind: IntakeKind, ...rows: Values[]) =>
  upload(actor, kind, await exportSheet(kind, rows, { today: city.ctx(actor).today, author: "测试" }));
const apply = (actor: Actor, kind: IntakeKind, sheetId: string, version = 1, mode: "all" | "good" = "all") =>
  applySheet(city.ctx(actor), kind, { sheetId, version }, mode);
const problemsOf = ({ rows }: Awaited<ReturnType<typeof take>>) =>
  rows.map(({ outcome, problems }) => (outcome === "problem" ? problems.map(({ column }) => column).join() : outcome));

const MATTER = { name: "不动产登记", type: "行政确认", unit: "市自然资源局", online: "是" };
const matterRows = () => db.select().from(serviceMatters).where(eq(serviceMatters.regionId, city.regionId));
const materialRows = () => db.select().from(materials).where(eq(materials.regionId, city.regionId));
const eventsOf = (type: string) =>
  Promise.all([
    db.$count(domainEvents, and(eq(domainEvents.regionId, city.regionId), eq(domainEvents.type, type))),
    db.$count(auditEntries, and(eq(auditEntries.regionId, city.regionId), eq(auditEntries.result, type))),
    db.$count(outbox, and(eq(outbox.regionId, city.regionId), eq(outbox.topic, type))),
  ]);

describe("a list of matters", () => {
  it.each<[string, Values, string]>([
    ["another unit's place", { ...MATTER, unit: "市水利局" }, "unit"],
    ["a unit of nowhere here", { ...MATTER, unit: "邻县财政局" }, "unit"],
    ["the code of another unit's matter", { ...MATTER, code: "SX-0002" }, "code"],
    ["a number of ours that no matter of the region has", { ...MATTER, code: "SX-0777" }, "code"],
    ["an abolished one", { ...MATTER, code: "SX-0003", name: "旧事项" }, "name"],
    ["the name of another matter of the unit", { ...MATTER, code: "SX-0001", name: "用地预审" }, "name"],
    ["no type", { ...MATTER, type: "许可" }, "type"],
    ["cases that are no number", { ...MATTER, yearlyCases: "很多" }, "yearlyCases"],
    ["a system of another unit", { ...MATTER, systems: "水利系统" }, "systems"],
    ["a secret system", { ...MATTER, systems: "涉密系统" }, "systems"],
    ["a material without a word", { ...MATTER, materials: "——" }, "materials"],
  ])("%s is a problem of its cell", async (_name, values, column) => {
    await makeMatter(owner(), "林权登记", { code: "SX-0001" });
    await makeMatter(others(), "取水许可", { code: "SX-0002" });
    await makeMatter(owner(), "旧事项", { code: "SX-0003", state: "abolished" });
    await makeMatter(owner(), "用地预审", { code: "SX-0004" });
    await makeSystem(others(), "水利系统", 0);
    await makeSystem(owner(), "涉密系统", 0, "2026-05-01", { secret: true });
    // The number exists, in another region.
    const elsewhere = await makeCity(db);
    await makeMatter({ db, regionId: elsewhere.regionId, unitId: elsewhere.unitId }, "外地事项", { code: "SX-0777" });
    expect(problemsOf(await take(filer, mattersIntake, values))).toEqual([column]);
  });

  it("adds and changes with systems and materials, once, each recorded", async () => {
    const system = await makeSystem(owner(), "登记系统", 0);
    const known = await makeMaterial(owner(), "身份证", { code: "CL-0007" });
    const id = await makeMatter(owner(), "林权登记", { code: "SX-0005", tags: ["热点"], yearlyCases: 3 });
    await ask(owner(), { matterId: id, materialId: known });
    const { sheetId, sheet } = await take(
      filer,
      mattersIntake,
      { ...MATTER, systems: "登记系统", materials: "身份证、户口簿（非必要）", yearlyCases: "1,200" },
      { ...MATTER, code: "SX-0005", name: "林权登记", type: "行政许可", online: "" },
      { ...MATTER, name: "用地预审", materials: "户 口簿；用地红线图" },
    );
    expect(sheet).toMatchObject({ add: 2, change: 1, problem: 0 });
    const both = await Promise.allSettled([apply(filer, mattersIntake, sheetId), apply(filer, mattersIntake, sheetId)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const rows = await matterRows();
    expect(rows.map(({ code, name }) => `${code} ${name}`).sort()).toEqual([
      "SX-0005 林权登记",
      "SX-0006 不动产登记",
      "SX-0007 用地预审",
    ]);
    expect(rows.find((row) => row.id === id)).toMatchObject({
      type: "licence",
      tags: ["热点"],
      yearlyCases: 3,
      version: 2,
      updatedBy: filer.userId,
    });
    expect((await materialRows()).map(({ code, name }) => `${code} ${name}`).sort()).toEqual([
      "CL-0007 身份证",
      "CL-0008 户口簿",
      "CL-0009 用地红线图",
    ]);
    expect(await db.$count(matterSystems, eq(matterSystems.systemId, system))).toBe(1);
    expect(await db.$count(matterMaterials, eq(matterMaterials.matterId, id))).toBe(1);
    expect(await db.$count(matterMaterials, eq(matterMaterials.regionId, city.regionId))).toBe(5);
    expect(await eventsOf("matterAdded")).toEqual([2, 2, 2]);
    expect(await eventsOf("matterEdited")).toEqual([1, 1, 1]);
    expect(await eventsOf("materialAdded")).toEqual([2, 2, 2]);
  });

  it("is judged again when what it changes was changed meanwhile", async () => {
    const id = await makeMatter(owner(), "林权登记", { code: "SX-0005" });
    const row = { ...MATTER, code: "SX-0005", name: "林权登记" };
    const { sheetId } = await take(filer, mattersIntake, row);
    await db.update(serviceMatters).set({ type: "reward", version: 2 }).where(eq(serviceMatters.id, id));
    expect(await apply(filer, mattersIntake, sheetId)).toMatchObject({
      ok: false,
      refusals: [{ code: "changedSincePreview" }],
    });
    expect((await matterRows())[0]).toMatchObject({ type: "reward", version: 2 });
  });

  it("two sheets at once number and name what they add once", async () => {
    const one = await take(filer, mattersIntake, { ...MATTER, materials: "身份证" });
    const two = await take(bureau, mattersIntake, { ...MATTER, unit: "市水利局", materials: "身份证" });
    const done = await Promise.all([
      apply(filer, mattersIntake, one.sheetId),
      apply(bureau, mattersIntake, two.sheetId),
    ]);
    expect(done.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await matterRows()).map(({ code }) => code).sort()).toEqual(["SX-0001", "SX-0002"]);
    expect(await materialRows()).toHaveLength(1);
  });

  it("goes out and comes in again as the same", async () => {
    const id = await makeMatter(owner(), "林权登记", { code: "SX-0005", type: "licence", yearlyCases: 5 });
    await ask(owner(), { matterId: id, materialId: await makeMaterial(owner(), "身份证"), required: false });
    const file = await exportMatters(city.ctx(filer), readMatterQuery(new URLSearchParams()));
    const { sheet } = await upload(filer, mattersIntake, file);
    expect(sheet).toMatchObject({ totalRows: 1, same: 1 });
  });
});

describe("a list of materials", () => {
  const prepared = async () => {
    const id = await makeMaterial(owner(), "结婚证", { code: "CL-0001" });
    await ask(owner(), { matterId: await makeMatter(owner(), "不动产登记"), materialId: id });
    const foreign = await makeMaterial(owner(), "取水证", { code: "CL-0002", issuerUnitId: city.otherUnitId });
    const financed = { ...owner(), unitId: city.financeUnitId };
    const resource = await makeProvingResource(financed, "婚姻登记信息", { code: "307/1" });
    await makeProvingResource(financed, "停用数据", { state: "suspended" });
    await makeProvingResource(owner(), "不动产登记簿", { code: "307/2" });
    await makeProvingResource(owner(), "同名数据", { code: "307/3" });
    await makeProvingResource(others(), "同名数据", { code: "307/4" });
    await db
      .insert(resourceItems)
      .values({ resourceId: resource, regionId: city.regionId, position: 1, name: "登记日期", dataType: "字符型" });
    return { id, foreign, resource };
  };

  it.each<[string, Values, string]>([
    ["a code that no material of the region has", { code: "CL-0099", name: "结婚证" }, "code"],
    ["no name", { code: "CL-0001" }, "name"],
    ["the name of another material", { code: "CL-0001", name: "取水 证" }, "name"],
    ["a word that is no kind", { name: "结婚证", kind: "纸" }, "kind"],
    ["a resource that nobody knows", { name: "结婚证", resource: "无此数据" }, "resource"],
    ["a suspended resource", { name: "结婚证", resource: "停用数据" }, "resource"],
    ["a name that two resources have", { name: "结婚证", resource: "同名数据" }, "resource"],
    ["an item that the resource has not", { name: "结婚证", resource: "307/1", item: "身高" }, "item"],
    ["an item of no resource", { name: "结婚证", item: "登记日期" }, "resource"],
    ["another unit's material changed", { name: "取水证", kind: "证照" }, "name"],
    ["another unit's material proven by others' data", { name: "取水证", resource: "307/1" }, "resource"],
  ])("%s is a problem of its cell", async (_name, values, column) => {
    await prepared();
    expect(problemsOf(await take(filer, materialsIntake, values))).toEqual([column]);
  });

  it("rows of one material must agree, name no proof twice, and no name for two", async () => {
    await prepared();
    const rows: Values[] = [
      { name: "户口簿", kind: "证照", resource: "307/1" },
      { name: "户口簿", kind: "证明", resource: "307/2" },
      { name: "户 口簿", resource: "307/1" },
      { code: "CL-0001", name: "婚姻证" },
      { name: "婚姻证" },
    ];
    expect(problemsOf(await take(filer, materialsIntake, ...rows))).toEqual([
      "add",
      "kind",
      "resource",
      "change",
      "name",
    ]);
  });

  it("adds, changes and proves, once, each recorded; what it does not name stays", async () => {
    const { id, foreign, resource } = await prepared();
    await prove(owner(), { materialId: id, resourceId: resource });
    const { sheetId, sheet } = await take(
      filer,
      materialsIntake,
      { code: "CL-0001", name: "结婚证", kind: "证照", issuer: "市水利局", resource: "307/1", item: "登记日期" },
      { code: "CL-0001", name: "结婚证", resource: "307/1" },
      { name: "不动产权证书", kind: "证照", resource: "307/2" },
      { name: "不动产权证书", issuer: "省厅", resource: "307/1" },
      { name: "取水证", resource: "不动产登记簿" },
      { name: "遗嘱" },
    );
    expect(sheet).toMatchObject({ add: 2, change: 3, same: 1, problem: 0 });
    const both = await Promise.allSettled([
      apply(filer, materialsIntake, sheetId),
      apply(filer, materialsIntake, sheetId),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const rows = await materialRows();
    expect(rows.find((row) => row.id === id)).toMatchObject({
      kind: "certificate",
      issuer: "市水利局",
      issuerUnitId: city.otherUnitId,
      version: 2,
      updatedBy: filer.userId,
    });
    const added = rows.find(({ name }) => name === "不动产权证书");
    expect(added).toMatchObject({
      code: "CL-0003",
      kind: "certificate",
      issuer: "省厅",
      issuerUnitId: null,
      version: 1,
    });
    const proofs = (materialId = "") => db.$count(materialProofs, eq(materialProofs.materialId, materialId));
    expect([await proofs(id), await proofs(added?.id), await proofs(foreign)]).toEqual([2, 2, 1]);
    expect(await eventsOf("materialAdded")).toEqual([2, 2, 2]);
    expect(await eventsOf("materialEdited")).toEqual([1, 1, 1]);
    expect(await eventsOf("materialProofLinked")).toEqual([4, 4, 4]);
  });

  it("is judged again when its material was changed meanwhile", async () => {
    const { id } = await prepared();
    const { sheetId } = await take(filer, materialsIntake, { name: "结婚证", kind: "证照" });
    await db.update(materials).set({ kind: "form", version: 2 }).where(eq(materials.id, id));
    expect(await apply(filer, materialsIntake, sheetId)).toMatchObject({
      ok: false,
      refusals: [{ code: "changedSincePreview" }],
    });
  });

  it("goes out and comes in again as the same", async () => {
    const { id, resource } = await prepared();
    await prove(owner(), { materialId: id, resourceId: resource, itemName: "登记日期" });
    const file = await exportMaterials(city.ctx(bureau), readMaterialQuery(new URLSearchParams()));
    const { sheet } = await upload(bureau, materialsIntake, file);
    expect(sheet).toMatchObject({ totalRows: 2, same: 2 });
  });
});
