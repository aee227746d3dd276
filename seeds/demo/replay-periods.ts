import { and, eq, isNull, lt, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { assessmentPeriods, bulletins, messages, users } from "@db/schema";
import { localDate, startOfDay, type LocalDate } from "~/kernel/local-date";
import { period, type Period } from "~/kernel/period";
import type { Result } from "~/kernel/result";
import { confirmPeriod, freezePeriod, publishPeriod } from "~/modules/assessment/index.server";
import { draftBulletin, signBulletin } from "~/modules/bulletins/index.server";
import { readActor } from "~/platform/sessions.server";
import type { Ctx } from "~/platform/transaction.server";

import { officeHours } from "./city";

/** A finished month and the days on which each step of it was taken. */
interface FinishedPeriod {
  readonly period: Period;
  readonly frozenOn: LocalDate;
  readonly confirmedOn: LocalDate;
  readonly draftedOn: LocalDate;
  readonly signedOn: LocalDate;
  readonly rectifyBy: LocalDate;
}

const FINISHED: readonly FinishedPeriod[] = [
  {
    period: period("2026-04"),
    frozenOn: localDate("2026-05-20"),
    confirmedOn: localDate("2026-05-28"),
    draftedOn: localDate("2026-05-29"),
    signedOn: localDate("2026-06-02"),
    rectifyBy: localDate("2026-06-23"),
  },
  {
    period: period("2026-05"),
    frozenOn: localDate("2026-06-22"),
    confirmedOn: localDate("2026-06-30"),
    draftedOn: localDate("2026-07-01"),
    signedOn: localDate("2026-07-03"),
    rectifyBy: localDate("2026-07-24"),
  },
];

/**
 * Takes the finished months through the real verbs, from freezing to the signed bulletin, each step on its day and by
 * the person whose turn it is. Goes on where an earlier start was killed; months that are done stay as they are.
 */
export async function replayPeriods(db: Database): Promise<void> {
  let steps = 0;
  for (const finished of FINISHED) while (await takeNextStep(db, finished)) steps++;
  if (steps > 0) await markOldMessagesRead(db);
}

/** What was told before the last month has long been read: inboxes begin with what is new. */
async function markOldMessagesRead(db: Database): Promise<void> {
  const old = lt(messages.createdAt, startOfDay(localDate("2026-07-01")));
  await db
    .update(messages)
    .set({ readAt: sql`${messages.createdAt} + interval '1 day'` })
    .where(and(isNull(messages.readAt), old));
}

/** @returns false when the month's bulletin is signed */
async function takeNextStep(db: Database, finished: FinishedPeriod): Promise<boolean> {
  const [month] = await db.select().from(assessmentPeriods).where(eq(assessmentPeriods.period, finished.period));
  const as = (username: string, on: LocalDate) => ctxOf(db, username, on, finished.period);
  if (!month || month.state === "open") {
    granted(await freezePeriod(await as("assessor", finished.frozenOn), { period: finished.period }));
    return true;
  }
  const ref = { periodId: month.id, version: month.version };
  if (month.state === "frozen") {
    granted(await publishPeriod(await as("assessor", finished.frozenOn), ref));
    return true;
  }
  if (month.state === "published") {
    granted(await confirmPeriod(await as("bureau", finished.confirmedOn), ref));
    return true;
  }
  const [issue] = await db
    .select()
    .from(bulletins)
    .where(and(eq(bulletins.periodId, month.id), eq(bulletins.edition, 1)));
  if (!issue) {
    const input = {
      periodId: month.id,
      basis: ["鹤山市“数字政府”建设总体规划实施方案"],
      rectifyBy: finished.rectifyBy,
      contactName: "林晓彤",
      contactPhone: "0750-8933000",
    };
    granted(await draftBulletin(await as("bureau", finished.draftedOn), input));
    return true;
  }
  if (issue.state === "draft") {
    granted(await signBulletin(await as("leader", finished.signedOn), issue.id, issue.version));
    return true;
  }
  return false;
}

async function ctxOf(db: Database, username: string, today: LocalDate, words: string): Promise<Ctx> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.username, username));
  const actor = user && (await readActor(db, user.id));
  if (!actor) throw new Error(`no account ${username}`);
  const now = officeHours(today, words, username);
  return { db, actor, now, today, requestId: `demonstration ${words}`, address: "127.0.0.1" };
}

/** The demonstration's own steps are never refused; if one is, city and rules have parted. */
function granted(result: Result<unknown, string>): void {
  if (!result.ok) throw new Error(`refused: ${result.refusals.map(({ code }) => code).join(", ")}`);
}
