import { and, eq, inArray, like } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { calendarDays, messages, monthlyReports, reportReminders, sendings } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeRobot } from "@tests/support/factories/messages";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { addDays, localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { remindReports } from "~/modules/progress/duty/remind-reports.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
let leader: Actor;

beforeEach(async () => {
  await db.delete(reportReminders);
  await db.delete(monthlyReports);
  city = await makeCity(db);
  [filer, leader] = [await city.as("filer"), await city.as("unitLead")];
});

/** A report that is due on a day, of a unit. */
async function owe(
  dueOn: string,
  name: string,
  { unitId = city.unitId, ...more }: Partial<typeof monthlyReports.$inferInsert> = {},
): Promise<string> {
  const { id: projectId } = await makeProjectUnderWay(city, { startedOn: "2026-06-01", more: { name, unitId } });
  const id = newId();
  await db.insert(monthlyReports).values({
    ...{ id, projectId, unitId, regionId: city.regionId, period: period("2026-06"), state: "open" as const },
    dueOn: localDate(dueOn),
    ...more,
  });
  return id;
}
const remind = (day: string, atOnce?: number) => {
  const { now, today } = city.ctx(filer, day);
  return remindReports(db, { now, today }, atOnce);
};
const titlesOf = async ({ userId }: Actor) =>
  (await db.select().from(messages).where(eq(messages.userId, userId))).map(({ title }) => title);
const stagesOf = async (reportId: string) =>
  (await db.select().from(reportReminders).where(eq(reportReminders.reportId, reportId)))
    .map(({ stage, sentOn }) => [stage, sentOn])
    .sort();

describe("remindReports", () => {
  it("tells each person once a stage, of all the unit's reports together", async () => {
    for (const name of ["甲项目", "乙项目", "丙项目"]) await owe("2026-07-15", name);
    expect(await remind("2026-07-10")).toBe(3);
    expect(await remind("2026-07-10")).toBe(0);
    expect(await titlesOf(filer)).toEqual([
      "月报提醒：您单位有 3 份2026年6月月报距截止还有 3 个工作日（2026-07-15）：甲项目、乙项目、丙项目",
    ]);
    expect(await titlesOf(leader)).toEqual(await titlesOf(filer));
    expect(await remind("2026-07-13")).toBe(0);
    expect(await remind("2026-07-14")).toBe(3);
    expect(await titlesOf(filer)).toHaveLength(2);
  });

  it("goes through every stage in its time, from the seventh day before to the last after", async () => {
    const id = await owe("2026-07-15", "甲项目");
    for (let day = localDate("2026-07-01"); day <= "2026-09-30"; day = addDays(day, 1)) await remind(day);
    expect(await stagesOf(id)).toEqual([
      ["again", "2026-07-10"],
      ["first", "2026-07-06"],
      ["last", "2026-07-14"],
      ["overdue-1", "2026-07-16"],
      ["overdue-2", "2026-07-23"],
      ["overdue-3", "2026-07-30"],
      ["overdue-4", "2026-08-06"],
    ]);
    expect(await titlesOf(filer)).toHaveLength(7);
  });

  it("a stage that nobody ran for is made up for on the next run", async () => {
    const id = await owe("2026-07-15", "甲项目");
    await remind("2026-07-13");
    expect(await stagesOf(id)).toEqual([["again", "2026-07-13"]]);
  });

  it("is quiet on a day off of the region alone, and tells it on the region's next working day", async () => {
    const id = await owe("2026-07-15", "甲项目");
    await db.insert(calendarDays).values({
      ...{ id: newId(), regionId: city.regionId, off: true, name: "防台风停工", source: "测试" },
      day: localDate("2026-07-10"),
    });
    // Friday is off: on Thursday three working days are left then.
    expect(await remind("2026-07-10")).toBe(0);
    expect(await remind("2026-07-11")).toBe(0);
    expect(await remind("2026-07-13")).toBe(1);
    expect(await stagesOf(id)).toEqual([["again", "2026-07-13"]]);
  });

  it("what waits for the signature is the leader's, not the filler's", async () => {
    await owe("2026-07-15", "甲项目");
    await owe("2026-07-15", "乙项目", { state: "awaitingSignature" });
    await remind("2026-07-10");
    expect(await titlesOf(filer)).toEqual([
      "月报提醒：您单位有 1 份2026年6月月报距截止还有 3 个工作日（2026-07-15）：甲项目",
    ]);
    expect(await titlesOf(leader)).toEqual([
      "月报提醒：您单位有 2 份2026年6月月报距截止还有 3 个工作日（2026-07-15），其中 1 份待签批：甲项目、乙项目",
    ]);
  });

  it("says nothing of what was handed in, also when its correction is being written", async () => {
    const firstSubmittedAt = new Date("2026-07-09T01:00:00Z");
    await owe("2026-07-15", "甲项目", { state: "signed", firstSubmittedAt });
    await owe("2026-07-15", "乙项目", { state: "draft", firstSubmittedAt });
    expect(await remind("2026-07-10")).toBe(0);
  });

  it("tells the unit's groups once and not the region's", async () => {
    const own = await makeRobot(city, { unitId: city.unitId });
    const region = await makeRobot(city);
    await owe("2026-07-15", "甲项目");
    await owe("2026-07-15", "乙项目");
    await remind("2026-07-10");
    expect(await db.$count(sendings, eq(sendings.robotId, own))).toBe(1);
    expect(await db.$count(sendings, eq(sendings.robotId, region))).toBe(0);
  });

  it("tells each unit of its own", async () => {
    const stranger = await city.as("filer", city.otherUnitId);
    await owe("2026-07-15", "甲项目");
    await owe("2026-07-15", "水利项目", { unitId: city.otherUnitId });
    await remind("2026-07-10");
    expect(await titlesOf(stranger)).toEqual([
      "月报提醒：您单位有 1 份2026年6月月报距截止还有 3 个工作日（2026-07-15）：水利项目",
    ]);
  });

  it("many runs at once remind once and miss none", async () => {
    const reports: string[] = [];
    const people: Actor[] = [];
    for (let at = 0; at < 12; at++) {
      const unitId = await makeUnit(db, city.regionId, `单位${at}`);
      people.push(await city.as("filer", unitId));
      for (let n = 0; n < 3; n++) reports.push(await owe("2026-07-15", `项目${at}-${n}`, { unitId }));
    }
    const runs = await Promise.all(Array.from({ length: 6 }, () => remind("2026-07-10", 3)));
    expect(runs.reduce((sum, n) => sum + n, 0)).toBe(reports.length);
    const told = await db
      .select({ userId: messages.userId })
      .from(messages)
      .where(
        and(
          inArray(
            messages.userId,
            people.map(({ userId }) => userId),
          ),
          like(messages.title, "月报提醒：您单位有 3 份%"),
        ),
      );
    expect(told).toHaveLength(people.length);
    expect(new Set(told.map(({ userId }) => userId)).size).toBe(people.length);
  });
});
