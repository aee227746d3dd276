import { and, eq, inArray, like } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, monthlyReports, sendings } from "@db/schema";
import { countingStatements } from "@tests/support/count-statements";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeRobot } from "@tests/support/factories/messages";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import { addDays, localDate, localDateOf, startOfDay } from "~/kernel/local-date";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { reportStatus } from "~/modules/progress/progress.rules";
import { unsentReports } from "~/modules/progress/matrix/report-list.queries.server";
import { readMatrix, readMatrixQuery } from "~/modules/progress/matrix/report-matrix.queries.server";
import { urgeReports } from "~/modules/progress/matrix/urge-reports.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let reportId: string;
let projectId: string;
beforeAll(async () => {
  city = await makeCity(db);
});
beforeEach(async () => {
  projectId = (await makeProjectUnderWay(city, { startedOn: "2026-06-01" })).id;
  await openReports(db, localDate("2026-06-30"), { projectId });
  const [row] = await db.select().from(monthlyReports).where(eq(monthlyReports.projectId, projectId));
  reportId = row?.id ?? "";
});

describe("urgeReports", () => {
  const urgings = () =>
    db.$count(domainEvents, and(eq(domainEvents.subjectId, reportId), eq(domainEvents.type, "reportUrged")));

  it("tells the unit's fillers and leaders once a day, however often it is pressed", async () => {
    const [filer, leader, stranger] = [
      await city.as("filer"),
      await city.as("unitLead"),
      await city.as("filer", city.otherUnitId),
    ];
    const bureau = await city.as("bureauAssessor");
    const presses = await Promise.all(
      Array.from({ length: 5 }, () => urgeReports(city.ctx(bureau, "2026-07-20"), [reportId])),
    );
    expect(presses.map((press) => press.ok && press.value.urged).sort()).toEqual([0, 0, 0, 0, 1]);
    expect(await urgings()).toBe(1);
    const told = async (userId: string) => db.$count(messages, eq(messages.userId, userId));
    expect([await told(filer.userId), await told(leader.userId), await told(stranger.userId)]).toEqual([1, 1, 0]);
    await urgeReports(city.ctx(bureau, "2026-07-21"), [reportId]);
    expect(await urgings()).toBe(2);
  });

  it("writes the messages for the unit's groups and the region's, and no statement more for 300 reports than for 2", async () => {
    // of its own, so that the matrix below stays on one page
    const large = await makeCity(db);
    const bureau = await large.as("bureauReviewer");
    const own = await makeRobot(large, { unitId: large.unitId });
    const region = await makeRobot(large);
    const people = [
      await large.as("filer"),
      await large.as("unitLead"),
      await large.as("filer", large.otherUnitId),
      await large.as("unitLead", large.otherUnitId),
    ];
    const makeReports = async (n: number) => {
      const ids: string[] = [];
      for (let at = 0; at < n; at++) {
        const unitId = at % 2 === 0 ? large.unitId : large.otherUnitId;
        const { id } = await makeProjectUnderWay(large, { startedOn: "2026-06-01", more: { unitId } });
        ids.push(id);
      }
      await openReports(db, localDate("2026-06-30"));
      const rows = await db.select().from(monthlyReports).where(inArray(monthlyReports.projectId, ids));
      return rows.map(({ id }) => id);
    };
    const statementsFor = async (n: number) => {
      const ids = await makeReports(n);
      const counting = countingStatements(db);
      const urged = await urgeReports({ ...large.ctx(bureau), db: counting.db }, ids);
      expect(urged).toEqual({ ok: true, value: { urged: n, passed: 0 } });
      expect(await db.$count(auditEntries, inArray(auditEntries.objectId, ids))).toBe(n);
      return counting.statements();
    };
    const few = await statementsFor(2);
    expect(few).toBeGreaterThan(5);
    expect(few).toBeLessThanOrEqual(15);
    expect(await statementsFor(300)).toBe(few);
    const told = await db
      .select()
      .from(messages)
      .where(
        inArray(
          messages.userId,
          people.map(({ userId }) => userId),
        ),
      );
    // one message to each person for each press, however many reports
    expect(told).toHaveLength(8);
    expect(
      told.filter(({ title }) => title.startsWith("催报：请报送月报 150 份（其中 150 份已超期）：智慧管网系统、")),
    ).toHaveLength(4);
    expect(told.filter(({ title }) => title.includes("等 150 份"))).toHaveLength(4);
    const rowsOf = (robotId: string) => db.select().from(sendings).where(eq(sendings.robotId, robotId));
    expect(await rowsOf(own)).toHaveLength(2);
    const toRegion = await rowsOf(region);
    expect(toRegion).toHaveLength(4);
    expect(toRegion.filter(({ subject }) => subject.startsWith("已催报市水利局：月报 150 份"))).toHaveLength(1);
    expect(await db.$count(sendings, like(sendings.occasion, "report-urged 2026-07-20 %"))).toBe(6);
  });

  it("passes over a report that was handed in meanwhile", async () => {
    await db.update(monthlyReports).set({ firstSubmittedAt: new Date() }).where(eq(monthlyReports.id, reportId));
    const bureau = await city.as("bureauReviewer");
    expect(await urgeReports(city.ctx(bureau), [reportId])).toEqual({ ok: true, value: { urged: 0, passed: 1 } });
  });

  it.each([
    ["the unit itself may not", () => city.as("filer"), "forbidden"],
    ["another unit gets 404", () => city.as("filer", city.otherUnitId), "notFound"],
  ])("%s", async (_name, who, kind) => {
    await expect(urgeReports(city.ctx(await who()), [reportId])).rejects.toMatchObject({ kind });
  });
});

describe("the matrix", () => {
  it("says of every day what the rule says", async () => {
    const bureau = await city.as("bureauReviewer");
    const scope = scopeFor(bureau, "report:read");
    const dueOn = localDate("2026-07-15");
    for (const submittedAt of [null, "2026-07-15T15:59:59.999Z", "2026-07-15T16:00:00.000Z"]) {
      const at = submittedAt === null ? null : new Date(submittedAt);
      await db.update(monthlyReports).set({ firstSubmittedAt: at }).where(eq(monthlyReports.id, reportId));
      for (let today = localDate("2026-07-14"); today <= "2026-07-18"; today = addDays(today, 1)) {
        const query = readMatrixQuery(new URLSearchParams(), today);
        const { cells } = await readMatrix(db, scope, query, today);
        const cell = cells.find((each) => each.projectId === projectId);
        expect([submittedAt, today, cell?.status]).toEqual([
          submittedAt,
          today,
          reportStatus({ dueOn, submittedOn: at && localDateOf(at), today }),
        ]);
      }
    }
  });

  it("shows a unit its own projects only, and lists what was not handed in", async () => {
    const today = localDate("2026-07-20");
    const query = readMatrixQuery(new URLSearchParams(), today);
    const own = scopeFor(await city.as("filer"), "report:read");
    const other = scopeFor(await city.as("filer", city.otherUnitId), "report:read");
    expect((await readMatrix(db, own, query, today)).rows.map(({ id }) => id)).toContain(projectId);
    expect((await readMatrix(db, other, query, today)).rows).toEqual([]);
    const ids = async () => (await unsentReports(db, own, query, today)).map(({ id }) => id);
    expect(await ids()).toContain(reportId);
    await db
      .update(monthlyReports)
      .set({ firstSubmittedAt: startOfDay(today) })
      .where(eq(monthlyReports.id, reportId));
    expect(await ids()).not.toContain(reportId);
  });
});
