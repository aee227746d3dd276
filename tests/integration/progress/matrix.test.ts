import { beforeAll, describe, expect, it } from "vitest";

import { domainEvents, monthlyReports, reportExplanations } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeProject, makeReport, UNDER_WAY } from "@tests/support/factories/assessment";
import { testDatabase } from "@tests/support/worker-database";
import { eq } from "drizzle-orm";
import type { Actor } from "~/kernel/actor";
import { addDays, localDate } from "~/kernel/local-date";
import { keysOf, REPORT_STATUSES } from "~/kernel/vocabulary";
import { exportMatrix } from "~/modules/progress/matrix/export-matrix.server";
import { listReports, unsentReports } from "~/modules/progress/matrix/report-list.queries.server";
import {
  levelFor,
  matrixCounts,
  readMatrix,
  readMatrixQuery,
  readUnitMatrix,
  regionOptions,
} from "~/modules/progress/matrix/report-matrix.queries.server";
import { urgeReports } from "~/modules/progress/matrix/urge-reports.server";
import { newId } from "~/platform/ids.server";
import { readWorkbook } from "~/platform/xlsx/read-workbook.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let bureau: Actor;
let reports: Record<"onTime" | "late" | "missing" | "notDue" | "before", string>;
const ask = (text = "") => readMatrixQuery(new URLSearchParams(text), TODAY);
const scope = () => scopeFor(bureau, "report:read");

/** Two units: one with a report of each kind in June, one with a report in time in June and one in May. */
beforeAll(async () => {
  city = await makeCity(db);
  bureau = await city.as("bureauReviewer");
  const [own, other] = [city.unitId, city.otherUnitId].map((unitId) => ({ db, regionId: city.regionId, unitId }));
  if (!own || !other) throw new Error("two units");
  const project = (name: string) => makeProject(own, name, UNDER_WAY);
  reports = {
    onTime: await makeReport(own, await project("甲"), "2026-06", "2026-07-15", "2026-07-15", { light: "red" }),
    late: await makeReport(own, await project("乙"), "2026-06", "2026-07-15", "2026-07-16", { light: "yellow" }),
    missing: await makeReport(own, await project("丙"), "2026-06", "2026-07-15", null),
    notDue: await makeReport(own, await project("丁"), "2026-06", "2026-07-31", null),
    before: "",
  };
  const theirs = await makeProject(other, "戊", UNDER_WAY);
  await makeReport(other, theirs, "2026-06", "2026-07-15", "2026-07-10");
  reports.before = await makeReport(other, theirs, "2026-05", "2026-06-15", "2026-06-20");
});

describe("levelFor", () => {
  it.each([
    ["who reaches several units begins with them", "bureauReviewer", "", "unit"],
    ["one unit asked for: its projects", "bureauReviewer", "unit=市水利局", "project"],
    ["a unit begins with its projects", "filer", "", "project"],
    ["what is asked for decides", "filer", "by=report", "report"],
    ["nonsense does not", "bureauReviewer", "by=nonsense", "unit"],
  ] as const)("%s", async (_name, role, query, expected) => {
    const actor = await city.as(role);
    expect(levelFor(ask(query), scopeFor(actor, "report:read"))).toBe(expected);
  });
});

describe("by unit", () => {
  it("counts each unit's reports of a month and their lights", async () => {
    const { rows, cells, total } = await readUnitMatrix(db, scope(), ask(), TODAY);
    expect([rows.map(({ name }) => name).sort(), total]).toEqual([["市水利局", "市自然资源局"], 2]);
    const at = (unitId: string, month: string) => cells.find((c) => c.unitId === unitId && c.period === month);
    expect(at(city.unitId, "2026-06")).toMatchObject({
      onTime: 1,
      late: 1,
      missing: 1,
      notDue: 1,
      red: 1,
      yellow: 1,
      green: 0,
    });
    expect(at(city.otherUnitId, "2026-06")).toMatchObject({ onTime: 1, late: 0, missing: 0, notDue: 0, green: 1 });
    expect(at(city.otherUnitId, "2026-05")).toMatchObject({ onTime: 0, late: 1 });
  });

  it("every count is the number of reports of its list", async () => {
    const { cells } = await readUnitMatrix(db, scope(), ask(), TODAY);
    for (const cell of cells) {
      for (const status of keysOf(REPORT_STATUSES)) {
        const query = ask(`by=report&unit=${cell.unitId}&period=${cell.period}&status=${status}`);
        const { total, rows } = await listReports(db, scope(), query, TODAY);
        expect([cell.unitId, cell.period, status, total, rows.length]).toEqual([
          cell.unitId,
          cell.period,
          status,
          cell[status],
          cell[status],
        ]);
      }
    }
  });

  it("of a month asked about shows only units whose reports stand so", async () => {
    const names = async (query: string) =>
      (await readUnitMatrix(db, scope(), ask(query), TODAY)).rows.map(({ name }) => name);
    expect(await names("status=late")).toEqual(["市自然资源局"]);
    expect(await names("light=green")).toEqual(["市水利局"]);
    expect(await names("period=2026-05&status=late")).toEqual(["市水利局"]);
    expect(await names("status=late&light=red")).toEqual([]);
  });
});

describe("the counts of all", () => {
  it("say of every day what the single reports say", async () => {
    for (let today = localDate("2026-07-14"); today <= "2026-07-21"; today = addDays(today, 1)) {
      const query = { ...ask(), through: ask().period };
      const [counts, { cells }] = await Promise.all([
        matrixCounts(db, scope(), query, today),
        readMatrix(db, scope(), query, today),
      ]);
      const summed = (status: string) =>
        counts.filter((c) => c.status === status && c.period === "2026-06").reduce((total, { n }) => total + n, 0);
      const single = (status: string) => cells.filter((c) => c.status === status && c.period === "2026-06").length;
      for (const status of keysOf(REPORT_STATUSES)) {
        expect([today, status, summed(status)]).toEqual([today, status, single(status)]);
      }
    }
  });

  it.each([
    ["a moment before midnight in Shanghai", "2026-07-15T15:59:59.999Z", "onTime"],
    ["midnight in Shanghai", "2026-07-15T16:00:00.000Z", "late"],
  ])("a report handed in %s", async (_name, instant, expected) => {
    const before = await db.select().from(monthlyReports).where(eq(monthlyReports.id, reports.onTime));
    await db
      .update(monthlyReports)
      .set({ firstSubmittedAt: new Date(instant) })
      .where(eq(monthlyReports.id, reports.onTime));
    const { rows } = await listReports(db, scope(), ask("by=report"), TODAY);
    expect(rows.find(({ id }) => id === reports.onTime)?.status).toBe(expected);
    const firstSubmittedAt = before[0]?.firstSubmittedAt ?? null;
    await db.update(monthlyReports).set({ firstSubmittedAt }).where(eq(monthlyReports.id, reports.onTime));
  });
});

describe("the list", () => {
  it("tells the last urging and what the unit explains, the newest first", async () => {
    await db.insert(reportExplanations).values(
      ["2026-07-16", "2026-07-17"].map((day) => ({
        id: newId(),
        reportId: reports.late,
        regionId: city.regionId,
        about: "late" as const,
        text: `${day} 说明`,
        writtenBy: "filer",
        writtenAt: new Date(`${day}T02:00:00Z`),
      })),
    );
    await urgeReports(city.ctx(bureau, "2026-07-17"), [reports.missing]);
    await urgeReports(city.ctx(bureau), [reports.missing]);
    const { rows } = await listReports(db, scope(), ask("by=report"), TODAY);
    expect(rows.find(({ id }) => id === reports.late)?.explanations.map(({ text }) => text)).toEqual([
      "2026-07-17 说明",
      "2026-07-16 说明",
    ]);
    expect(rows.find(({ id }) => id === reports.missing)?.urgedAt?.toISOString()).toBe("2026-07-20T01:00:00.000Z");
    expect(rows.find(({ id }) => id === reports.onTime)).toMatchObject({ urgedAt: null, explanations: [] });
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, reports.missing))).toBe(2);
  });

  it("of what is not handed in: due or not", async () => {
    const ids = (await unsentReports(db, scope(), ask("status=late&light=red"), TODAY)).map(({ id }) => id);
    expect(ids.sort()).toEqual([reports.missing, reports.notDue].sort());
  });
});

describe("who sees what", () => {
  it("a unit sees its own at every level, another unit nothing of it", async () => {
    const own = scopeFor(await city.as("filer"), "report:read");
    const stranger = scopeFor(await city.as("filer", await makeUnit(db, city.regionId, "市教育局")), "report:read");
    const seen = async (of: typeof own) => [
      (await readUnitMatrix(db, of, ask(), TODAY)).total,
      (await readMatrix(db, of, ask(), TODAY)).total,
      (await listReports(db, of, ask(), TODAY)).total,
      (await matrixCounts(db, of, ask(), TODAY)).length,
    ];
    expect((await seen(own)).slice(0, 3)).toEqual([1, 4, 4]);
    expect(await seen(stranger)).toEqual([0, 0, 0, 0]);
  });

  it("a region is asked for within one's reach only", async () => {
    expect((await readUnitMatrix(db, scope(), ask(`region=${city.regionId}`), TODAY)).total).toBe(2);
    expect((await readUnitMatrix(db, scope(), ask(`region=${city.otherRegionId}`), TODAY)).total).toBe(0);
    expect(await regionOptions(db, scope())).toEqual([]);
    const wide = { ...scope(), regionIds: [city.regionId, city.otherRegionId] };
    expect((await regionOptions(db, wide)).map(({ value }) => value)).toEqual([city.regionId]);
  });
});

describe("as a sheet", () => {
  it.each([
    ["unit", "按单位", 3],
    ["project", "按项目", 5],
    ["report", "月报清单", 5],
  ])("by %s: every row that is seen, with the definitions", async (level, word, expected) => {
    const sheet = await exportMatrix(city.ctx(bureau), ask(`by=${level}`));
    expect(sheet.name).toBe(`月报${word} 2026-07-20.xlsx`);
    const read = await readWorkbook(sheet.bytes, sheet.name);
    const sheets = read.ok ? read.value.sheets : [];
    expect(sheets.map(({ name }) => name)).toEqual([`月报${word}`, "口径"]);
    const named = (sheets[0]?.rows ?? []).filter((row) => /市(自然资源|水利)局/.test(JSON.stringify(row)));
    expect(named).toHaveLength(expected);
  });
});
