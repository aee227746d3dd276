import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { cloudBlocks, cloudSteps, domainEvents, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { reportBlock } from "~/modules/systems/cloud/steps/report-block.server";
import { cloudStepsIntake } from "~/modules/systems/index.server";
import type { TableRow } from "~/platform/xlsx/table-reader";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
});

const row = (rowNumber: number, code: string, step: string, completedOn: string, name = ""): TableRow => ({
  rowNumber,
  values: { code, name, step, completedOn, evidence: "政务云资源申请单" },
});
const judge = (actor: Actor, rows: readonly TableRow[]) =>
  db.transaction((tx) => cloudStepsIntake.judge(tx, city.ctx(actor), rows));
const takeIn = (actor: Actor, rows: readonly TableRow[]) =>
  db.transaction(async (tx) => {
    const judged = await cloudStepsIntake.judge(tx, city.ctx(actor), rows);
    const written = judged.filter(({ outcome }) => outcome === "add");
    if (written.length > 0) await cloudStepsIntake.apply(tx, city.ctx(actor), written);
    return judged.map(({ outcome }) => outcome);
  });
const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const made = async (name: string, steps: number, more: Partial<typeof systems.$inferInsert> = {}) => {
  const id = await makeSystem(owner(), name, steps, "2026-05-01", more);
  return { id, code: id.slice(-12) };
};

describe("the sheet of cloud steps", () => {
  it("writes several steps of several systems at once, each with its event, and ends what was overcome", async () => {
    const [one, two] = [await made("管网系统甲", 1), await made("管网系统乙", 0)];
    const told = { blockReason: "resourcesShort" as const, detail: "资源池已满", sinceOn: localDate("2026-06-01") };
    await reportBlock(city.ctx(filer), one.id, { ...told, version: 1 });
    const outcomes = await takeIn(filer, [
      row(2, one.code, "审核备案", "2026-06-05"),
      row(3, one.code, "资源申请", "2026年6月3日"),
      row(4, "", "方案编制", "2026/7/1", "管网系统乙"),
    ]);
    expect(outcomes).toEqual(["add", "add", "add"]);
    expect(await db.$count(cloudSteps, eq(cloudSteps.systemId, one.id))).toBe(3);
    expect(await db.$count(cloudSteps, eq(cloudSteps.systemId, two.id))).toBe(1);
    expect(
      await db.$count(
        domainEvents,
        and(eq(domainEvents.subjectId, one.id), eq(domainEvents.type, "cloudStepCompleted")),
      ),
    ).toBe(2);
    expect(await db.$count(cloudBlocks, and(eq(cloudBlocks.systemId, one.id), isNull(cloudBlocks.clearedOn)))).toBe(0);
    const [after] = await db.select({ version: systems.version }).from(systems).where(eq(systems.id, two.id));
    expect(after?.version).toBe(2);
    // the same sheet again is no news
    expect(await takeIn(filer, [row(2, one.code, "审核备案", "2026-06-05")])).toEqual(["same"]);
  });

  it("says of each row what is wrong, and lets none build on it", async () => {
    const { code, id } = await made("管网系统丙", 0);
    const judged = await judge(filer, [
      row(2, code, "资源申请", "2026-06-03"),
      row(3, code, "安全检测", "2026-06-03"),
      row(4, code, "方案编制", "2026-07-21"),
      row(5, "XT-9999", "方案编制", "2026-06-03"),
      row(6, code, "方案编制", "六月三日"),
    ]);
    expect(judged.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => "problem"));
    expect(judged.map(({ problems }) => problems[0]?.column)).toEqual([
      "step",
      "step",
      "completedOn",
      "code",
      "completedOn",
    ]);
    expect(judged[1]?.problems[0]?.message).toContain("须上传证明文件");
    expect(judged[0]?.label).toBe(`${code} 管网系统丙 · 资源申请`);
    expect(await db.$count(cloudSteps, eq(cloudSteps.systemId, id))).toBe(0);
  });

  it("reaches only the systems that one may record steps for", async () => {
    const operated = await made("管网系统丁", 0, { operatorUnitId: city.operatorUnitId });
    const other = await made("管网系统戊", 0);
    const rows = [row(2, operated.code, "方案编制", "2026-06-03"), row(3, other.code, "方案编制", "2026-06-03")];
    const outcomes = async (actor: Actor) => (await judge(actor, rows)).map(({ outcome }) => outcome);
    expect(await outcomes(await city.as("operator"))).toEqual(["add", "problem"]);
    expect(await outcomes(filer)).toEqual(["add", "add"]);
    expect(await outcomes(await city.as("filer", city.otherUnitId))).toEqual(["problem", "problem"]);
    expect(await outcomes(await city.as("bureauReviewer"))).toEqual(["problem", "problem"]);
  });

  it("refuses retired systems and those out of scope", async () => {
    const retired = await made("管网系统己", 0, { retiredOn: localDate("2026-06-01"), state: "retired" });
    const outId = await makeSystem(
      owner(),
      "管网系统庚",
      0,
      "2026-05-01",
      {},
      { scope: "out", reason: "secretSystem" },
    );
    const judged = await judge(filer, [
      row(2, retired.code, "方案编制", "2026-06-03"),
      row(3, outId.slice(-12), "方案编制", "2026-06-03"),
    ]);
    expect(judged.map(({ problems }) => problems[0]?.message.slice(0, 6))).toEqual(["该系统已下线", "该系统不在上"]);
  });
});
