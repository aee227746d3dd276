import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { domainEvents, messages, monthlyReports } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import { addDays, localDate, localDateOf, startOfDay } from "~/kernel/local-date";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { reportStatus } from "~/modules/progress/progress.rules";
import { readMatrix, readMatrixQuery, unsentReports } from "~/modules/progress/matrix/report-matrix.queries.server";
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
