import { asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { DatabaseOrTransaction } from "@db/client";
import { calendarDays, regions } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { listedYears, type WorkCalendar } from "~/kernel/work-calendar";

/**
 * Loads the working calendar of a region: the country's exceptions, and over them those that the region or one above it
 * ordered for itself, the nearest deciding; and for which years the country's list exists.
 * @source the State Council's yearly notice on holidays; domain.md §7
 */
export async function loadCalendar(db: DatabaseOrTransaction, regionId: string): Promise<WorkCalendar> {
  const own = alias(regions, "own");
  const above = db
    .select({ id: regions.id })
    .from(regions)
    .innerJoin(own, sql`${own.path} like ${regions.path} || '%'`)
    .where(eq(own.id, regionId));
  return calendarOf(await rowsOf(db).where(or(isNull(calendarDays.regionId), inArray(calendarDays.regionId, above))));
}

/** The calendar as the country's lists alone have it: for what concerns the lists themselves, and while no region exists. */
export async function loadNationalCalendar(db: DatabaseOrTransaction): Promise<WorkCalendar> {
  return calendarOf(await rowsOf(db).where(isNull(calendarDays.regionId)));
}

/** The calendars of all regions, for lists and jobs that go over several: one query, each region's made when asked for. */
export async function loadCalendars(db: DatabaseOrTransaction): Promise<(regionId: string) => WorkCalendar> {
  const [rows, paths] = await Promise.all([
    rowsOf(db),
    db.select({ id: regions.id, path: regions.path }).from(regions),
  ]);
  const pathOf = new Map(paths.map(({ id, path }) => [id, path]));
  const made = new Map<string, WorkCalendar>();
  return (regionId) => {
    const known = made.get(regionId);
    if (known) return known;
    const path = pathOf.get(regionId) ?? "";
    const calendar = calendarOf(rows.filter((row) => row.path === null || path.startsWith(row.path)));
    made.set(regionId, calendar);
    return calendar;
  };
}

interface CalendarRow {
  readonly day: LocalDate;
  readonly off: boolean;
  readonly name: string;
  /** of the region that ordered it; null: the country */
  readonly path: string | null;
}

/** The country's days first, then those of regions from the top down, so that the nearest is the last to be written. */
const rowsOf = (db: DatabaseOrTransaction) =>
  db
    .select({ day: calendarDays.day, off: calendarDays.off, name: calendarDays.name, path: regions.path })
    .from(calendarDays)
    .leftJoin(regions, eq(regions.id, calendarDays.regionId))
    .orderBy(sql`${regions.path} nulls first`, asc(calendarDays.day))
    .$dynamic();

function calendarOf(rows: readonly CalendarRow[]): WorkCalendar {
  return {
    days: new Map(rows.map(({ day, off, name }) => [day, { off, name }])),
    years: listedYears(rows.filter(({ path }) => path === null).map(({ day }) => day)),
  };
}
