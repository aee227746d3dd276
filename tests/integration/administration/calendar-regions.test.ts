import { and, asc, eq, isNotNull } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { auditEntries, calendarDays, domainEvents, monthlyReports, regions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { isWorkday } from "~/kernel/work-calendar";
import { addRegionalDay } from "~/modules/administration/calendar/add-regional-day.server";
import {
  calendarHistory,
  daysOfRegions,
  readCalendar,
  readRegion,
  readRegionalDay,
  regionsOf,
} from "~/modules/administration/calendar/calendar.queries.server";
import { sayCalendarEvent } from "~/modules/administration/calendar/calendar.words";
import { removeRegionalDay } from "~/modules/administration/calendar/remove-regional-day.server";
import { setReportingDay } from "~/modules/administration/calendar/set-reporting-day.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { loadCalendar } from "~/platform/calendar.server";

const db = testDatabase();
let city: TestCity;
let admin: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  admin = await city.as("systemAdmin");
});
afterEach(async () => {
  await db.delete(calendarDays).where(isNotNull(calendarDays.regionId));
  await db.update(regions).set({ reportingDay: 15 });
});

const typhoon = (more: Partial<Parameters<typeof addRegionalDay>[1]> = {}) => ({
  regionId: city.regionId,
  day: localDate("2026-07-22"),
  off: true,
  name: "台风停工",
  source: "市三防指挥部通告〔2026〕3号",
  reason: "台风红色预警",
  ...more,
});
const codes = (result: Awaited<ReturnType<typeof addRegionalDay>>) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const worked = async (day: string, regionId = city.regionId) =>
  isWorkday(await loadCalendar(db, regionId), localDate(day));

describe("a day that a region orders", () => {
  it("holds there and nowhere beside, and is listed with who and when and why", async () => {
    const { id } = accepted(await addRegionalDay(city.ctx(admin), typhoon()));
    expect([await worked("2026-07-22"), await worked("2026-07-22", city.otherRegionId)]).toEqual([false, true]);
    expect(await readRegionalDay(db, admin, id)).toMatchObject({
      name: "台风停工",
      regionName: "测试县",
      enteredBy: admin.name,
      enteredAt: city.ctx(admin).now,
    });
    expect(await daysOfRegions(db, admin)).toHaveLength(1);
    const [told] = await calendarHistory(db, admin);
    expect(told && [sayCalendarEvent(told.type, told.payload), told.reason]).toEqual([
      "安排测试县 2026年7月22日放假（台风停工）",
      "台风红色预警",
    ]);
    const [audit] = await db.select().from(auditEntries).where(eq(auditEntries.objectId, id));
    expect(audit).toMatchObject({ result: "calendarDayAdded", actorId: admin.userId, reason: "台风红色预警" });
  });

  it("may be a day of work, on a weekend", async () => {
    accepted(await addRegionalDay(city.ctx(admin), typhoon({ day: localDate("2026-07-25"), off: false })));
    expect(await worked("2026-07-25")).toBe(true);
  });

  it("entered twice, at once or later, stands once; on a day that is off already it is refused", async () => {
    const both = await Promise.all([1, 2].map(() => addRegionalDay(city.ctx(admin), typhoon())));
    expect(both.flatMap(codes).sort()).toEqual(["dayTaken", "ok"]);
    expect(codes(await addRegionalDay(city.ctx(admin), typhoon({ off: false })))).toEqual(["dayTaken"]);
    const saturday = typhoon({ day: localDate("2026-07-25") });
    expect(codes(await addRegionalDay(city.ctx(admin), saturday))).toEqual(["alreadyOff"]);
    expect(await db.$count(calendarDays, eq(calendarDays.regionId, city.regionId))).toBe(1);
  });

  it("is for the administrator of the region: others get 403, other regions 404", async () => {
    const far = typhoon({ regionId: city.otherRegionId });
    await expect(addRegionalDay(city.ctx(admin), far)).rejects.toMatchObject({ kind: "notFound" });
    await expect(addRegionalDay(city.ctx(await city.as("bureauReviewer")), typhoon())).rejects.toMatchObject({
      kind: "forbidden",
    });
    const elsewhere = await makeCity(db);
    const stranger = await elsewhere.as("systemAdmin");
    const { id } = accepted(await addRegionalDay(city.ctx(admin), typhoon()));
    await expect(removeRegionalDay(elsewhere.ctx(stranger), { id, reason: "误登" })).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(readRegionalDay(db, stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    expect(await daysOfRegions(db, stranger)).toEqual([]);
    expect((await calendarHistory(db, stranger)).filter(({ type }) => type === "calendarDayAdded")).toEqual([]);
    const question = { year: 2026, regionId: city.regionId };
    await expect(readCalendar(db, stranger, question, localDate("2026-07-20"))).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("is shown to everyone in the calendar of the region and of those below it", async () => {
    const [own] = await db.select().from(regions).where(eq(regions.id, city.regionId));
    const above = own?.parentId ?? "";
    const cityAdmin: Actor = { ...admin, regionId: above, regionIds: [above, city.regionId, city.otherRegionId] };
    accepted(await addRegionalDay(city.ctx(cityAdmin), typhoon({ regionId: above })));
    const filer = await city.as("filer");
    const shown = await readCalendar(db, filer, { year: 2026, regionId: city.regionId }, localDate("2026-07-20"));
    expect(shown.regional).toMatchObject([{ day: "2026-07-22", regionName: "测试市" }]);
    expect(shown.days).toContainEqual({ day: "2026-07-22", off: true, name: "台风停工" });
    expect((await regionsOf(db, cityAdmin)).map(({ name }) => name).sort()).toEqual(
      ["测试县", "测试市", "邻县"].sort(),
    );
  });
});

describe("taking a day back", () => {
  it("leaves the country's calendar, and both deeds in the trail", async () => {
    const { id } = accepted(await addRegionalDay(city.ctx(admin), typhoon()));
    accepted(await removeRegionalDay(city.ctx(admin), { id, reason: "台风未登陆" }));
    expect(await worked("2026-07-22")).toBe(true);
    const events = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, id));
    expect(events.map(({ type, reason }) => [type, reason])).toEqual(
      expect.arrayContaining([
        ["calendarDayAdded", "台风红色预警"],
        ["calendarDayRemoved", "台风未登陆"],
      ]),
    );
  });

  it("twice at once happens once; the other finds no such day", async () => {
    const { id } = accepted(await addRegionalDay(city.ctx(admin), typhoon()));
    const both = await Promise.allSettled(
      [1, 2].map(() => removeRegionalDay(city.ctx(admin), { id, reason: "台风未登陆" })),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "notFound" } });
    expect(
      await db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "calendarDayRemoved"))),
    ).toBe(1);
  });

  it("is not for a day of the country's lists, nor for others than the administrator", async () => {
    const [national] = await db
      .select()
      .from(calendarDays)
      .where(eq(calendarDays.day, localDate("2026-10-01")));
    const input = { id: national?.id ?? "", reason: "误登" };
    await expect(removeRegionalDay(city.ctx(admin), input)).rejects.toMatchObject({ kind: "notFound" });
    const { id } = accepted(await addRegionalDay(city.ctx(admin), typhoon()));
    const auditor = await city.as("auditor");
    await expect(removeRegionalDay(city.ctx(auditor), { id, reason: "误登" })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("the reporting day", () => {
  const set = (reportingDay: number, was = 15, actor = admin) =>
    setReportingDay(city.ctx(actor), city.regionId, { reportingDay, was, reason: "按市里要求调整" });
  const dayNow = async () => (await readRegion(db, admin, city.regionId)).reportingDay;

  it("is set with a reason, and told", async () => {
    accepted(await set(20));
    expect(await dayNow()).toBe(20);
    const [told] = await calendarHistory(db, admin);
    expect(told && sayCalendarEvent(told.type, told.payload)).toBe("测试县月报日由每月 15 日改为 20 日");
    expect((await readRegion(db, { ...admin, regionIds: [city.otherRegionId] }, city.otherRegionId)).reportingDay).toBe(
      15,
    );
  });

  it("moves the reports opened from then on; those that are open keep their day", async () => {
    const { id } = await makeProjectUnderWay(city, { startedOn: "2026-07-01" });
    const dueDays = async () =>
      (
        await db
          .select({ dueOn: monthlyReports.dueOn })
          .from(monthlyReports)
          .where(eq(monthlyReports.projectId, id))
          .orderBy(asc(monthlyReports.period))
      ).map(({ dueOn }) => dueOn);
    await openReports(db, localDate("2026-08-03"), { projectId: id });
    accepted(await set(31));
    await openReports(db, localDate("2026-10-09"), { projectId: id });
    // 15 August is a Saturday; October has a 31st, a Saturday too, November has none
    expect(await dueDays()).toEqual(["2026-08-17", "2026-09-15", "2026-11-02", "2026-11-30"]);
  });

  it("from a page that is no longer true is a conflict; the same day is nothing to set", async () => {
    accepted(await set(20));
    await expect(set(25)).rejects.toMatchObject({ kind: "conflict" });
    expect(await set(20, 20)).toMatchObject({ refusals: [{ code: "sameDay" }] });
    expect(await dayNow()).toBe(20);
  });

  it("set twice at once is set once", async () => {
    const both = await Promise.allSettled([set(20), set(20)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
  });

  it("is for the administrator of the region", async () => {
    await expect(set(20, 15, await city.as("bureauAssessor"))).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await (await makeCity(db)).as("systemAdmin");
    await expect(set(20, 15, stranger)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readRegion(db, stranger, city.regionId)).rejects.toMatchObject({ kind: "notFound" });
  });
});
