import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { cloudStandings, domainEvents, scopeDecisions, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { exportSystems } from "~/modules/systems/inventory/export-systems.server";
import { SYSTEM_COLUMNS } from "~/modules/systems/inventory/systems.columns";
import { readSystemQuery } from "~/modules/systems/inventory/systems.queries.server";
import { systemsIntake } from "~/modules/systems/index.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let bureau: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  bureau = await city.as("bureauReviewer");
});

const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const NEW = { name: "不动产登记系统", ownership: "自建", secret: "否", hosting: "政务云" };
const row = (values: Record<string, string>, rowNumber = 2) => ({
  rowNumber,
  values: { ...Object.fromEntries(SYSTEM_COLUMNS.map(({ key }) => [key, ""])), ...values },
});
const judge = (actor: Actor, ...rows: ReturnType<typeof row>[]) =>
  db.transaction((tx) => systemsIntake.judge(tx, city.ctx(actor), rows));
const take = (actor: Actor, ...rows: ReturnType<typeof row>[]) =>
  db.transaction(async (tx) => {
    const judged = await systemsIntake.judge(tx, city.ctx(actor), rows);
    const good = judged.filter(({ outcome }) => outcome === "add" || outcome === "change");
    await systemsIntake.apply(tx, city.ctx(actor), good);
    return judged;
  });
const ofUnit = (unitId = city.unitId) => db.select().from(systems).where(eq(systems.unitId, unitId));

describe("judging the rows of a sheet", () => {
  it.each<[string, Record<string, string>, string]>([
    ["no name", { ...NEW, name: "" }, "name"],
    ["no ownership on a new one", { ...NEW, ownership: "" }, "ownership"],
    ["a word that is no ownership", { ...NEW, ownership: "区垂" }, "ownership"],
    ["a number that the unit has not", { ...NEW, code: "XT-9999" }, "code"],
    ["another unit", { ...NEW, unit: "市水利局" }, "unit"],
    ["no day", { ...NEW, launchedOn: "去年" }, "launchedOn"],
    ["tomorrow", { ...NEW, launchedOn: "2026-07-21" }, "launchedOn"],
    ["an operator that is none", { ...NEW, operator: "市水利局" }, "operator"],
    ["a filing number without a level", { ...NEW, mlpsFilingNumber: "44" }, "mlpsLevel"],
    ["a text too long", { ...NEW, builder: "长".repeat(101) }, "builder"],
  ])("%s", async (_name, values, column) => {
    const [judged] = await judge(filer, row(values));
    expect(judged).toMatchObject({ outcome: "problem", changes: [] });
    expect(judged?.problems.map((problem) => problem.column)).toEqual([column]);
  });

  it("the same system twice: the second row is a problem", async () => {
    const judged = await judge(filer, row(NEW), row({ ...NEW, name: "不动产 登记系统" }, 3));
    expect(judged.map(({ outcome }) => outcome)).toEqual(["add", "problem"]);
  });

  it("what is governed is not the unit's to change, a retired one nobody's", async () => {
    await makeSystem(owner(), "甲系统", 0, "2026-05-01", { code: "XT-0001" });
    await makeSystem(owner(), "旧系统", 0, "2026-05-01", {
      code: "XT-0002",
      state: "retired",
      retiredOn: localDate("2026-01-01"),
    });
    const rows = [row({ code: "XT-0001", ownership: "国垂" }), row({ code: "XT-0002", purpose: "x" }, 3)];
    expect((await judge(filer, ...rows)).map(({ outcome }) => outcome)).toEqual(["problem", "problem"]);
    expect((await judge(bureau, ...rows)).map(({ outcome }) => outcome)).toEqual(["change", "problem"]);
  });

  it("a blank cell leaves what is known; nothing said is no change", async () => {
    await makeSystem(owner(), "甲系统", 0, "2026-05-01", { code: "XT-0001", purpose: "用途" });
    const judged = await judge(
      filer,
      row({ code: "XT-0001", name: "甲系统" }),
      row({ unit: "市自然资源局", name: "甲系统", builder: "公司" }, 3),
    );
    expect(judged[0]).toMatchObject({ outcome: "same", label: "XT-0001 甲系统" });
    expect(judged[1]?.problems.map(({ column }) => column)).toEqual(["name"]);
  });

  it("another unit's system is not found by its number", async () => {
    await makeSystem({ ...owner(), unitId: city.otherUnitId }, "水利系统", 0, "2026-05-01", { code: "XT-0001" });
    expect((await judge(filer, row({ code: "XT-0001", name: "x" })))[0]?.problems[0]?.column).toBe("code");
    expect((await judge(bureau, row({ code: "XT-0001", purpose: "x" })))[0]?.outcome).toBe("change");
  });
});

describe("applying them", () => {
  it("adds and changes, each recorded with what changed, and asks the rule of scope", async () => {
    const id = await makeSystem(owner(), "甲系统", 0, "2026-05-01", { code: "XT-0001" });
    await take(
      filer,
      row({ code: "XT-0001", purpose: "新用途", backedUp: "是" }),
      row(NEW, 3),
      row({ ...NEW, name: "省统建系统", ownership: "省垂", hosting: "上级统建" }, 4),
    );
    const rows = await ofUnit();
    expect(rows.map(({ code, name }) => `${code} ${name}`).sort()).toEqual([
      "XT-0001 甲系统",
      "XT-0002 不动产登记系统",
      "XT-0003 省统建系统",
    ]);
    expect(rows.find((each) => each.id === id)).toMatchObject({ purpose: "新用途", backedUp: true, version: 2 });
    const [event] = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, id));
    expect(event).toMatchObject({
      type: "systemEdited",
      payload: { changes: [{ title: "主要用途", before: "", after: "新用途" }, { title: "数据备份" }] },
    });
    expect(await db.$count(cloudStandings, eq(cloudStandings.unitId, city.unitId))).toBe(3);
    const decisions = await db.select().from(scopeDecisions).where(eq(scopeDecisions.unitId, city.unitId));
    expect(decisions).toMatchObject([{ reason: "verticalSystem", state: "proposed" }]);
  });

  it("twice the same sheet: the second time nothing changes", async () => {
    await take(filer, row({ ...NEW, mlpsLevel: "二级", tags: "民生、登记" }));
    const again = await take(filer, row({ ...NEW, mlpsLevel: "二级", tags: "民生、登记" }));
    expect(again.map(({ outcome }) => outcome)).toEqual(["same"]);
    expect((await ofUnit()).length).toBe(1);
  });

  it("an edit between judging and applying is a conflict and nothing is written", async () => {
    const id = await makeSystem(owner(), "甲系统", 0, "2026-05-01", { code: "XT-0001" });
    const judged = await judge(filer, row({ code: "XT-0001", purpose: "新用途" }));
    await db.update(systems).set({ version: 5 }).where(eq(systems.id, id));
    const late = db.transaction((tx) => systemsIntake.apply(tx, city.ctx(filer), judged));
    await expect(late).rejects.toMatchObject({ kind: "conflict" });
    expect((await ofUnit())[0]?.purpose).toBe("");
  });

  it("the bureau takes in rows of several units", async () => {
    await take(bureau, row({ ...NEW, unit: "市自然资源局" }), row({ ...NEW, unit: "市水利局" }, 3));
    expect([(await ofUnit()).length, (await ofUnit(city.otherUnitId)).length]).toEqual([1, 1]);
  });
});

describe("the export", () => {
  const exported = async (actor: Actor) => {
    const { bytes, name } = await exportSystems(city.ctx(actor), readSystemQuery(new URLSearchParams("state=all")));
    const book = await readWorkbook(bytes, name);
    if (!book.ok) throw new Error("the sheet cannot be read");
    return book.value.sheets[0];
  };

  it("is taken in again without a change", async () => {
    await makeSystem(owner(), "甲系统", 0, "2026-05-01", {
      code: "XT-0001",
      purpose: "用途",
      tags: ["民生"],
      launchedOn: localDate("2024-01-01"),
      operatorUnitId: city.operatorUnitId,
    });
    const sheet = await exported(filer);
    const text = JSON.stringify(sheet);
    for (const { title } of SYSTEM_COLUMNS) expect(text).toContain(title);
    const values = { code: "XT-0001", unit: "市自然资源局", name: "甲系统", purpose: "用途", ownership: "自建" };
    const more = { secret: "否", mlpsLevel: "二级", hosting: "政务云", backedUp: "否", launchedOn: "2024-01-01" };
    const last = { tags: "民生", operator: "市数字政府运营中心" };
    for (const cell of Object.values({ ...values, ...more, ...last })) expect(text).toContain(cell);
    expect((await judge(filer, row({ ...values, ...more, ...last })))[0]?.outcome).toBe("same");
  });

  it("leaves secret systems out for who may not know them", async () => {
    await makeSystem(owner(), "机要系统", 0, "2026-05-01", { secret: true, operatorUnitId: city.operatorUnitId });
    expect(JSON.stringify(await exported(await city.as("operator")))).not.toContain("机要系统");
    expect(JSON.stringify(await exported(filer))).toContain("机要系统");
  });
});
