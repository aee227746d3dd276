import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { maintainedSystems, projects, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { copyProject } from "~/modules/projects/copy-project.server";
import { filingDifferences } from "~/modules/projects/filing-differences";
import { sectionValues } from "~/modules/projects/filing.form-values";
import { checkFiling, readFiling } from "~/modules/projects/filing.queries.server";
import { basicsSchema } from "~/modules/projects/filing.schema";
import { readProject } from "~/modules/projects/load-project.server";
import { saveBasics } from "~/modules/projects/save-basics.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let filer: Ctx;
beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
});

async function makeSystem(unitId: string, name: string): Promise<{ code: string; name: string }> {
  const code = `XT-${newId().slice(-8)}`;
  await db.insert(systems).values({
    id: newId(),
    regionId: city.regionId,
    unitId,
    code,
    name,
    comparedName: name,
    initials: "",
    ownership: "own",
    hosting: "governmentCloud",
    registeredOn: localDate("2025-01-01"),
  });
  return { code, name };
}

/** An upkeep draft that names these systems. */
async function makeUpkeep(maintained: string[]): Promise<string> {
  const { id, version } = await makeCompleteDraft(filer);
  const { name } = await projectRow(filer, id);
  accepted(
    await saveBasics(filer, id, {
      version,
      name,
      class: "maintenanceSoftware",
      nature: "maintenance",
      basis: "年度运维计划",
      shortcutBasis: "",
      leaderName: "陈明",
      liaisonName: "李华",
      liaisonPhone: "0750-8880000",
      leads: [],
      partners: [],
      maintained,
    }),
  );
  return id;
}

const filingOf = async (id: string) => readFiling(db, await readProject(db, filer.actor, id), localDate("2026-07-20"));
const problemsOf = async (id: string) => {
  const { problems } = await checkFiling(db, await readProject(db, filer.actor, id), TODAY);
  return problems.map(({ code }) => code).filter((code) => code.startsWith("maintained"));
};

describe("the systems that an upkeep filing maintains", () => {
  it("are asked for, saved with the basics, shown, and compared between rounds", async () => {
    const system = await makeSystem(city.unitId, "管网系统");
    const foreign = await makeSystem(city.otherUnitId, "水情系统");
    const without = await makeUpkeep([]);
    expect(await problemsOf(without)).toEqual(["maintainedMissing"]);
    // of what was sent only the unit's own systems are kept
    const id = await makeUpkeep([system.code, foreign.code, "XT-unknown"]);
    const filing = await filingOf(id);
    expect(filing.basics.maintained).toEqual([system]);
    expect(await problemsOf(id)).toEqual([]);
    const values = sectionValues("basics", filing);
    expect(values.maintained).toBe(`${system.code} ${system.name}`);
    expect(filingDifferences({ basics: { maintained: [] } }, { basics: filing.basics })).toContainEqual({
      section: "基本信息",
      field: "所运维的系统",
      before: [],
      after: [system.name],
    });
  });

  it("go with a copy; one that is out of use is told", async () => {
    const system = await makeSystem(city.unitId, "旧管网系统");
    const sourceId = await makeUpkeep([system.code]);
    await db.update(projects).set({ stage: "operation" }).where(eq(projects.id, sourceId));
    const { id } = accepted(await copyProject(filer, { sourceId, year: 2027 }));
    expect((await filingOf(id)).basics.maintained).toEqual([system]);
    await db.update(systems).set({ state: "suspended" }).where(eq(systems.code, system.code));
    expect(await problemsOf(id)).toEqual(["maintainedNotInUse"]);
    expect(await db.$count(maintainedSystems, eq(maintainedSystems.projectId, sourceId))).toBe(1);
  });
});

describe("what the form sends of them", () => {
  const read = (maintained: unknown) => basicsSchema.parse({ version: 1, name: "管网系统运维", maintained }).maintained;
  it.each<[string, unknown, string[]]>([
    ["nothing", undefined, []],
    ["one choice", "XT-1 管网系统", ["XT-1"]],
    ["several choices", ["XT-1 管网系统", "XT-2 水情 系统"], ["XT-1", "XT-2"]],
    ["lines of a merged conflict", "XT-1 管网系统\nXT-2 水情系统", ["XT-1", "XT-2"]],
    ["the same twice", ["XT-1 管网系统", "XT-1 管网系统"], ["XT-1"]],
    ["blanks", " ", []],
  ])("%s", (_name, sent, expected) => {
    expect(read(sent)).toEqual(expected);
  });
});
