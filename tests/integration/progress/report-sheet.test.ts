import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { domainEvents, monthlyReports, projects } from "@db/schema";
import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { exportEntry } from "~/modules/progress/bulk/export-entry.server";
import { reportsIntake } from "~/modules/progress/index.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { saveReport } from "~/modules/progress/report/save-report.server";
import { applySheet } from "~/platform/intake/apply-sheet.server";
import { readIntakeSheet } from "~/platform/intake/intake.queries.server";
import { exportSheet, templateOf, type MadeSheet } from "~/platform/intake/register-sheets.server";
import { takeSheet } from "~/platform/intake/take-sheet.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

const db = testDatabase();
const JUNE = period("2026-06");
let city: TestCity;
let filer: Actor;
let project: TestProject;
let code: string;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  // Starts the worker that reads sheets: reading has less patience than a busy machine may need to start one.
  await templateOf(reportsIntake);
});
beforeEach(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-06-01",
    plan: [{ plannedOn: "2026-06-30", cumulativePercent: 20 }],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
  const [row] = await db.select({ code: projects.code }).from(projects).where(eq(projects.id, project.id));
  code = row?.code ?? "";
});

type Values = Record<string, string>;
const COMPLETE: Values = {
  ...{ actualPercent: "18.5", doneThisMonth: "完成管网普查", nextMonth: "开发巡检模块" },
};
const upload = async (actor: Actor, file: MadeSheet) => {
  const { sheetId } = accepted(await takeSheet(city.ctx(actor), reportsIntake, file));
  return { sheetId, ...(await readIntakeSheet(db, actor, reportsIntake, sheetId, { outcome: undefined, page: 1 })) };
};
const take = async (actor: Actor, ...rows: Values[]) =>
  upload(
    actor,
    await exportSheet(
      reportsIntake,
      rows.map((row) => ({ code, period: "2026-06", ...row })),
      { today: city.ctx(actor).today, author: "测试" },
    ),
  );
const apply = (actor: Actor, sheetId: string, mode: "all" | "good" = "all") =>
  applySheet(city.ctx(actor), reportsIntake, { sheetId, version: 1 }, mode);
const load = async () => {
  const [row] = await db
    .select()
    .from(monthlyReports)
    .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, JUNE)));
  return row ?? expect.fail("no report");
};

describe("a sheet of monthly reports", () => {
  it("is downloaded prefilled with what is due, and taken in again as it is", async () => {
    const { rows } = await upload(filer, await exportEntry(city.ctx(filer), JUNE));
    expect(rows).toMatchObject([{ outcome: "add", label: expect.stringContaining("2026年6月") as string }]);
  });

  it("shows what would change before anything is written, then saves the draft", async () => {
    const { sheetId, rows } = await take(filer, COMPLETE);
    expect(rows[0]?.changes).toEqual([
      { title: "实际进度", before: "", after: "18.5" },
      { title: "本月完成情况", before: "", after: "完成管网普查" },
      { title: "下月计划", before: "", after: "开发巡检模块" },
      { title: "办理状态", before: "待填报", after: "填报中" },
    ]);
    expect((await load()).state).toBe("open");
    accepted(await apply(filer, sheetId));
    expect(await load()).toMatchObject({ state: "draft", actualPercent: "18.5000", plannedPercent: "20.0000" });
    const again = await take(filer, { actualPercent: "19%" });
    expect(again.rows[0]).toMatchObject({
      outcome: "change",
      changes: [{ title: "实际进度", before: "18.5", after: "19" }],
    });
    expect((await take(filer, { actualPercent: "18.50" })).rows[0]).toMatchObject({ outcome: "same" });
  });

  it("hands in what is complete and says so", async () => {
    const { sheetId } = await take(filer, { ...COMPLETE, submit: "是" });
    accepted(await apply(filer, sheetId));
    expect((await load()).state).toBe("awaitingSignature");
    const submitted = and(eq(domainEvents.subjectId, (await load()).id), eq(domainEvents.type, "reportSubmitted"));
    expect(await db.$count(domainEvents, submitted)).toBe(1);
    expect((await take(filer, { actualPercent: "20" })).rows[0]).toMatchObject({ outcome: "problem" });
  });

  it.each<[string, Values, string]>([
    ["a project of nobody's", { ...COMPLETE, code: "XM-0000" }, "code"],
    ["a month that is not owed", { ...COMPLETE, period: "2025-01" }, "code"],
    ["no month", { ...COMPLETE, period: "六月" }, "period"],
    ["more than all", { ...COMPLETE, actualPercent: "100.01" }, "actualPercent"],
    ["no figure at all", { doneThisMonth: "完成管网普查" }, "actualPercent"],
    ["handing in without what was done", { actualPercent: "18", nextMonth: "开发", submit: "是" }, "doneThisMonth"],
    ["an answer that is none", { ...COMPLETE, submit: "大概" }, "submit"],
  ])("refuses %s at its column", async (_name, row, column) => {
    const { rows } = await take(filer, row);
    expect(rows[0]).toMatchObject({ outcome: "problem", problems: [{ column }] });
  });

  it("takes a report once in a sheet, and months as people write them", async () => {
    const { rows } = await take(filer, { ...COMPLETE, period: "2026年6月" }, COMPLETE);
    expect(rows.map(({ outcome }) => outcome)).toEqual(["add", "problem"]);
  });

  it("knows no report of another unit, and is not for the leader", async () => {
    const stranger = await city.as("filer", city.otherUnitId);
    expect((await take(stranger, COMPLETE)).rows[0]).toMatchObject({ outcome: "problem" });
    await expect(take(await city.as("unitLead"), COMPLETE)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("what changed after the preview is shown again instead of being overwritten", async () => {
    const { sheetId } = await take(filer, COMPLETE);
    const content = { ...COMPLETE, actualPercent: "17", problems: "", mattersToSettle: "", claims: [] };
    accepted(
      await saveReport(
        city.ctx(filer),
        { projectId: project.id, period: JUNE, version: 1 },
        {
          ...content,
          ...{ doneThisMonth: "另一人写的", nextMonth: "" },
        },
      ),
    );
    expect(await apply(filer, sheetId)).toMatchObject({ ok: false, refusals: [{ code: "changedSincePreview" }] });
    expect((await load()).actualPercent).toBe("17.0000");
  });

  it("ten clicks apply it once", async () => {
    const { sheetId } = await take(filer, COMPLETE);
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, () => apply(filer, sheetId)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    expect((await load()).version).toBe(2);
  });
});
