import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents, monthlyReports, projects, regions } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { type Period, periodOf, periodsBetween } from "~/kernel/period";
import { STAGES_UNDER_WAY } from "~/modules/projects";
import { loadCalendars } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";

import { reportDueOn } from "../progress.rules";

/** Rows of one INSERT. */
const BATCH = 5_000;

/**
 * Opens the duty to report for every project under way and every month from the start of its work to this month, each
 * with its due day by the region's reporting day and calendar. A project that was suspended owes nothing for the time
 * before it was resumed. Idempotent: a duty that exists stays as it is, so that a changed reporting day or calendar moves
 * no due day already set.
 * @returns how many duties were opened
 * @source domain.md §7
 */
export async function openReports(
  db: DatabaseOrTransaction,
  today: LocalDate,
  only: { readonly projectId?: string } = {},
): Promise<number> {
  const [calendarOf, missing] = await Promise.all([loadCalendars(db), missingDuties(db, today, only.projectId)]);
  const dueDays = new Map<string, LocalDate>();
  const dueOn = ({ regionId, period, reportingDay }: MissingDuty): LocalDate => {
    const key = `${regionId} ${period}`;
    const known = dueDays.get(key) ?? reportDueOn(calendarOf(regionId), period, reportingDay);
    dueDays.set(key, known);
    return known;
  };
  let opened = 0;
  for (let at = 0; at < missing.length; at += BATCH) {
    const rows = missing.slice(at, at + BATCH).map((duty) => ({ ...duty, id: newId(), dueOn: dueOn(duty) }));
    opened += await insertDuties(db, rows);
  }
  return opened;
}

interface MissingDuty {
  readonly projectId: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly reportingDay: number;
  readonly period: Period;
}

/** One parameter for each column, not for each value: thousands of rows are one short statement. */
async function insertDuties(
  db: DatabaseOrTransaction,
  rows: readonly (MissingDuty & { readonly id: string; readonly dueOn: LocalDate })[],
): Promise<number> {
  const column = <Key extends keyof (typeof rows)[number]>(key: Key, type: "uuid" | "text"): SQL =>
    sql`${sql.param(rows.map((row) => row[key]))}::${sql.raw(type)}[]`;
  const written = await db.execute(sql`
    insert into ${monthlyReports} (id, project_id, unit_id, region_id, period, due_on, state)
    select id, project_id, unit_id, region_id, period, due_on::date, 'open'
    from unnest(${column("id", "uuid")}, ${column("projectId", "uuid")}, ${column("unitId", "uuid")},
      ${column("regionId", "uuid")}, ${column("period", "text")}, ${column("dueOn", "text")})
      as duty (id, project_id, unit_id, region_id, period, due_on)
    on conflict do nothing`);
  return written.count;
}

/** Months that projects under way owe and that are not open yet: one query for all projects. */
async function missingDuties(
  db: DatabaseOrTransaction,
  today: LocalDate,
  projectId: string | undefined,
): Promise<MissingDuty[]> {
  const underWay = and(
    inArray(projects.stage, [...STAGES_UNDER_WAY]),
    isNotNull(projects.startedOn),
    projectId ? eq(projects.id, projectId) : undefined,
  );
  const resumed = db
    .select({
      projectId: domainEvents.subjectId,
      on: sql<LocalDate>`max((${domainEvents.at} at time zone 'Asia/Shanghai')::date)::text`.as("resumed_on"),
    })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "project"),
        eq(domainEvents.type, "projectResumed"),
        projectId ? eq(domainEvents.subjectId, projectId) : undefined,
      ),
    )
    .groupBy(domainEvents.subjectId)
    .as("resumed");
  const opened = db
    .select({
      projectId: monthlyReports.projectId,
      periods: sql<string>`string_agg(${monthlyReports.period}, ',')`.as("periods"),
    })
    .from(monthlyReports)
    .where(projectId ? eq(monthlyReports.projectId, projectId) : undefined)
    .groupBy(monthlyReports.projectId)
    .as("opened");
  const rows = await db
    .select({
      projectId: projects.id,
      unitId: projects.unitId,
      regionId: projects.regionId,
      startedOn: projects.startedOn,
      reportingDay: regions.reportingDay,
      resumedOn: resumed.on,
      opened: opened.periods,
    })
    .from(projects)
    .innerJoin(regions, eq(regions.id, projects.regionId))
    .leftJoin(resumed, eq(resumed.projectId, projects.id))
    .leftJoin(opened, eq(opened.projectId, projects.id))
    .where(underWay);
  const monthsSince = monthsUntil(periodOf(today));
  return rows.flatMap(({ startedOn, resumedOn, opened: known, ...project }) => {
    if (startedOn === null) return [];
    const from = resumedOn !== null && resumedOn > startedOn ? resumedOn : startedOn;
    const periods = new Set(known?.split(","));
    return monthsSince(periodOf(from))
      .filter((period) => !periods.has(period))
      .map((period) => ({ ...project, period }));
  });
}

/** The months from one to the last: thousands of projects begin in a few months. */
function monthsUntil(last: Period): (from: Period) => readonly Period[] {
  const made = new Map<Period, readonly Period[]>();
  return (from) => {
    const known = made.get(from) ?? periodsBetween(from, last);
    made.set(from, known);
    return known;
  };
}
