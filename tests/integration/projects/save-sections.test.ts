import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  budgetLines,
  domainEvents,
  fundingSources,
  milestones,
  outbox,
  performanceGoals,
  projectComponents,
  projectUnits,
  yearSplits,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { DomainError } from "~/kernel/result";
import { createProject } from "~/modules/projects/create-project.server";
import type { BasicsInput, MoneyInput } from "~/modules/projects/filing.schema";
import { saveBasics } from "~/modules/projects/save-basics.server";
import { saveComponents } from "~/modules/projects/save-components.server";
import { saveDifference } from "~/modules/projects/save-difference.server";
import { saveGoals } from "~/modules/projects/save-goals.server";
import { saveMoney } from "~/modules/projects/save-money.server";
import { saveNoDataStatement } from "~/modules/projects/save-no-data-statement.server";
import { saveSecurity } from "~/modules/projects/save-security.server";
import type { Ctx } from "~/platform/transaction.server";
import { withdrawProject } from "~/modules/projects/withdraw-project.server";

const db = testDatabase();
let city: TestCity;
let filer: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
});

const basics = (version: number, more: Partial<BasicsInput> = {}): BasicsInput => ({
  version,
  name: "智慧管网系统",
  basis: "",
  shortcutBasis: "",
  leaderName: "",
  liaisonName: "",
  liaisonPhone: "",
  leads: [],
  partners: [],
  ...more,
});

const money: MoneyInput = {
  version: 1,
  declared: fen(300),
  lines: [{ category: "software", name: "软件", quantity: "1.5", measureUnit: "套", unitPrice: fen(101) }],
  years: [{ year: 2026, amount: fen(100) }],
  sources: [{ source: "own", amount: fen(7) }],
};

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DomainError ? error.kind : error),
  );

describe("saving basics", () => {
  it("keeps what was typed, links units it knows, and raises the version", async () => {
    const id = await makeDraft(filer);
    const input = basics(1, {
      name: "城市 管网（一期）",
      leads: ["市水利局"],
      partners: ["市水利局", "各镇(街)"],
      basis: "会议纪要",
    });
    expect(await saveBasics(filer, id, input)).toEqual({ ok: true, value: { version: 2 } });
    expect(await projectRow(filer, id)).toMatchObject({
      name: "城市 管网（一期）",
      normalizedName: "城市管网1期",
      initials: "csgwyq",
      basis: "会议纪要",
      class: null,
      version: 2,
    });
    const units = await db
      .select()
      .from(projectUnits)
      .where(eq(projectUnits.projectId, id))
      .orderBy(asc(projectUnits.mention));
    expect(units.map(({ mention, role, unitId }) => ({ mention, role, unitId }))).toEqual(
      expect.arrayContaining([
        { mention: "各镇(街)", role: "co", unitId: null },
        { mention: "市水利局", role: "lead", unitId: city.otherUnitId },
      ]),
    );
    expect(units).toHaveLength(2);
  });

  it("refuses the name of another live project of the unit in that year, and saves nothing", async () => {
    accepted(await createProject(filer, { name: "数字高清底图", year: 2026, nature: "new", class: "softwareGeneral" }));
    const id = await makeDraft(filer, "数字底图二");
    expect(await saveBasics(filer, id, basics(1, { name: "数字高清 底图" }))).toEqual({
      ok: false,
      refusals: [{ code: "nameTaken", field: "name", facts: { year: 2026 } }],
    });
    expect(await projectRow(filer, id)).toMatchObject({ name: "数字底图二", version: 1 });
  });
});

describe("saving goals", () => {
  it("replaces milestones and goals in the order typed", async () => {
    const id = await makeDraft(filer);
    const goal = { name: "入库率", operator: "atLeast" as const, target: "95", measureUnit: "%" };
    const step = (name: string, day: string) => ({ name, plannedOn: localDate(day), cumulativePercent: 50 });
    const texts = { need: "底数不清", content: "一张图" };
    await saveGoals(filer, id, {
      version: 1,
      ...texts,
      milestones: [step("旧", "2026-08-01")],
      goals: [goal, { ...goal, name: "旧" }],
    });
    const later = {
      version: 2,
      ...texts,
      milestones: [step("乙", "2026-10-01"), step("甲", "2026-09-01")],
      goals: [goal],
    };
    expect(await saveGoals(filer, id, later)).toEqual({ ok: true, value: { version: 3 } });
    const steps = await db
      .select()
      .from(milestones)
      .where(eq(milestones.projectId, id))
      .orderBy(asc(milestones.position));
    expect(steps.map(({ name }) => name)).toEqual(["乙", "甲"]);
    const goals = await db.select().from(performanceGoals).where(eq(performanceGoals.projectId, id));
    expect(goals.map(({ name }) => name)).toEqual(["入库率"]);
    expect(await projectRow(filer, id)).toMatchObject({ need: "底数不清", plannedStartOn: null });
  });
});

describe("saving money", () => {
  it("computes each line's amount and keeps a total that does not match: a draft may contradict itself", async () => {
    const id = await makeDraft(filer);
    expect((await saveMoney(filer, id, money)).ok).toBe(true);
    const lines = await db.select().from(budgetLines).where(eq(budgetLines.projectId, id));
    expect(lines).toMatchObject([{ quantity: "1.50", unitPriceFen: 101, declaredFen: 152, reviewedFen: null }]);
    expect(await projectRow(filer, id)).toMatchObject({ declaredFen: 300, reviewedFen: null });
    expect(await db.select().from(yearSplits).where(eq(yearSplits.projectId, id))).toMatchObject([
      { year: 2026, amountFen: 100 },
    ]);
    expect(await db.select().from(fundingSources).where(eq(fundingSources.projectId, id))).toMatchObject([
      { source: "own", amountFen: 7 },
    ]);
  });
});

describe("saving the other sections", () => {
  it("security: kinds become columns, blanks become unknown", async () => {
    const id = await makeDraft(filer);
    const input = {
      version: 1,
      secret: "no",
      mlpsLevel: 3,
      hosting: "ownRoom",
      exemption: "specialEquipment",
      cryptoPlan: "国密",
      mlpsFilingNumber: "",
    } as const;
    accepted(await saveSecurity(filer, id, input));
    expect(await projectRow(filer, id)).toMatchObject({
      secret: false,
      mlpsLevel: 3,
      hosting: "ownRoom",
      hostingReason: "specialEquipment",
    });
    accepted(await saveSecurity(filer, id, { version: 2, cryptoPlan: "", mlpsFilingNumber: "" }));
    expect(await projectRow(filer, id)).toMatchObject({
      secret: null,
      mlpsLevel: null,
      hosting: null,
      hostingReason: "",
    });
  });

  it("components: undecided and unknown ones are left out", async () => {
    const id = await makeDraft(filer);
    const components = [
      { code: "identity", decision: "reuse" as const, reason: "" },
      { code: "payment", decision: "notReused" as const, reason: "接口不支持" },
      { code: "seal", decision: undefined, reason: "" },
      { code: "invented", decision: "reuse" as const, reason: "" },
    ];
    accepted(await saveComponents(filer, id, { version: 1, components }));
    const rows = await db.select().from(projectComponents).where(eq(projectComponents.projectId, id));
    expect(rows.map(({ componentCode, decision }) => `${componentCode} ${decision}`).sort()).toEqual([
      "identity reuse",
      "payment notReused",
    ]);
  });

  it("statements: no data, and difference", async () => {
    const id = await makeDraft(filer);
    accepted(await saveNoDataStatement(filer, id, { version: 1, noDataStatement: "只采购终端" }));
    accepted(await saveDifference(filer, id, { version: 2, differenceStatement: "范围不同" }));
    expect(await projectRow(filer, id)).toMatchObject({
      noDataStatement: "只采购终端",
      differenceStatement: "范围不同",
      version: 3,
    });
  });
});

describe("who, when and in which order", () => {
  it("leaves one event and one outbox row per save, naming the section", async () => {
    const id = await makeDraft(filer);
    accepted(await saveMoney(filer, id, money));
    const events = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.subjectId, id))
      .orderBy(asc(domainEvents.id));
    expect(events.map(({ type }) => type)).toEqual(["projectDrafted", "filingSectionSaved"]);
    expect(events[1]?.payload).toMatchObject({ section: "money" });
    expect(await db.select().from(outbox).where(eq(outbox.subjectId, id))).toHaveLength(2);
  });

  it("a second save from the same page is a conflict and changes nothing", async () => {
    const id = await makeDraft(filer);
    accepted(await saveBasics(filer, id, basics(1, { name: "先存的名称", basis: "先" })));
    expect(await kindOf(saveBasics(filer, id, basics(1, { name: "后存的名称", basis: "后" })))).toBe("conflict");
    expect(await projectRow(filer, id)).toMatchObject({ name: "先存的名称", basis: "先", version: 2 });
  });

  it("two saves at the same moment: one wins, the other is a conflict", async () => {
    const id = await makeDraft(filer);
    const outcomes = await Promise.all([
      kindOf(saveBasics(filer, id, basics(1, { name: "同时保存之甲" }))),
      kindOf(saveBasics(filer, id, basics(1, { name: "同时保存之乙" }))),
    ]);
    expect(outcomes.sort()).toEqual(["conflict", "no error"]);
    expect((await projectRow(filer, id)).version).toBe(2);
  });

  it("another unit's filer sees nothing to save; the own leader sees it but may not write", async () => {
    const id = await makeDraft(filer);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const lead = city.ctx(await city.as("unitLead"));
    expect(await kindOf(saveMoney(stranger, id, money))).toBe("notFound");
    expect(await kindOf(saveMoney(lead, id, money))).toBe("forbidden");
  });

  it("a withdrawn filing can no longer be edited", async () => {
    const id = await makeDraft(filer);
    accepted(await withdrawProject(filer, { projectId: id, version: 1, reason: "不再建设" }));
    expect(await saveMoney(filer, id, { ...money, version: 2 })).toEqual({
      ok: false,
      refusals: [{ code: "notEditable" }],
    });
  });
});
