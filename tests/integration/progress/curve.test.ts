import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { monthlyReports, monthlyReportVersions, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { at, makePayment, makeReport } from "@tests/support/factories/assessment";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import { eq } from "drizzle-orm";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { toExact } from "~/kernel/rational";
import { readCourse } from "~/modules/progress/plan/course.queries.server";
import { sayForecast } from "~/modules/progress/plan/course.words";
import { drawProgress } from "~/modules/progress/plan/draw-course.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let project: TestProject;
beforeAll(async () => {
  city = await makeCity(db);
});
beforeEach(async () => {
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-05-01",
    plan: [
      { plannedOn: "2026-05-31", cumulativePercent: 30 },
      { plannedOn: "2026-10-28", cumulativePercent: 100 },
    ],
    more: { approvedFen: fen(1000) },
  });
});
const owner = () => ({ db, regionId: city.regionId, unitId: city.unitId });
const read = async () => readCourse(db, await city.as("filer"), project.id, TODAY);

/** A month's report with what its signed versions said. */
async function signed(month: string, day: string, percents: readonly string[], more: object = {}) {
  const id = await makeReport(owner(), project.id, month, "2026-12-31", day, {
    actualPercent: percents.at(-1),
    ...more,
  });
  for (const [index, actualPercent] of percents.entries()) {
    await db.insert(monthlyReportVersions).values({
      reportId: id,
      number: index + 1,
      regionId: city.regionId,
      content: { actualPercent },
      submittedBy: "lead",
      submittedAt: at(day),
    });
  }
  return id;
}

describe("readCourse", () => {
  it("sets what was signed against the plan of the day of which it speaks, exactly", async () => {
    await signed("2026-05", "2026-06-10", ["20", "25"], { light: "yellow" });
    await signed("2026-06", "2026-06-20", ["35"], { light: "green" });
    const { course } = await read();
    expect(course?.map(({ period }) => period)).toEqual([
      "2026-05",
      "2026-06",
      "2026-07",
      "2026-08",
      "2026-09",
      "2026-10",
    ]);
    expect(course?.slice(0, 3).map(({ day, gap, light }) => [day, gap && toExact(gap), light])).toEqual([
      ["2026-05-31", "-5", "yellow"],
      // twenty of the 150 days from 30 to 100 percent, handed in before the month was over
      ["2026-06-20", "-13/3", "green"],
      ["2026-07-31", null, null],
    ]);
  });

  it("a correction that is being written does not count", async () => {
    const id = await signed("2026-05", "2026-06-10", ["20"]);
    await db.update(monthlyReports).set({ state: "draft", actualPercent: "90" }).where(eq(monthlyReports.id, id));
    const { course } = await read();
    expect(course?.[0]?.actual && toExact(course[0].actual)).toBe("20");
  });

  it("counts only payments that finance confirmed, up to each month's end", async () => {
    await makePayment(owner(), project.id, 300, "2026-05-31", "2026-06-02");
    await makePayment(owner(), project.id, 100, "2026-06-01", "2026-06-02");
    await makePayment(owner(), project.id, 500, "2026-06-01", null);
    const { course } = await read();
    expect(course?.map(({ paidShare }) => paidShare && toExact(paidShare))).toEqual([
      "3/10",
      "2/5",
      "2/5",
      null,
      null,
      null,
    ]);
    expect(course?.[0]?.timeShare && toExact(course[0].timeShare)).toBe("1/6");
  });

  it("forecasts from the last months and says so in words", async () => {
    await signed("2026-05", "2026-06-10", ["10"]);
    await signed("2026-06", "2026-07-10", ["40"]);
    const { forecast, finish, forecastMonths } = await read();
    // thirty points in thirty days from 2026-05-31
    expect(forecast).toMatchObject({ ok: true, finishOn: "2026-08-29" });
    const { said, method } = sayForecast(forecast, finish, forecastMonths);
    expect(said).toContain("2026年8月29日完工，比计划早 60 天");
    expect(method).toContain("2026-05-31 10.00%，2026-06-30 40.00%");
  });

  it("says why there is none", async () => {
    await signed("2026-05", "2026-06-10", ["10"]);
    const { forecast, finish, forecastMonths } = await read();
    expect(sayForecast(forecast, finish, forecastMonths).said).toContain("不足两期");
  });

  it("draws the same bytes for the same months", async () => {
    await signed("2026-05", "2026-06-10", ["10"], { light: "red" });
    const course = (await read()).course ?? [];
    expect(drawProgress(course)).toEqual(drawProgress(course));
    const { wide, narrow } = drawProgress(course);
    // every light is drawn, also where a phone has no room for every month's name
    for (const drawing of [wide, narrow]) expect(drawing).toContain('fill="var(--bad)"');
  });

  it("has no course before there are days, and another unit gets 404", async () => {
    await db.update(projects).set({ plannedStartOn: null, startedOn: null }).where(eq(projects.id, project.id));
    expect((await read()).course).toBeNull();
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(readCourse(db, stranger, project.id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
  });
});
