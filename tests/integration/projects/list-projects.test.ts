import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { findUnit, unitFilter } from "~/modules/identity/index.server";
import { createProject } from "~/modules/projects/create-project.server";
import { listProjects, readProjectQuery } from "~/modules/projects/projects.queries.server";
import { scopeFor } from "~/policy";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let bureau: Ctx;
const codes = new Map<string, string>();

const file = async (ctx: Ctx, name: string) => {
  const { id } = accepted(await createProject(ctx, { name, year: 2026, class: "softwareSpecial", nature: "new" }));
  const [row] = await db.execute<{ code: string }>(sql`select code from projects where id = ${id}`);
  codes.set(name, row?.code ?? "");
};

beforeAll(async () => {
  city = await makeCity(db);
  bureau = city.ctx(await city.as("bureauReviewer"));
  const filer = city.ctx(await city.as("filer"));
  const other = city.ctx(await city.as("filer", city.otherUnitId));
  await file(filer, "智慧水务综合管理平台");
  await file(filer, "水利工程务实管理系统");
  await file(other, "数字档案馆（一期）");
});

const found = async (ctx: Ctx, address: string) => {
  const { rows, total } = await listProjects(
    db,
    scopeFor(ctx.actor, "project:read"),
    readProjectQuery(new URLSearchParams(address)),
  );
  expect(rows).toHaveLength(total);
  return rows.map((row) => row.name).sort();
};

describe("searching the project list", () => {
  it.each<[string, string, string[]]>([
    ["a word of two characters", "水务", ["智慧水务综合管理平台"]],
    ["pairs that stand apart are not the word", "水务实", []],
    ["a longer part", "综合管理", ["智慧水务综合管理平台"]],
    ["full width, spaces and brackets do not matter", "档案 馆 1期", ["数字档案馆（一期）"]],
    ["initials of the pinyin", "zhsw", ["智慧水务综合管理平台"]],
    ["one character stands at the start", "数", ["数字档案馆（一期）"]],
    ["one character elsewhere is not looked for", "务", []],
    ["wildcards are letters", "%", ["数字档案馆（一期）", "智慧水务综合管理平台", "水利工程务实管理系统"]],
  ])("%s", async (_name, q, expected) => {
    expect(await found(bureau, `q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it("finds a project by its code, whole or in part", async () => {
    const code = codes.get("数字档案馆（一期）") ?? "";
    expect(await found(bureau, `q=${code}`)).toEqual(["数字档案馆（一期）"]);
    expect(await found(bureau, `q=${code.slice(-6).toLowerCase()}`)).toContain("数字档案馆（一期）");
  });

  it("stays within what one may see", async () => {
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    expect(await found(stranger, "q=水务")).toEqual([]);
  });
});

describe("the unit filter", () => {
  it("takes a unit's id or words of its name", async () => {
    const [unit] = await db.execute<{ name: string }>(sql`select name from units where id = ${city.otherUnitId}`);
    expect(await found(bureau, `unit=${city.otherUnitId}`)).toEqual(["数字档案馆（一期）"]);
    expect(await found(bureau, `unit=${encodeURIComponent(unit?.name ?? "")}`)).toContain("数字档案馆（一期）");
    expect(await found(bureau, "unit=没有这个单位")).toEqual([]);
  });

  it("lists few units, asks for words when they are many, and is not there for one", async () => {
    const all = scopeFor(bureau.actor, "project:read");
    expect(await unitFilter(db, all, undefined)).toMatchObject({ kind: "select" });
    const own = scopeFor(await city.as("filer"), "project:read");
    expect(await unitFilter(db, own, undefined)).toBeUndefined();
    await db.execute(sql`
      insert into units (id, region_id, code, name, initials, "group", position)
      select gen_random_uuid(), ${city.regionId}, 'M' || n, '第' || n || '单位', 'd', 'municipal', n
      from generate_series(1, 100) n`);
    const many = await unitFilter(db, all, city.otherUnitId);
    expect(many).toMatchObject({ kind: "text", options: [] });
    const [unit] = await db.execute<{ name: string }>(sql`select name from units where id = ${city.otherUnitId}`);
    expect(many?.value).toBe(unit?.name);
    expect(await findUnit(db, all, city.otherUnitId)).toBe(city.otherUnitId);
    expect(await findUnit(db, all, unit?.name ?? "")).toBe(city.otherUnitId);
    // 第1单位 is a whole name, though 第1 begins many others.
    expect(await findUnit(db, all, "第1单位")).toBeDefined();
    expect(await findUnit(db, all, "第1")).toBeUndefined();
    expect(await findUnit(db, all, "没有这个单位")).toBeUndefined();
  });
});
