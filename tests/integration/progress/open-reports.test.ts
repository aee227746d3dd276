import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { calendarDays, domainEvents, monthlyReports, outbox, regions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import { localDate, startOfDay } from "~/kernel/local-date";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { progressJobs, progressListeners } from "~/modules/progress/index.server";
import { newId } from "~/platform/ids.server";
import { setDemonstrationToday } from "~/platform/installation.server";
import { relayOutbox } from "~/platform/outbox.server";

const db = testDatabase();
let city: TestCity;
beforeAll(async () => {
  city = await makeCity(db);
});

const dutiesOf = (projectId: string) =>
  db
    .select({ period: monthlyReports.period, dueOn: monthlyReports.dueOn, state: monthlyReports.state })
    .from(monthlyReports)
    .where(eq(monthlyReports.projectId, projectId))
    .orderBy(asc(monthlyReports.period));

describe("openReports", () => {
  it("opens every month from the start to this one, due on the reporting day or the next working day", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-01-20" });
    expect(await openReports(db, localDate("2026-10-09"), { projectId: id })).toBe(10);
    expect((await dutiesOf(id)).map(({ period, dueOn }) => [period, dueOn])).toEqual([
      ["2026-01", "2026-02-24"], // the 15th is in the Spring Festival
      ["2026-02", "2026-03-16"], // a Sunday
      ["2026-03", "2026-04-15"],
      ["2026-04", "2026-05-15"],
      ["2026-05", "2026-06-15"],
      ["2026-06", "2026-07-15"],
      ["2026-07", "2026-08-17"], // a Saturday
      ["2026-08", "2026-09-15"],
      ["2026-09", "2026-10-15"],
      ["2026-10", "2026-11-16"], // a Sunday
    ]);
  });

  it("sets the due day by each region's own reporting day and calendar, in one run", async () => {
    const other = await makeCity(db);
    await db.update(regions).set({ reportingDay: 5 }).where(eq(regions.id, other.regionId));
    await db.insert(calendarDays).values({
      ...{ id: newId(), regionId: other.regionId, off: true, name: "防台风停工", source: "测试" },
      day: localDate("2026-08-05"),
    });
    const [here, there] = [
      await makeProjectUnderWay(city, { startedOn: "2026-06-10" }),
      await makeProjectUnderWay(other, { startedOn: "2026-06-10" }),
    ];
    await openReports(db, localDate("2026-07-20"));
    expect((await dutiesOf(here.id)).map(({ dueOn }) => dueOn)).toEqual(["2026-07-15", "2026-08-17"]);
    // 5 July is a Sunday; 5 August is off in this region alone
    expect((await dutiesOf(there.id)).map(({ dueOn }) => dueOn)).toEqual(["2026-07-06", "2026-08-06"]);
  });

  it("is idempotent, and a due day once set stays", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-05-04" });
    await openReports(db, localDate("2026-06-30"), { projectId: id });
    await db
      .update(monthlyReports)
      .set({ dueOn: localDate("2026-06-18") })
      .where(eq(monthlyReports.projectId, id));
    expect(await openReports(db, localDate("2026-06-30"), { projectId: id })).toBe(0);
    expect(await openReports(db, localDate("2026-07-01"), { projectId: id })).toBe(1);
    expect((await dutiesOf(id)).map(({ dueOn }) => dueOn)).toEqual(["2026-06-18", "2026-06-18", "2026-08-17"]);
  });

  it("ten runs at once open each month once", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-05-04" });
    const runs = Array.from({ length: 10 }, () => openReports(db, localDate("2026-07-20"), { projectId: id }));
    expect((await Promise.all(runs)).reduce((sum, opened) => sum + opened, 0)).toBe(3);
    expect(await dutiesOf(id)).toHaveLength(3);
  });

  it.each([
    ["a project whose work has not begun", { stage: "procurement", startedOn: null }],
    ["an approved project", { stage: "approved" }],
    ["a suspended project", { stage: "suspended" }],
    ["an accepted project", { stage: "accepted" }],
  ] as const)("%s owes nothing", async (_name, more) => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-05-04", more });
    expect(await openReports(db, localDate("2026-07-20"), { projectId: id })).toBe(0);
  });

  it("a resumed project owes nothing for the months in which it stood still", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-01-05" });
    await openReports(db, localDate("2026-02-20"), { projectId: id });
    await db.insert(domainEvents).values({
      id: newId(),
      regionId: city.regionId,
      type: "projectResumed",
      subjectType: "project",
      subjectId: id,
      at: startOfDay(localDate("2026-06-10")),
      actorId: "test",
      actorName: "测试",
      actorRole: "bureauReviewer",
      unitName: "市政务服务数据管理局",
      payload: {},
    });
    await openReports(db, localDate("2026-07-20"), { projectId: id });
    expect((await dutiesOf(id)).map(({ period }) => period)).toEqual(["2026-01", "2026-02", "2026-06", "2026-07"]);
  });
});

describe("the daily job and the listener", () => {
  it("the job opens duties of the business day, not of the host's", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-06-10" });
    await setDemonstrationToday(db, localDate("2026-08-18"));
    const job = progressJobs.find(({ name }) => name === "progress-daily") ?? expect.fail("no daily job");
    await job.run(db);
    await job.run(db);
    expect((await dutiesOf(id)).map(({ period }) => period)).toEqual(["2026-06", "2026-07", "2026-08"]);
  });

  it("when work begins, the month's duty is there as soon as the event is delivered", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-08-18" });
    await db.insert(outbox).values({
      id: newId(),
      regionId: city.regionId,
      topic: "projectImplementationStarted",
      subjectId: id,
      payload: {},
      createdAt: startOfDay(localDate("2026-08-18")),
      nextAttemptAt: new Date(0),
    });
    await setDemonstrationToday(db, localDate("2026-08-18"));
    await relayOutbox(db, progressListeners);
    expect(await dutiesOf(id)).toEqual([{ period: "2026-08", dueOn: "2026-09-15", state: "open" }]);
  });
});
