import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { systems } from "@db/schema";
import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import { kindOf } from "~/modules/intake/kinds.server";
import { applySheet } from "~/platform/intake/apply-sheet.server";
import { readIntakeSheet } from "~/platform/intake/intake.queries.server";
import { exportSheet, templateOf } from "~/platform/intake/register-sheets.server";
import { takeSheet } from "~/platform/intake/take-sheet.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

const db = testDatabase();
let city: TestCity;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  city = await makeCity(db);
  // Starts the worker that reads sheets: reading has less patience than a busy machine may need to start one.
  await templateOf(kindOf("systems"));
});

const KEYS = ["systems", "cloud-steps", "security-tests", "matters", "materials", "reports"];

describe("the registers that are filled from sheets", () => {
  it.each(KEYS)(
    "%s has a template whose example is not taken in, and marks a row that says nothing of use",
    async (key) => {
      const kind = kindOf(key);
      const ctx = city.ctx(await city.as("filer"));
      const template = await takeSheet(ctx, kind, await templateOf(kind));
      expect(template).toMatchObject({ ok: false, refusals: [{ code: "table.noRows" }] });
      const nonsense = Object.fromEntries(kind.columns.map((column) => [column.key, "无此内容"]));
      const facts = { today: ctx.today, author: ctx.actor.unitName };
      const { sheetId } = accepted(await takeSheet(ctx, kind, await exportSheet(kind, [nonsense], facts)));
      const { sheet, rows } = await readIntakeSheet(db, ctx.actor, kind, sheetId, { outcome: undefined, page: 1 });
      expect(sheet).toMatchObject({ totalRows: 1, problem: 1 });
      const titles = kind.columns.map((column) => column.key);
      for (const { column } of rows[0]?.problems ?? []) expect(titles).toContain(column);
      const refused = await applySheet(ctx, kind, { sheetId, version: 1 }, "good");
      expect(refused).toMatchObject({ ok: false, refusals: [{ code: "nothingToApply" }] });
    },
  );

  it("an address of no register is no page", () => {
    expect(() => kindOf("projects")).toThrow("notFound");
    expect(() => kindOf("constructor")).toThrow("notFound");
  });

  it("a list of systems adds what is new and changes what is known by its number", async () => {
    const kind = kindOf("systems");
    const ctx = city.ctx(await city.as("filer"));
    const id = await makeSystem({ db, unitId: city.unitId, regionId: city.regionId }, "湿地监测系统", 0);
    const [known] = await db.select().from(systems).where(eq(systems.id, id));
    const row = { secret: "否", hosting: "政务云", ownership: "自建" };
    const file = await exportSheet(
      kind,
      [
        { ...row, code: known?.code ?? "", name: "湿地监测预警系统" },
        { ...row, code: "", name: "矿山修复管理系统" },
      ],
      { today: ctx.today, author: ctx.actor.unitName },
    );
    const { sheetId } = accepted(await takeSheet(ctx, kind, file));
    const { sheet } = await readIntakeSheet(db, ctx.actor, kind, sheetId, { outcome: undefined, page: 1 });
    expect(sheet).toMatchObject({ add: 1, change: 1, problem: 0 });
    expect(accepted(await applySheet(ctx, kind, { sheetId, version: 1 }, "all"))).toEqual({ applied: 2 });
    const now = await db.select({ name: systems.name }).from(systems).where(eq(systems.unitId, city.unitId));
    expect(now.map(({ name }) => name).sort()).toEqual(["湿地监测预警系统", "矿山修复管理系统"].sort());
  });
});
