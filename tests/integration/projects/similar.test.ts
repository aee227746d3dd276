import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { catalogCategories, demands, projects, projectSubmissions, resources, ruleFigures, systems } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  accepted,
  makeCompleteDraft,
  makeDraft,
  makeProjectResource,
  projectRow,
} from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { comparedContent, comparedName, foldName } from "~/kernel/names";
import type { ProjectStage } from "~/kernel/vocabulary";
import { saveDifference } from "~/modules/projects/save-difference.server";
import { saveGoals } from "~/modules/projects/save-goals.server";
import { reviewedHits } from "~/modules/projects/similar/reviewed-hits.queries.server";
import { similarTo, similarToProject, type ComparedSubject } from "~/modules/projects/similar/similar.queries.server";
import { similarToTyped } from "~/modules/projects/similar/typed-filing.queries.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
const CONTENT = "地下供水排水燃气管线分属多家单位，资料零散、坐标不一，施工时常挖断管线，需要统一普查入库。";

let city: TestCity;
let filer: Ctx;
let neighbour: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
  neighbour = city.ctx(await city.as("filer", city.otherUnitId));
});

/** Letters only, so that no two names of these tests have a pair in common. */
let serial = 0;
const wordOfItsOwn = (): string => {
  serial++;
  const characters = Array.from({ length: 6 }, (_, at) => String.fromCodePoint(0x4e00 + serial * 97 + at * 7));
  return characters.join("");
};

/** A neighbour's project at a stage. */
async function filed(
  name: string,
  stage: ProjectStage = "operation",
  more: Partial<typeof projects.$inferInsert> = {},
) {
  const id = await makeDraft(neighbour, `${name}${stage}`);
  await db
    .update(projects)
    .set({ name, normalizedName: foldName(name), comparedName: comparedName(name), stage, ...more })
    .where(eq(projects.id, id));
  return id;
}

async function system(name: string, more: Partial<typeof systems.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await db.insert(systems).values({
    ...{ id, regionId: city.regionId, unitId: city.otherUnitId, code: id.slice(-12), name },
    ...{ comparedName: comparedName(name), initials: "", ownership: "own", hosting: "ownRoom" },
    registeredOn: localDate("2025-01-01"),
    ...more,
  });
  return id;
}

const typed = (name: string, more: Partial<ComparedSubject> = {}) =>
  similarTo(
    db,
    {
      ...{ regionId: city.regionId, unitId: city.unitId, projectId: null, parentId: null },
      ...{ class: "softwareSpecial", name, need: "", content: "" },
      ...more,
    },
    TODAY,
  );
const idsOf = (hits: readonly { readonly id: string }[]) => hits.map(({ id }) => id);

describe("names", () => {
  it("finds filed projects and systems of the inventory by their compared names, with why", async () => {
    const word = wordOfItsOwn();
    const [project, inInventory] = [await filed(`${word}系统（一期）`), await system(`智慧${word}平台`)];
    const hits = await typed(`${word}二期工程`);
    expect(new Set(idsOf(hits))).toEqual(new Set([project, inInventory]));
    const [row] = await db.select().from(projects).where(eq(projects.id, project));
    expect(hits.find(({ kind }) => kind === "project")).toEqual({
      ...{ kind: "project", id: project, code: row?.code, name: `${word}系统（一期）` },
      ...{ unitId: city.otherUnitId, unitName: "市水利局", stage: "operation", statementDue: true },
      reasons: [
        { code: "name", percent: 100, demands: true },
        { code: "sameClass", demands: false },
      ],
    });
  });

  it.each<[ProjectStage, number]>([
    ["draft", 0],
    ["withdrawn", 0],
    ["rejected", 0],
    ["terminated", 0],
    ["submitted", 1],
    ["returned", 1],
    ["underReview", 1],
    ["suspended", 1],
    ["lapsed", 1],
    ["archived", 1],
  ])("another unit's project that is %s: %d hits", async (stage, expected) => {
    const word = wordOfItsOwn();
    await filed(word, stage);
    expect(await typed(word)).toHaveLength(expected);
  });

  it("keeps to the region", async () => {
    const word = wordOfItsOwn();
    await filed(word, "operation", { regionId: city.otherRegionId });
    await system(word, { regionId: city.otherRegionId });
    expect(await typed(word)).toEqual([]);
  });

  it("leaves out retired systems, its own systems and itself", async () => {
    const word = wordOfItsOwn();
    const id = await filed(word);
    await system(`${word}平台`, { retiredOn: localDate("2026-01-01") });
    await system(`${word}系统`, { projectId: id });
    const [project] = await db.select().from(projects).where(eq(projects.id, id));
    if (!project) throw new Error("no project");
    expect(await similarToProject(db, project, TODAY)).toEqual([]);
  });

  it("leaves out the lead and the other parts of the same project", async () => {
    const word = wordOfItsOwn();
    const lead = await filed(word);
    const part = await filed(word, "submitted", { parentId: lead });
    expect(idsOf(await typed(word, { projectId: newId(), parentId: lead }))).toEqual([]);
    expect(idsOf(await typed(word, { projectId: lead }))).toEqual([]);
    expect(new Set(idsOf(await typed(word)))).toEqual(new Set([lead, part]));
  });

  it("finds the unit's own of the same class from a lower likeness on", async () => {
    const [word, more] = [wordOfItsOwn(), wordOfItsOwn()];
    const own = await filed(`${word.slice(0, 3)}${more}`, "operation", { unitId: city.unitId });
    const other = await filed(`${word.slice(0, 3)}${more}甲乙丙丁`);
    const hits = await typed(word.slice(0, 5));
    expect(idsOf(hits)).toEqual([own]);
    expect(idsOf(hits)).not.toContain(other);
  });

  it("uses the figures of the day", async () => {
    const word = wordOfItsOwn();
    await filed(`${word}${wordOfItsOwn().slice(0, 5)}${wordOfItsOwn().slice(0, 3)}`);
    const [before] = await typed(word);
    expect(before).toMatchObject({ statementDue: false });
    const figure = { code: "duplicate.similarity", name: "查重", value: "0.3", unit: "相似度", source: "测试" };
    const [old] = await db.select().from(ruleFigures).where(eq(ruleFigures.code, figure.code));
    await db.update(ruleFigures).set({ value: "0.3" }).where(eq(ruleFigures.code, figure.code));
    try {
      expect((await typed(word))[0]).toMatchObject({ statementDue: true });
    } finally {
      await db
        .update(ruleFigures)
        .set({ value: old?.value ?? "" })
        .where(eq(ruleFigures.code, figure.code));
    }
  });
});

describe("contents", () => {
  it("finds the same content under another name", async () => {
    const project = await filed(wordOfItsOwn(), "implementation", { comparedContent: comparedContent(CONTENT, "") });
    const [hit] = await typed(wordOfItsOwn(), { need: CONTENT.slice(0, 20), content: CONTENT.slice(20) });
    expect(hit).toMatchObject({ id: project, statementDue: true });
    expect(hit?.reasons[0]).toEqual({ code: "content", percent: 100, demands: true });
    await db.update(projects).set({ comparedContent: "" }).where(eq(projects.id, project));
  });

  it("what saveGoals writes is what is compared", async () => {
    const id = await makeDraft(neighbour, wordOfItsOwn());
    const dates = { plannedStartOn: localDate("2026-09-01"), plannedEndOn: localDate("2027-06-30") };
    accepted(
      await saveGoals(neighbour, id, { version: 1, need: "", content: CONTENT, milestones: [], goals: [], ...dates }),
    );
    await db.update(projects).set({ stage: "operation" }).where(eq(projects.id, id));
    expect(idsOf(await typed(wordOfItsOwn(), { content: CONTENT }))).toEqual([id]);
    await db.update(projects).set({ comparedContent: "" }).where(eq(projects.id, id));
  });

  it("a content too short says nothing", async () => {
    const id = await filed(wordOfItsOwn(), "operation", { comparedContent: "建设管网一张图" });
    expect(await typed(wordOfItsOwn(), { content: "建设管网一张图" })).toEqual([]);
    await db.update(projects).set({ comparedContent: "" }).where(eq(projects.id, id));
  });
});

describe("shared resources", () => {
  const ownerOf = (projectId: string, unitId: string) => ({ projectId, regionId: city.regionId, unitId });

  it("the same class and two resources that both provide or both ask for", async () => {
    const mine = await makeDraft(filer, wordOfItsOwn());
    const theirs = await filed(wordOfItsOwn());
    const name = wordOfItsOwn();
    await makeProjectResource(filer, ownerOf(mine, city.unitId), name);
    await makeProjectResource(filer, ownerOf(theirs, city.otherUnitId), name);
    const hits = async () => similarToProject(db, await projectRow(filer, mine), TODAY);
    expect(await hits()).toEqual([]);

    const wanted = await wantedResource();
    await demand(mine, city.unitId, wanted.id);
    await demand(theirs, city.otherUnitId, wanted.id);
    const [hit] = await hits();
    expect(hit).toMatchObject({ id: theirs, statementDue: true });
    const shared = hit?.reasons.find(({ code }) => code === "sharedResources");
    expect(shared).toMatchObject({ demands: true });
    expect(new Set(shared && "names" in shared ? shared.names : [])).toEqual(new Set([name, wanted.name]));

    await db.update(demands).set({ state: "refused" }).where(eq(demands.projectId, theirs));
    expect(await hits()).toEqual([]);
  });

  async function wantedResource() {
    const [category] = await db.select().from(catalogCategories).limit(1);
    const [id, name] = [newId(), wordOfItsOwn()];
    await db.insert(resources).values({
      ...{ id, regionId: city.regionId, unitId: city.bureauUnitId, categoryCode: category?.code ?? "", name },
      ...{ normalizedName: name, initials: "", searchGrams: [], summary: "", formatClass: "database" },
      ...{ sharingType: "unconditional", method: "interface", updateCycle: "monthly", state: "published" },
    });
    return { id, name };
  }

  async function demand(projectId: string, unitId: string, resourceId: string) {
    await db.insert(demands).values({
      ...{ id: newId(), regionId: city.regionId, unitId, projectId, resourceId, wanted: "数据", legalBasis: "条例" },
      ...{ scene: "核验", method: "interface", frequency: "daily", state: "applied" },
    });
  }
});

describe("at submission", () => {
  it("is refused without a statement, and freezes what was found with it", async () => {
    const word = wordOfItsOwn();
    const theirs = await filed(`${word}系统`);
    const { id, version } = await makeCompleteDraft(filer, `智慧${word}平台`);
    const refused = await submitProject(filer, { projectId: id, version });
    expect(refused.ok ? [] : refused.refusals).toMatchObject([
      { code: "differenceMissing", facts: { count: 1, name: `${word}系统` } },
    ]);
    expect(await db.$count(projectSubmissions, eq(projectSubmissions.projectId, id))).toBe(0);

    accepted(await saveDifference(filer, id, { version, differenceStatement: "对方只管燃气管网" }));
    accepted(await submitProject(filer, { projectId: id, version: version + 1 }));
    const { similar, foundSince } = await reviewedHits(db, id, []);
    expect(idsOf(similar)).toEqual([theirs]);
    expect(foundSince).toEqual([]);
  });

  it("the reviewer sees the hits of that day, and apart what came since", async () => {
    const word = wordOfItsOwn();
    const { id, version } = await makeCompleteDraft(filer, word);
    const today = async () => similarToProject(db, await projectRow(filer, id), TODAY);
    const before = await reviewedHits(db, id, await today());
    expect(before).toEqual({ similar: [], foundSince: [] });
    accepted(await submitProject(filer, { projectId: id, version }));
    const later = await filed(`${word}平台`, "underReview");
    const { similar, foundSince } = await reviewedHits(db, id, await today());
    expect([idsOf(similar), idsOf(foundSince)]).toEqual([[], [later]]);
  });
});

describe("while typing", () => {
  const asked = (ctx: Ctx, fields: Record<string, string>) => similarToTyped(ctx, new URLSearchParams(fields));

  it("finds by name alone, and nothing for a single character", async () => {
    const word = wordOfItsOwn();
    const theirs = await filed(word);
    expect(idsOf(await asked(filer, { name: ` ${word}系统 ` }))).toEqual([theirs]);
    expect(await asked(filer, { name: word.slice(0, 1) })).toEqual([]);
    expect(await asked(filer, {})).toEqual([]);
  });

  it("takes from the project what is not typed", async () => {
    const [saved, typedWord] = [wordOfItsOwn(), wordOfItsOwn()];
    const [alikeSaved, alikeTyped] = [await filed(saved), await filed(typedWord)];
    const project = await makeDraft(filer, saved);
    expect(idsOf(await asked(filer, { project }))).toEqual([alikeSaved]);
    expect(idsOf(await asked(filer, { project, name: typedWord }))).toEqual([alikeTyped]);
  });

  it("an unknown class or a text too long counts as not typed", async () => {
    const word = wordOfItsOwn();
    await filed(word);
    const [hit] = await asked(filer, { name: word, class: "rocket", content: "长".repeat(2_001), project: "none" });
    expect(hit?.reasons.map(({ code }) => code)).toEqual(["name"]);
  });

  it("another unit's draft is not there, and who may not draft is refused", async () => {
    const project = await makeDraft(neighbour, wordOfItsOwn());
    await expect(asked(filer, { project })).rejects.toMatchObject({ kind: "notFound" });
    const leader = city.ctx(await city.as("leader"));
    await expect(asked(leader, { name: "管网系统" })).rejects.toMatchObject({ kind: "forbidden" });
    const bureau = city.ctx(await city.as("bureauReviewer"));
    await expect(asked(bureau, { project })).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("of another unit's project it tells name, number, unit and stage, and no more", async () => {
    const word = wordOfItsOwn();
    await filed(word, "underReview", { need: "保密的需求", content: "保密的内容", comparedContent: "" });
    const [hit] = await asked(filer, { name: word });
    const told = ["code", "id", "kind", "name", "reasons", "stage", "statementDue", "unitId", "unitName"];
    expect(Object.keys(hit ?? {}).sort()).toEqual(told);
    expect(JSON.stringify(hit)).not.toContain("保密");
  });
});
