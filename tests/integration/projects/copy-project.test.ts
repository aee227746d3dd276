import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { attachments, demands, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { fen } from "~/kernel/fen";
import { DomainError } from "~/kernel/result";
import { addDemand } from "~/modules/catalog/index.server";
import { copyProject } from "~/modules/projects/copy-project.server";
import { readFiling } from "~/modules/projects/filing.queries.server";
import { readProject } from "~/modules/projects/load-project.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let filer: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DomainError ? error.kind : error),
  );

const filingOf = async (id: string) => readFiling(db, await readProject(db, filer.actor, id), localDate("2026-07-20"));

describe("copying last year's project", () => {
  it("brings the content a year on, and leaves papers, entries and decisions behind", async () => {
    const { id: sourceId } = await makeCompleteDraft(filer);
    accepted(
      await addDemand(filer, sourceId, {
        wanted: "河道水位信息",
        providerUnitId: city.otherUnitId,
        legalBasis: "防汛条例",
        scene: "内涝预警",
        method: "interface",
        frequency: "daily",
      }),
    );
    await db
      .update(projects)
      .set({ approvedFen: fen(1), reviewedFen: fen(1), stage: "operation" })
      .where(eq(projects.id, sourceId));
    const { id } = accepted(await copyProject(filer, { sourceId, year: 2027 }));
    const [source, copy] = [await filingOf(sourceId), await filingOf(id)];

    expect(await projectRow(filer, id)).toMatchObject({
      name: source.basics.name,
      year: 2027,
      stage: "draft",
      copiedFromId: sourceId,
      version: 1,
      approvedFen: null,
      reviewedFen: null,
    });
    expect(copy.basics).toEqual({ ...source.basics, year: 2027 });
    expect(copy.goals).toMatchObject({
      need: source.goals.need,
      plannedStartOn: "2027-09-01",
      plannedEndOn: "2028-06-30",
      milestones: [{ name: "完成终验", plannedOn: "2028-06-30", cumulativePercent: 100 }],
      goals: source.goals.goals,
    });
    expect(copy.money).toMatchObject({
      declaredFen: source.money.declaredFen,
      lines: source.money.lines,
      years: [{ year: 2027 }],
      feasibilityFen: null,
    });
    expect(copy.security).toEqual(source.security);
    expect(copy.components).toEqual(source.components);
    expect(copy.data).toMatchObject({ resources: [], demands: [{ wanted: "河道水位信息", providerName: "市水利局" }] });
    expect(await db.select().from(attachments).where(eq(attachments.projectId, id))).toEqual([]);
    // The old one keeps what it had.
    expect(await db.$count(demands, eq(demands.projectId, sourceId))).toBe(1);
    expect(source.goals.plannedEndOn).toBe("2027-06-30");
  });

  it("refuses the name of a live project of that year, also when pressed twice at once", async () => {
    const { id: sourceId } = await makeCompleteDraft(filer);
    expect(await copyProject(filer, { sourceId, year: 2026 })).toMatchObject({ refusals: [{ code: "nameTaken" }] });
    const twice = await Promise.all([1, 2].map(() => copyProject(filer, { sourceId, year: 2028 })));
    expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it("another unit's project does not exist, a region's reader has no unit's draft to open, a leader may not", async () => {
    const { id: sourceId } = await makeCompleteDraft(filer);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const bureau = city.ctx(await city.as("bureauReviewer"));
    const lead = city.ctx(await city.as("unitLead"));
    expect(await kindOf(copyProject(stranger, { sourceId, year: 2027 }))).toBe("notFound");
    expect(await kindOf(copyProject(bureau, { sourceId, year: 2027 }))).toBe("notFound");
    expect(await kindOf(copyProject(lead, { sourceId, year: 2027 }))).toBe("forbidden");
  });
});
