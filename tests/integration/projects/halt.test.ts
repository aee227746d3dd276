import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, monthlyReports, outbox, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProject } from "@tests/support/factories/assessment";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import type { ProjectStage } from "~/kernel/vocabulary";
import { progressListeners } from "~/modules/progress/index.server";
import { dropReports } from "~/modules/progress/duty/drop-reports.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { haltOf } from "~/modules/projects/halt.queries.server";
import { lapseProject, lapseProjects } from "~/modules/projects/lapse-project.server";
import { resumeProject } from "~/modules/projects/resume-project.server";
import { startProcurement } from "~/modules/projects/start-procurement.server";
import { suspendProject } from "~/modules/projects/suspend-project.server";
import { terminateProject } from "~/modules/projects/terminate-project.server";
import { relayOutbox } from "~/platform/outbox.server";
import { systemActor } from "~/platform/system-actor";

const db = testDatabase();
let city: TestCity;
let bureau: Actor;
let filer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
  filer = await city.as("filer");
});

const make = (stage: ProjectStage, more: Partial<typeof projects.$inferInsert> = {}) =>
  makeProject(city, "智慧管网系统", [["approved", "2024-07-20"]], { stage, ...more });
const stageOf = async (id: string) => (await projectRow({ db }, id)).stage;
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const duties = async (projectId: string) =>
  (
    await db
      .select({ period: monthlyReports.period })
      .from(monthlyReports)
      .where(eq(monthlyReports.projectId, projectId))
      .orderBy(asc(monthlyReports.period))
  ).map(({ period }) => period);

describe("suspending and resuming", () => {
  it.each(["procurement", "implementation", "initialAccepted", "trialRun"] as const)(
    "%s: stands still, says why, and goes back to where it was",
    async (stage) => {
      const projectId = await make(stage);
      const ctx = city.ctx(bureau);
      expect(codes(await suspendProject(ctx, { projectId, version: 1, reason: " " }))).toEqual(["reasonGiven"]);
      accepted(await suspendProject(ctx, { projectId, version: 1, reason: "场地拆迁" }));
      const suspended = await projectRow({ db }, projectId);
      expect([suspended.stage, suspended.suspendedFrom]).toEqual(["suspended", stage]);
      expect(await haltOf(db, suspended)).toMatchObject({ since: "2026-07-20", reason: "场地拆迁", basis: "" });
      expect(codes(await suspendProject(ctx, { projectId, version: 2, reason: "再停" }))).toEqual(["notInThisStage"]);
      accepted(await resumeProject(ctx, { projectId, version: 2, reason: "场地交付" }));
      const resumed = await projectRow({ db }, projectId);
      expect([resumed.stage, resumed.suspendedFrom]).toEqual([stage, null]);
      expect(await haltOf(db, resumed)).toBeNull();
    },
  );

  it("is the bureau's, under the version that was read, and hidden from other units", async () => {
    const projectId = await make("implementation");
    const input = { projectId, version: 1, reason: "停" };
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    await expect(suspendProject(city.ctx(filer), input)).rejects.toMatchObject({ kind: "forbidden" });
    for (const verb of [suspendProject, resumeProject]) {
      await expect(verb(stranger, input)).rejects.toMatchObject({ kind: "notFound" });
    }
    await expect(terminateProject(stranger, { ...input, basis: "文" })).rejects.toMatchObject({ kind: "notFound" });
    const both = await Promise.allSettled([1, 2].map(() => suspendProject(city.ctx(bureau), input)));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, projectId))).toBe(1);
    await expect(resumeProject(city.ctx(bureau), input)).rejects.toMatchObject({ kind: "conflict" });
  });

  it.each(["draft", "approved", "accepted", "terminated"] as const)("%s is not suspended", async (stage) => {
    const projectId = await make(stage);
    const result = await suspendProject(city.ctx(bureau), { projectId, version: 1, reason: "停" });
    expect(codes(result)).toEqual(["notInThisStage"]);
  });

  it("a project whose stage before is not known is not resumed", async () => {
    const projectId = await make("suspended");
    const result = await resumeProject(city.ctx(bureau), { projectId, version: 1, reason: "恢复" });
    expect(codes(result)).toHaveLength(1);
    expect(await stageOf(projectId)).toBe("suspended");
  });
});

describe("monthly reports of a project that stands still", () => {
  it("are not asked for from the month of the halt on, and again from the month it is resumed", async () => {
    const { id: projectId } = await makeProjectUnderWay(city, {
      startedOn: "2026-05-04",
      more: { stage: "implementation" },
    });
    await openReports(db, localDate("2026-07-20"), { projectId });
    accepted(await suspendProject(city.ctx(bureau), { projectId, version: 1, reason: "场地拆迁" }));
    await relayOutbox(db, progressListeners);
    expect(await duties(projectId)).toEqual(["2026-05", "2026-06"]);
    expect(await openReports(db, localDate("2026-09-10"), { projectId })).toBe(0);
    accepted(await resumeProject(city.ctx(bureau, "2026-09-10"), { projectId, version: 2, reason: "场地交付" }));
    await openReports(db, localDate("2026-09-10"), { projectId });
    expect(await duties(projectId)).toEqual(["2026-05", "2026-06", "2026-09"]);
    expect(await dropReports(db, projectId, localDate("2026-07-20"))).toBe(0);
  });

  it("stay where something was handed in", async () => {
    const { id: projectId } = await makeProjectUnderWay(city, {
      startedOn: "2026-07-01",
      more: { stage: "suspended" },
    });
    const month = { projectId, regionId: city.regionId, unitId: city.unitId, dueOn: localDate("2026-08-17") };
    await db.insert(monthlyReports).values({
      ...month,
      id: projectId,
      period: "2026-07" as never,
      state: "signed",
      firstSubmittedAt: new Date("2026-07-20T02:00:00Z"),
    });
    expect(await dropReports(db, projectId, localDate("2026-07-20"))).toBe(0);
    expect(await duties(projectId)).toEqual(["2026-07"]);
  });
});

describe("terminating", () => {
  it("needs a reason and its document, and stays to be read", async () => {
    const projectId = await make("approved");
    const ctx = city.ctx(bureau);
    const ref = { projectId, version: 1 };
    expect(codes(await terminateProject(ctx, { ...ref, reason: "不再需要", basis: " " }))).toEqual(["basisGiven"]);
    expect(codes(await terminateProject(ctx, { ...ref, reason: "", basis: "会议纪要〔2026〕3号" }))).toEqual([
      "reasonGiven",
    ]);
    accepted(await terminateProject(ctx, { ...ref, reason: "不再需要", basis: "会议纪要〔2026〕3号" }));
    const row = await projectRow({ db }, projectId);
    expect(row.stage).toBe("terminated");
    expect(await haltOf(db, row)).toMatchObject({ reason: "不再需要", basis: "会议纪要〔2026〕3号" });
    const again = await terminateProject(ctx, { projectId, version: 2, reason: "再来", basis: "" });
    expect(codes(again)).toEqual(["notInThisStage"]);
  });

  it.each(["procurement", "implementation", "initialAccepted", "trialRun", "suspended"] as const)(
    "ends %s",
    async (stage) => {
      const projectId = await make(stage, stage === "suspended" ? { suspendedFrom: "trialRun" } : {});
      const input = { projectId, version: 1, reason: "机构撤并", basis: "市编办文件" };
      accepted(await terminateProject(city.ctx(bureau), input));
      expect(await projectRow({ db }, projectId)).toMatchObject({ stage: "terminated", suspendedFrom: null });
    },
  );
});

describe("lapsing", () => {
  const run = (today: string) => {
    const { now, today: day } = city.ctx(bureau, today);
    return lapseProjects(db, { now, today: day });
  };

  it("warns once for each last day, then lets lapse once, and names the system", async () => {
    const projectId = await make("approved");
    expect(await run("2026-06-19")).toMatchObject({ lapsed: 0 });
    const warnings = () =>
      db.$count(
        messages,
        and(eq(messages.userId, filer.userId), eq(messages.occasion, `lapse ${projectId} 2026-07-20`)),
      );
    expect(await warnings()).toBe(0);
    await run("2026-06-20");
    await run("2026-06-20");
    await run("2026-07-20");
    expect([await warnings(), await stageOf(projectId)]).toEqual([1, "approved"]);

    await Promise.all([run("2026-07-21"), run("2026-07-21")]);
    await run("2026-07-22");
    const row = await projectRow({ db }, projectId);
    expect([row.stage, row.version]).toEqual(["lapsed", 2]);
    const events = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, projectId), eq(domainEvents.type, "projectLapsed")));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      actorId: "system",
      unitName: "系统",
      payload: { lastDay: "2026-07-20", years: 2 },
    });
    expect(await haltOf(db, row)).toMatchObject({ reason: "批复满 2 年（至2026年7月20日）仍未开工" });
    expect(await db.$count(outbox, eq(outbox.subjectId, projectId))).toBe(1);
  });

  it.each<[string, ProjectStage, Partial<typeof projects.$inferInsert>, ProjectStage]>([
    ["in procurement, work not begun", "procurement", {}, "lapsed"],
    ["work begun", "implementation", { startedOn: localDate("2025-01-06") }, "implementation"],
    ["approved later", "approved", { approvedOn: localDate("2024-07-22") }, "approved"],
    ["approved on 29 February 2024", "approved", { approvedOn: localDate("2024-02-29") }, "lapsed"],
    ["suspended", "suspended", { suspendedFrom: "procurement" }, "suspended"],
  ])("%s", async (_name, stage, more, expected) => {
    const projectId = await make(stage, more);
    await run("2026-07-22");
    expect(await stageOf(projectId)).toBe(expected);
  });

  it("who begins in time is left alone", async () => {
    const projectId = await make("approved");
    accepted(await startProcurement(city.ctx(filer), { projectId, version: 1 }));
    await db
      .update(projects)
      .set({ startedOn: localDate("2026-07-20") })
      .where(eq(projects.id, projectId));
    const ctx = { ...city.ctx(bureau, "2026-07-22"), actor: systemActor("bureauReviewer", city.regionId) };
    expect(codes(await lapseProject(ctx, projectId, { years: 2, warnDays: 30 }))).toEqual(["notStartedWithinLimit"]);
    expect(await stageOf(projectId)).toBe("procurement");
  });

  it("the unit itself cannot let it lapse, nor see another's", async () => {
    const projectId = await make("approved");
    const limits = { years: 2, warnDays: 30 };
    await expect(lapseProject(city.ctx(filer), projectId, limits)).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(lapseProject(stranger, projectId, limits)).rejects.toMatchObject({ kind: "notFound" });
  });
});
