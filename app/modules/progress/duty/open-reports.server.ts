import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents, monthlyReports, projects, regions } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { type Period, periodOf, periodsBetween } from "~/kernel/period";
import { STAGES_UNDER_WAY } from "~/modules/projects";
import { loadCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";

import { reportDueOn } from "../progress.rules";

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const BATCH = 1_000;

/**
 * Opens the duty to report for every project under way and every month from the start of its work to this month, each
 * with its due day. A project that was suspended owes nothing for the time before it was resumed. Idempotent: a duty
 * that exists stays as it is, so that a changed reporting day or calendar moves no due day already set.
 * @returns how many duties were opened
 * @source domain.md §7
 */
export async function openReports(
  db: DatabaseOrTransaction,
  today: LocalDate,
  only: { readonly projectId?: string } = {},
): Promise<number> {
  const [calendar, missing] = await Promise.all([loadCalendar(db), missingDuties(db, today, only.projectId)]);
  const rows = missing.map(({ reportingDay, ...duty }) => ({
    ...duty,
    id: newId(),
    dueOn: reportDueOn(calendar, duty.period, reportingDay),
    state: "open" as const,
  }));
  let opened = 0;
  for (let at = 0; at < rows.length; at += BATCH) {
    const written = await db
      .insert(monthlyReports)
      .values(rows.slice(at, at + BATCH))
      .onConflictDoNothing()
      .returning({ id: monthlyReports.id });
    opened += written.length;
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

/** Months that projects under way owe and that are not open yet: one query for all projects. */
async function missingDuties(
  db: DatabaseOrTransaction,
  today: LocalDate,
  projectId: string | undefined,
): Promise<MissingDuty[]> {
  const resumedOn: SQL<LocalDate | null> = sql`(
    select max((${domainEvents.at} at time zone 'Asia/Shanghai')::date)::text from ${domainEvents}
    where ${domainEvents.subjectType} = 'project' and ${domainEvents.subjectId} = ${projects.id}
      and ${domainEvents.type} = 'projectResumed')`;
  const known = sql<Period[]>`coalesce(
    (select jsonb_agg(${monthlyReports.period}) from ${monthlyReports} where ${monthlyReports.projectId} = ${projects.id}),
    '[]')`;
  const rows = await db
    .select({
      projectId: projects.id,
      unitId: projects.unitId,
      regionId: projects.regionId,
      startedOn: projects.startedOn,
      reportingDay: regions.reportingDay,
      resumedOn,
      known,
    })
    .from(projects)
    .innerJoin(regions, eq(regions.id, projects.regionId))
    .where(
      and(
        inArray(projects.stage, [...STAGES_UNDER_WAY]),
        isNotNull(projects.startedOn),
        projectId ? eq(projects.id, projectId) : undefined,
      ),
    );
  return rows.flatMap(({ startedOn, resumedOn: resumed, known: opened, ...project }) => {
    if (startedOn === null) return [];
    const from = resumed !== null && resumed > startedOn ? resumed : startedOn;
    return periodsBetween(periodOf(from), periodOf(today))
      .filter((period) => !opened.includes(period))
      .map((period) => ({ ...project, period }));
  });
}
