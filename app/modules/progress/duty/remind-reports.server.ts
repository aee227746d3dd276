import { and, asc, between, eq, inArray, isNull, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { monthlyReports, projects, reportReminders } from "@db/schema";
import { groupBy } from "~/kernel/group-by";
import { addDays, type LocalDate } from "~/kernel/local-date";
import type { WorkCalendar } from "~/kernel/work-calendar";
import { peopleOfUnits } from "~/modules/identity/index.server";
import { announceAll, type Announcement } from "~/modules/inbox/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { nudgeOutbox } from "~/platform/outbox.server";

import { reportHref } from "../report/load-report.server";
import {
  reminderFiguresOf,
  reminderStage,
  reminderTitle,
  reportsHref,
  type ReminderFigures,
  type ReminderStage,
} from "./reminder.rules";

/** Reports of one transaction, or one unit's when it alone has more. */
const AT_ONCE = 500;

interface Clock {
  readonly today: LocalDate;
  readonly now: Date;
}

/**
 * Reminds the units of the reports that were not handed in, at the stages before and after the due day: one message to
 * each person and stage. What was reminded is written in the transaction of the messages, so that killed midway or run
 * twice at once it reminds of each stage once and misses none. Says nothing on a region's days off.
 * @returns how many reminders of reports were given
 * @source domain.md §7; product.md (messages)
 */
export async function remindReports(db: Database, clock: Clock, atOnce = AT_ONCE): Promise<number> {
  const [figures, calendarOf] = await Promise.all([loadFigures(db, clock.today), loadCalendars(db)]);
  const round = { ...clock, figures: reminderFiguresOf(figures), calendarOf };
  let reminded = 0;
  for (const unitIds of chunks(await unitsWithUnsent(db, round), atOnce)) {
    reminded += await db.transaction((tx) => remindUnits(tx, unitIds, round));
    nudgeOutbox();
  }
  return reminded;
}

interface Round extends Clock {
  readonly figures: ReminderFigures;
  readonly calendarOf: (regionId: string) => WorkCalendar;
}

/** Reports near enough to their due day, before or after, that a stage may be reached; a long holiday fits in between. */
const isNear = ({ today, figures }: Round) => {
  const after = figures.overdueEveryWorkdays * figures.overdueReminders;
  const before = Math.max(figures.firstWorkdays, figures.againWorkdays, figures.lastWorkdays);
  return and(
    isNull(monthlyReports.firstSubmittedAt),
    between(monthlyReports.dueOn, addDays(today, -2 * after - 31), addDays(today, 2 * before + 31)),
  );
};

/** The units that have such reports, with how many. */
const unitsWithUnsent = (db: Database, round: Round) =>
  db
    .select({ unitId: monthlyReports.unitId, reports: sql<number>`count(*)::int` })
    .from(monthlyReports)
    .where(isNear(round))
    .groupBy(monthlyReports.unitId)
    .orderBy(asc(monthlyReports.unitId));

/** Units together as long as their reports are not too many: a unit stays whole, so that a person gets one message. */
function chunks(units: readonly { readonly unitId: string; readonly reports: number }[], atOnce: number): string[][] {
  const made: string[][] = [];
  let filled = Infinity;
  for (const { unitId, reports } of units) {
    if (filled + reports > atOnce) {
      made.push([]);
      filled = 0;
    }
    made.at(-1)?.push(unitId);
    filled += reports;
  }
  return made;
}

async function remindUnits(tx: Transaction, unitIds: readonly string[], round: Round): Promise<number> {
  const reached = (await unsentOf(tx, unitIds, round)).flatMap((report) => {
    const calendar = round.calendarOf(report.regionId);
    const stage = reminderStage({ ...round, calendar, dueOn: report.dueOn });
    return stage ? [{ ...report, stage }] : [];
  });
  const claimed = await claim(tx, reached, round.today);
  if (claimed.length === 0) return 0;
  const people = await peopleOfUnits(tx, { unitIds, roles: ["filer", "unitLead"] });
  for (const [regionId, reports] of groupBy(claimed, (report) => report.regionId)) {
    const announcements = [...groupBy(reports, ({ unitId, stage }) => `${unitId} ${stage}`).values()].flatMap((group) =>
      digestsOf(group, people, round),
    );
    await announceAll(tx, { actor: { regionId }, now: round.now }, announcements);
  }
  return claimed.length;
}

/** Held until the transaction ends: a report that is being signed just now is waited for, and not reminded of then. */
async function unsentOf(tx: Transaction, unitIds: readonly string[], round: Round) {
  const rows = await tx
    .select({ report: monthlyReports, projectName: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(and(inArray(monthlyReports.unitId, [...unitIds]), isNear(round)))
    .orderBy(asc(monthlyReports.id))
    .for("share", { of: monthlyReports });
  return rows.map(({ report: { id, projectId, unitId, regionId, period, dueOn, state }, projectName }) => ({
    ...{ id, projectId, unitId, regionId, period, dueOn, projectName },
    awaitsSignature: state === "awaitingSignature",
  }));
}

type Reached = Awaited<ReturnType<typeof unsentOf>>[number] & { readonly stage: ReminderStage };

/** Of the stages reached those that were not reminded of yet; from now on they were. */
async function claim(tx: Transaction, reached: readonly Reached[], sentOn: LocalDate): Promise<Reached[]> {
  if (reached.length === 0) return [];
  const claimed: string[] = [];
  for (let from = 0; from < reached.length; from += AT_ONCE) {
    const rows = await tx
      .insert(reportReminders)
      .values(
        reached.slice(from, from + AT_ONCE).map(({ id: reportId, regionId, stage }) => ({
          ...{ reportId, regionId, stage, sentOn },
        })),
      )
      .onConflictDoNothing()
      .returning({ reportId: reportReminders.reportId });
    claimed.push(...rows.map(({ reportId }) => reportId));
  }
  const ids = new Set(claimed);
  return reached.filter(({ id }) => ids.has(id));
}

/** What the people of one unit are told of the reports of one stage: who fills in of those to be filled in, the leader of all. */
function digestsOf(
  all: readonly Reached[],
  people: Awaited<ReturnType<typeof peopleOfUnits>>,
  { calendarOf, today }: Round,
): Announcement[] {
  const [first] = all;
  if (!first) return [];
  const { unitId, regionId, stage } = first;
  const calendar = calendarOf(regionId);
  const digest = (reports: readonly Reached[]) => {
    const [report] = reports;
    return {
      title: reminderTitle(calendar, reports, today),
      href: report && reports.length === 1 ? reportHref(report) : reportsHref(reports),
      // A report reaches a stage once: no two messages bear the same name.
      occasion: `report-reminder ${stage} ${report?.id ?? ""}`,
      unitId,
    };
  };
  const toFill = all.filter(({ awaitsSignature }) => !awaitsSignature);
  const own = people.filter((person) => person.unitId === unitId);
  const leads = own.filter(({ roles }) => roles.includes("unitLead")).map(({ id }) => id);
  const filers = own.filter(({ roles }) => !roles.includes("unitLead")).map(({ id }) => id);
  return [
    { ...digest(all), userIds: leads, channels: ["mail", "unitRobots"] },
    ...(toFill.length > 0 ? [{ ...digest(toFill), userIds: filers, channels: ["mail"] } as const] : []),
  ];
}
