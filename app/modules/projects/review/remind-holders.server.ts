import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects, reviews } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { isWorkday } from "~/kernel/work-calendar";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";

import { reminderDue, type Reminder } from "./reminder.rules";
import { DESK_WORDS, type DeskName } from "./turn-words";

/** A limit that runs, and for whom. */
interface RunningLimit {
  readonly id: string;
  readonly name: string;
  readonly regionId: string;
  readonly unitId: string;
  readonly dueOn: LocalDate;
  readonly givenOn: LocalDate;
  /** null: the unit has it, to supplement */
  readonly desk: DeskName | null;
}

/**
 * Reminds whoever has a project of its limit: before it ends, the day before, and when it has passed. Each occasion
 * reaches a person once, however often this runs; nobody is written to on a day off.
 * @returns how many limits were reminded of
 * @source product: "Reminders at T-3, T-1 and overdue"; domain.md §2
 */
export async function remindHolders(
  db: Database,
  { now, today }: { readonly now: Date; readonly today: LocalDate },
  only: { readonly regionId?: string } = {},
): Promise<number> {
  const [calendarOf, figures, running] = await Promise.all([
    loadCalendars(db),
    loadFigures(db, today),
    runningLimits(db, only.regionId),
  ]);
  const leads = {
    first: figures.number("review.remindWorkdays"),
    again: figures.number("review.remindAgainWorkdays"),
  };
  const due = running.flatMap((limit) => {
    const calendar = calendarOf(limit.regionId);
    const reminder = isWorkday(calendar, today) ? reminderDue(calendar, today, limit, leads) : null;
    return reminder ? [{ limit, reminder }] : [];
  });
  const known = new Map<string, Promise<string[]>>();
  for (const { limit, reminder } of due) {
    const key = limit.desk ? `${limit.desk === "funding" ? "finance" : "bureau"} ${limit.regionId}` : limit.unitId;
    const holders = known.get(key) ?? holdersOf(db, limit);
    known.set(key, holders);
    const userIds = await holders;
    await db.transaction((tx) =>
      notify(
        tx,
        { actor: { regionId: limit.regionId }, now },
        {
          userIds,
          title: titleOf(limit, reminder),
          href: hrefOf(limit),
          occasion: `limit ${limit.id} ${limit.desk ?? "supplement"} ${limit.dueOn} ${reminder}`,
        },
      ),
    );
  }
  return due.length;
}

/** The limits that run: supplements, and desks whose turn is open. */
async function runningLimits(db: Database, regionId: string | undefined): Promise<readonly RunningLimit[]> {
  const rows = await db
    .select({
      id: projects.id,
      name: projects.name,
      regionId: projects.regionId,
      unitId: projects.unitId,
      dueOn: projects.dueOn,
      stage: projects.stage,
      desk: reviews.kind,
      // a supplement runs since the turn that returned the filing was closed
      givenAt: sql<Date>`coalesce(${reviews.openedAt}, (
        select max(r.closed_at) from ${reviews} r where r.project_id = ${projects.id}))`.mapWith(reviews.openedAt),
    })
    .from(projects)
    .leftJoin(reviews, and(eq(reviews.projectId, projects.id), isNull(reviews.closedAt)))
    .where(
      and(
        inArray(projects.stage, ["returned", "underReview", "underFundingReview"]),
        isNotNull(projects.dueOn),
        regionId ? eq(projects.regionId, regionId) : undefined,
      ),
    );
  return rows.flatMap(({ dueOn, stage, givenAt, ...row }) =>
    dueOn === null || (stage !== "returned" && row.desk === null)
      ? []
      : [{ ...row, dueOn, givenOn: localDateOf(givenAt) }],
  );
}

async function holdersOf(db: Database, { desk, regionId, unitId }: RunningLimit): Promise<string[]> {
  if (desk !== null) {
    const role = desk === "funding" ? "financeReviewer" : "bureauReviewer";
    return (await usersWithRole(db, { role, regionId })).map(({ id }) => id);
  }
  const [filers, leads] = await Promise.all([
    usersWithRole(db, { role: "filer", unitId, regionId }),
    usersWithRole(db, { role: "unitLead", unitId, regionId }),
  ]);
  return [...filers, ...leads].map(({ id }) => id);
}

function titleOf({ desk, name, dueOn }: RunningLimit, reminder: Reminder): string {
  const what = desk === null ? "补正" : DESK_WORDS[desk];
  return reminder === "overdue"
    ? `${what}已超期（${dueOn} 到期），请尽快办理：${name}`
    : `${what}将于 ${dueOn} 到期：${name}`;
}

function hrefOf({ id, desk }: RunningLimit): string {
  if (desk === null) return `/projects/${id}/check`;
  return desk === "funding" ? `/funding/${id}` : `/projects/${id}/review`;
}

/** Before the offices open. */
export const projectJobs: readonly ScheduledJob[] = [
  {
    name: "review-reminders",
    cron: "30 7 * * *",
    run: async (db) => {
      await remindHolders(db, await businessTime(db));
    },
  },
];
