import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { calendarDays, domainEvents, regions, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { accept, notFound, type Result } from "~/kernel/result";
import { missingYears } from "~/kernel/work-calendar";
import { loadCalendar, loadNationalCalendar } from "~/platform/calendar.server";

import { basisOf, nationalDays } from "./load-lists.server";
import {
  changesBetween,
  judgeYearList,
  listOfYear,
  replacedBy,
  type ListDay,
  type YearListRefusal,
} from "./year-list.rules";

/** The regions whose calendar the actor lives by or looks after, the own one first, those below in their order. */
export const regionsOf = (db: Database, { regionIds }: Pick<Actor, "regionIds">) =>
  db
    .select({ id: regions.id, name: regions.name, level: regions.level, reportingDay: regions.reportingDay })
    .from(regions)
    .where(inArray(regions.id, [...regionIds]))
    .orderBy(asc(regions.path));

/** What the calendar is asked for: a year, and a region among those of the actor. */
export interface CalendarQuery {
  readonly year: number;
  readonly regionId: string;
}

/** Reads the question from the address; without one it is the year of today and the own region. */
export function readCalendarQuery(query: URLSearchParams, actor: Actor, today: LocalDate): CalendarQuery {
  const year = query.get("year") ?? "";
  return {
    year: Number(/^20\d\d$/.test(year) ? year : today.slice(0, 4)),
    regionId: query.get("region") ?? actor.regionId,
  };
}

/**
 * The working calendar of a region for a year, as it is in force, with the years to choose from and those whose list is
 * missing.
 * @throws DomainError notFound for a region that is not the actor's
 */
export async function readCalendar(db: Database, actor: Actor, question: CalendarQuery, today: LocalDate) {
  const { year, regionId } = question;
  if (!actor.regionIds.includes(regionId)) throw notFound("region");
  const [calendar, choices, regional] = await Promise.all([
    loadCalendar(db, regionId),
    regionsOf(db, actor),
    regionalDays(db, { year, regionId }),
  ]);
  const thisYear = Number(today.slice(0, 4));
  return {
    year,
    region: choices.find(({ id }) => id === regionId) ?? null,
    regions: choices,
    years: [...new Set([...calendar.years, year, thisYear, thisYear + 1])].sort((a, b) => b - a),
    listed: calendar.years.has(year),
    days: [...calendar.days].flatMap(([day, { off, name }]) =>
      day.startsWith(String(year)) ? [{ day, off, name }] : [],
    ),
    regional,
    missing: missingYears(calendar, today),
  };
}

/** The years whose list is missing today. */
export async function listsMissing(db: Database, today: LocalDate) {
  return missingYears(await loadNationalCalendar(db), today);
}

const orderedDays = (db: Database) =>
  db
    .select({
      id: calendarDays.id,
      day: calendarDays.day,
      off: calendarDays.off,
      name: calendarDays.name,
      source: calendarDays.source,
      regionId: regions.id,
      regionName: regions.name,
      enteredBy: users.name,
      enteredAt: calendarDays.enteredAt,
    })
    .from(calendarDays)
    .innerJoin(regions, eq(regions.id, calendarDays.regionId))
    .leftJoin(users, eq(users.id, calendarDays.enteredBy))
    .$dynamic();

/** The days that hold in a region because it or one above it ordered them. */
const regionalDays = (db: Database, { year, regionId }: CalendarQuery) =>
  orderedDays(db)
    .where(
      and(
        sql`extract(year from ${calendarDays.day}) = ${year}`,
        sql`(select path from regions where id = ${regionId}) like ${regions.path} || '%'`,
      ),
    )
    .orderBy(asc(calendarDays.day), asc(regions.path));

/** The days that the actor's regions ordered, the latest first. */
export const daysOfRegions = (db: Database, { regionIds }: Pick<Actor, "regionIds">) =>
  orderedDays(db)
    .where(inArray(calendarDays.regionId, [...regionIds]))
    .orderBy(desc(calendarDays.day), asc(regions.path));

/**
 * One day that a region ordered.
 * @throws DomainError notFound outside the actor's regions
 */
export async function readRegionalDay(db: Database, actor: Actor, id: string) {
  const [row] = await orderedDays(db).where(eq(calendarDays.id, id));
  if (!row || !actor.regionIds.includes(row.regionId)) throw notFound("calendarDay");
  return row;
}

/**
 * One region with its reporting day.
 * @throws DomainError notFound outside the actor's regions
 */
export async function readRegion(db: Database, actor: Actor, id: string) {
  const region = (await regionsOf(db, actor)).find((each) => each.id === id);
  if (!region) throw notFound("region");
  return region;
}

/** The country's lists by year, the latest first: how many days, from which document, entered by whom. */
export async function listYears(db: Database) {
  const rows = await db
    .select({
      day: calendarDays.day,
      off: calendarDays.off,
      name: calendarDays.name,
      source: calendarDays.source,
      enteredBy: users.name,
      enteredAt: calendarDays.enteredAt,
    })
    .from(calendarDays)
    .leftJoin(users, eq(users.id, calendarDays.enteredBy))
    .where(isNull(calendarDays.regionId));
  const years = (await loadNationalCalendar(db)).years;
  return [...years]
    .sort((a, b) => b - a)
    .map((year) => {
      const days = listOfYear(year, rows);
      const daysOff = days.filter(({ off }) => off).length;
      const [first] = days;
      return {
        year,
        daysOff,
        makeUpDays: days.length - daysOff,
        source: first?.source ?? "",
        enteredBy: first?.enteredBy ?? null,
        enteredAt: first?.enteredAt ?? null,
      };
    });
}

/**
 * What putting a list in force would change, before anything is written.
 * Refuses with what the rules say of the list.
 */
export async function previewYearList(db: Database, days: readonly ListDay[], today: LocalDate) {
  const judged = judgeYearList(days, today);
  if (!judged.ok) return judged satisfies Result<never, YearListRefusal>;
  const { year, warnings } = judged.value;
  const listed = await nationalDays(db);
  return accept({
    year,
    warnings,
    days,
    changes: changesBetween(replacedBy(year, days, listed), days),
    replaces: listOfYear(year, listed).length > 0,
    basis: basisOf(year, days, listed),
  });
}

const CHANGES_SHOWN = 50;
const CALENDAR_EVENTS = ["calendarListPut", "calendarDayAdded", "calendarDayRemoved", "reportingDaySet"];

/** What became of the calendar, the latest first: the country's lists, and what concerns the actor's regions. */
export const calendarHistory = (db: Database, { regionIds }: Pick<Actor, "regionIds">) =>
  db
    .select({
      id: domainEvents.id,
      type: domainEvents.type,
      at: domainEvents.at,
      actorName: domainEvents.actorName,
      reason: domainEvents.reason,
      payload: domainEvents.payload,
    })
    .from(domainEvents)
    .where(
      and(
        inArray(domainEvents.subjectType, ["calendarList", "calendarDay", "region"]),
        inArray(domainEvents.type, CALENDAR_EVENTS),
        or(eq(domainEvents.type, "calendarListPut"), inArray(domainEvents.regionId, [...regionIds])),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(CHANGES_SHOWN);
