import { eq } from "drizzle-orm";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";

import { catalogCategories, demands, importBatches, projects, resourceItems, resources } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { ZERO_FEN } from "~/kernel/fen";
import type { ProjectStage } from "~/kernel/vocabulary";
import { addDemand } from "~/modules/catalog/add-demand.server";
import { addResource } from "~/modules/catalog/add-resource.server";
import type { ResourceInput } from "~/modules/catalog/catalog.schema";
import { confirmImport } from "~/modules/catalog/confirm-import.server";
import { readBatch } from "~/modules/catalog/import.queries.server";
import { previewImport } from "~/modules/catalog/preview-import.server";
import { publishResource } from "~/modules/catalog/publish-resource.server";
import { registerProjectEntries } from "~/modules/catalog/register-project-entries.server";
import { removeDraftResource } from "~/modules/catalog/remove-draft-resource.server";
import { newId } from "~/platform/ids.server";
import { writeWorkbook } from "~/platform/xlsx/write-workbook.server";

const db = testDatabase();
let city: TestCity;
let categoryCode = "";

beforeAll(async () => {
  city = await makeCity(db);
  const [category] = await db.select().from(catalogCategories).where(eq(catalogCategories.name, "地下空间与管网"));
  categoryCode = category?.code ?? "";
  expect(categoryCode).toMatch(/^\d{6}$/);
});

async function makeFiling(stage: ProjectStage = "draft"): Promise<string> {
  const id = newId();
  await db.insert(projects).values({
    id,
    regionId: city.regionId,
    unitId: city.unitId,
    code: id,
    name: "智慧管网系统",
    normalizedName: id,
    comparedName: id,
    initials: "",
    searchGrams: [],
    year: 2026,
    stage,
    declaredFen: ZERO_FEN,
    lightReasons: [],
    createdBy: "u",
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  return id;
}

const resource = (name: string): ResourceInput => ({
  name,
  categoryCode,
  summary: "全市管网的基础信息",
  formatClass: "database",
  items: "管段编号、管径、材质",
  sharingType: "unconditional",
  legalBasis: "",
  conditions: "",
  method: "interface",
  updateCycle: "monthly",
});

const HEADERS = [
  "序号",
  "更新频率",
  "资源名称",
  "资源分类",
  "摘要",
  "格式",
  "数据项",
  "共享类型",
  "共享方式",
  "共享条件",
];
type Row = (string | number | null)[];
const good = (name: string): Row => [
  1,
  "每月",
  name,
  "地下空间与管网",
  "全市管网情况",
  "数据库",
  "编号、位置",
  "无条件共享",
  "接口",
  "",
];

async function sheet(rows: Row[], headers = HEADERS): Promise<{ name: string; bytes: Uint8Array }> {
  const bytes = await writeWorkbook({
    sheets: [
      {
        name: "目录",
        columns: headers.map((title) => ({ title, kind: "text" as const })),
        rows,
        note: "XX局资源目录清单",
      },
    ],
    properties: { title: "目录", author: "测试" },
  });
  return { name: "目录.xlsx", bytes };
}

describe("importing a catalog sheet", () => {
  it("previews row by row and imports only the good rows, once", async () => {
    const filing = await makeFiling();
    const ctx = city.ctx(await city.as("filer"));
    const file = await sheet([
      good("排水管网信息"),
      [2, "每月", "燃气管网信息", "地下空间与管网", "燃气管网情况", "数据库", "编号", "有条件共享", "接口", ""],
      [3, "每月", "排水 管网(信息)", "地下空间与管网", "重复的名称", "数据库", "编号", "无条件共享", "接口", ""],
      [4, "偶尔", "通信管线信息", "没有的分类", "通信管线情况", "数据库", "编号", "无条件", "接口", ""],
      good("热力管网信息"),
    ]);
    const previewed = await previewImport(ctx, filing, file);
    expect(previewed.ok).toBe(true);
    if (!previewed.ok) return;
    expect(await db.$count(resources, eq(resources.projectId, filing))).toBe(0);

    const { preview } = await readBatch(db, ctx.actor, previewed.value.batchId);
    expect(preview.rows.map((row) => [row.rowNumber, row.problems.map((p) => p.column)])).toEqual([
      [3, []],
      [4, ["共享条件"]],
      [5, ["资源名称"]],
      [6, ["资源分类", "更新周期"]],
      [7, []],
    ]);

    const twice = await Promise.allSettled([
      confirmImport(ctx, previewed.value.batchId),
      confirmImport(ctx, previewed.value.batchId),
    ]);
    expect(twice.filter((r) => r.status === "fulfilled" && r.value.ok)).toHaveLength(1);
    const rows = await db.select().from(resources).where(eq(resources.projectId, filing));
    expect(rows.map((row) => row.name).sort()).toEqual(["排水管网信息", "热力管网信息"].sort());
    expect(rows.every((row) => row.state === "draft" && row.code === null)).toBe(true);
  });

  it.each<[string, () => Promise<{ name: string; bytes: Uint8Array }>, string]>([
    ["missing columns", () => sheet([["排水管网信息"]], ["资源名称"]), "table.columnsMissing"],
    [
      "a picture named xlsx",
      () =>
        Promise.resolve({
          name: "a.xlsx",
          bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
        }),
      "sheet.notASheet",
    ],
    ["an empty file", () => Promise.resolve({ name: "a.csv", bytes: new Uint8Array() }), "sheet.emptyFile"],
    ["headers only", () => sheet([]), "table.noRows"],
  ])("refuses %s and keeps nothing", async (_name, file, code) => {
    const filing = await makeFiling();
    const ctx = city.ctx(await city.as("filer"));
    const result = await previewImport(ctx, filing, await file());
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(code);
    expect(await db.$count(importBatches, eq(importBatches.subjectId, filing))).toBe(0);
  });

  it("reads a GBK csv", async () => {
    const filing = await makeFiling();
    const ctx = city.ctx(await city.as("filer"));
    const bytes = new Uint8Array(readFileSync("tests/fixtures/sheets/catalog-gbk.csv"));
    const result = await previewImport(ctx, filing, { name: "目录.csv", bytes });
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    const { preview } = await readBatch(db, ctx.actor, result.value.batchId);
    expect(preview.rows.map((row) => [row.name, row.input !== null])).toEqual([
      ["路灯设施信息", true],
      ["井盖设施信息", true],
    ]);
  });

  it("another unit's filer gets 404, and nobody confirms another person's batch", async () => {
    const filing = await makeFiling();
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(previewImport(stranger, filing, await sheet([good("排水管网信息")]))).rejects.toMatchObject({
      kind: "notFound",
    });
    const own = await previewImport(city.ctx(await city.as("filer")), filing, await sheet([good("中水管网信息")]));
    if (!own.ok) throw new Error("the preview was refused");
    await expect(confirmImport(stranger, own.value.batchId)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("a submitted filing takes no more entries", async () => {
    const filing = await makeFiling("underReview");
    const ctx = city.ctx(await city.as("filer"));
    expect(await addResource(ctx, filing, resource("路面信息"))).toMatchObject({
      ok: false,
      refusals: [{ code: "filingClosed" }],
    });
  });
});

describe("typed-in entries", () => {
  it("a second one of the same name is refused, also under ten simultaneous submits", async () => {
    const filing = await makeFiling();
    const ctx = city.ctx(await city.as("filer"));
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => addResource(ctx, filing, resource("井盖信息"))),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await db.$count(resources, eq(resources.projectId, filing))).toBe(1);
  });

  it("a draft can be removed with its items; another project's cannot", async () => {
    const [filing, other] = [await makeFiling(), await makeFiling()];
    const ctx = city.ctx(await city.as("filer"));
    const added = await addResource(ctx, filing, resource("阀门信息"));
    if (!added.ok) throw new Error("not added");
    await expect(removeDraftResource(ctx, other, added.value.id)).rejects.toMatchObject({ kind: "notFound" });
    expect((await removeDraftResource(ctx, filing, added.value.id)).ok).toBe(true);
    expect(await db.$count(resourceItems, eq(resourceItems.resourceId, added.value.id))).toBe(0);
  });

  it("a demand from oneself is refused, from another unit registered", async () => {
    const filing = await makeFiling();
    const ctx = city.ctx(await city.as("filer"));
    const demand = {
      wanted: "河道水位信息",
      legalBasis: "防汛应急预案",
      scene: "内涝预警",
      method: "interface",
      frequency: "realTime",
    } as const;
    expect(await addDemand(ctx, filing, { ...demand, providerUnitId: city.unitId })).toMatchObject({ ok: false });
    expect((await addDemand(ctx, filing, { ...demand, providerUnitId: city.otherUnitId })).ok).toBe(true);
    expect(await db.$count(demands, eq(demands.projectId, filing))).toBe(1);
  });
});

describe("publishing", () => {
  async function registered(name: string): Promise<string> {
    const filing = await makeFiling();
    const added = await addResource(city.ctx(await city.as("filer")), filing, resource(name));
    if (!added.ok) throw new Error("not added");
    const lead = city.ctx(await city.as("unitLead"));
    await db.transaction((tx) => registerProjectEntries(tx, lead, filing));
    return added.value.id;
  }

  it("gives consecutive codes under simultaneous publishing", async () => {
    const ids = await Promise.all(["泵站信息", "水厂信息", "水表信息", "管廊信息"].map(registered));
    const bureau = city.ctx(await city.as("bureauReviewer"));
    const results = await Promise.all(ids.map((id) => publishResource(bureau, id, 1)));
    const codes = results.map((result) => (result.ok ? result.value.code : "refused")).sort();
    expect(codes).toEqual([1, 2, 3, 4].map((n) => `${categoryCode}/00000${n}`));
  });

  it("needs the unit's registration, the right and the version", async () => {
    const id = await registered("标志桩信息");
    const filer = city.ctx(await city.as("filer"));
    await expect(publishResource(filer, id, 1)).rejects.toMatchObject({ kind: "forbidden" });
    const bureau = city.ctx(await city.as("bureauReviewer"));
    await expect(publishResource(bureau, id, 7)).rejects.toMatchObject({ kind: "conflict" });
    const draft = await addResource(filer, await makeFiling(), resource("调压站信息"));
    if (!draft.ok) throw new Error("not added");
    expect(await publishResource(bureau, draft.value.id, 1)).toMatchObject({
      ok: false,
      refusals: [{ code: "notRegistered" }],
    });
  });
});
