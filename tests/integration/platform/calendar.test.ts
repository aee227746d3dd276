import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { calendarDays, regions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { isWorkday } from "~/kernel/work-calendar";
import { calendarNotes } from "~/platform/calendar-notes.server";
import { loadCalendar, loadCalendars, loadNationalCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";
import { setDemonstrationToday } from "~/platform/installation.server";

const db = testDatabase();
const SOURCE = "区域安排测试";
let city: TestCity;
/** the region above the city's and its neighbour's */
let above: string;
beforeAll(async () => {
  city = await makeCity(db);
  const [own] = await db.select().from(regions).where(eq(regions.id, city.regionId));
  above = own?.parentId ?? expect.fail("no region above");
});
afterEach(() => db.delete(calendarDays).where(eq(calendarDays.source, SOURCE)));

const order = (regionId: string | null, day: string, off: boolean, name = "台风停工") =>
  db.insert(calendarDays).values({ id: newId(), regionId, day: localDate(day), off, name, source: SOURCE });
const worked = async (regionId: string, day: string) => {
  const one = isWorkday(await loadCalendar(db, regionId), localDate(day));
  const ofMany = isWorkday((await loadCalendars(db))(regionId), localDate(day));
  expect(ofMany).toBe(one);
  return one;
};

describe("the calendar of a region", () => {
  it("is the country's where nobody ordered otherwise", async () => {
    expect((await loadCalendar(db, city.regionId)).days).toEqual((await loadNationalCalendar(db)).days);
    expect(await worked(city.regionId, "2026-10-01")).toBe(false);
  });

  it("knows its own days; the region beside it and the country do not", async () => {
    await order(city.regionId, "2026-07-22", true);
    expect(await worked(city.regionId, "2026-07-22")).toBe(false);
    expect(await worked(city.otherRegionId, "2026-07-22")).toBe(true);
    expect(await worked(above, "2026-07-22")).toBe(true);
    expect(isWorkday(await loadNationalCalendar(db), localDate("2026-07-22"))).toBe(true);
  });

  it("has the days of the region above it, and over them its own", async () => {
    await order(above, "2026-07-22", true);
    await order(city.regionId, "2026-07-22", false, "照常上班");
    expect(await worked(city.otherRegionId, "2026-07-22")).toBe(false);
    expect(await worked(city.regionId, "2026-07-22")).toBe(true);
  });

  it("works on a national holiday when the region orders it", async () => {
    await order(above, "2026-10-03", false, "抢险");
    expect(await worked(city.regionId, "2026-10-03")).toBe(true);
  });

  it("a region's day makes no list of its year", async () => {
    await order(city.regionId, "2031-05-06", true);
    await order(null, "2030-12-31", true, "元旦");
    const { years } = await loadCalendar(db, city.regionId);
    expect([...years].sort()).toEqual([2024, 2025, 2026]);
    expect((await loadCalendars(db))(city.regionId).years).toEqual(years);
  });
});

describe("what an operator is told", () => {
  it.each([
    ["2026-11-30", []],
    ["2026-12-01", ["warning: the working calendar has no list of holidays for 2027"]],
    ["2027-01-01", ["error: the working calendar has no list of holidays for 2027"]],
  ])("on %s", async (today, expected) => {
    await setDemonstrationToday(db, localDate(today));
    expect(await calendarNotes(db)).toEqual(expected);
  });

  it("never fails readiness", async () => {
    await db.execute(sql`alter table calendar_days rename to calendar_days_away`);
    try {
      expect(await calendarNotes(db)).toEqual([]);
    } finally {
      await db.execute(sql`alter table calendar_days_away rename to calendar_days`);
    }
  });
});
