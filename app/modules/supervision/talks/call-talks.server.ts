import { and, asc, eq, gt, inArray, isNotNull, notExists, sql } from "drizzle-orm";

import type { Database, DatabaseOrTransaction, Transaction } from "@db/client";
import { supervisionItems, supervisionSlips, supervisionTalks, units } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { accept } from "~/kernel/result";
import { addWorkdays, isWorkday, type WorkCalendar } from "~/kernel/work-calendar";
import { announce } from "~/modules/inbox/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { systemActor } from "~/platform/system-actor";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { nextSupervisionNumber } from "../next-number.server";
import type { Clock } from "../slips/issue-slips.server";
import { peopleToTell } from "../tell-unit.server";
import type { TalkContent } from "./talk.words";
import { redsInRow, type Outcome } from "./talk.rules";

interface Unit {
  readonly unitId: string;
  readonly regionId: string;
}

interface TalkFigures {
  /** @unit items */
  readonly afterReds: number;
  /** @unit workdays */
  readonly workdays: number;
}

/**
 * Calls the talks (约谈) that are due: one for each unit with so many red slips in a row since its last talk. Quiet on days
 * off. Two runs at once call each talk once: the second waits for the first and then finds the row settled.
 * @returns how many talks it called
 * @source domain.md §8
 */
export async function callTalks(
  db: Database,
  clock: Clock,
  only: { readonly regionId?: string } = {},
): Promise<number> {
  const [calendarOf, rules] = await Promise.all([loadCalendars(db), loadFigures(db, clock.today)]);
  const figures = {
    afterReds: rules.number("supervision.talkAfterReds"),
    workdays: rules.number("supervision.talkWorkdays"),
  };
  const candidates = await unitsWithReds(db, figures.afterReds, only.regionId);
  const working = candidates.filter(({ regionId }) => isWorkday(calendarOf(regionId), clock.today));
  const histories = await outcomesOf(db, working);
  let called = 0;
  for (const unit of working) {
    const { outcomes, lastTalkOn } = histories(unit.unitId);
    if (!redsInRow(outcomes, lastTalkOn, figures.afterReds)) continue;
    if (await callTalk(db, clock, unit, calendarOf(unit.regionId), figures)) called++;
  }
  return called;
}

const lastTalk = sql`(select max(talk.called_on) from ${supervisionTalks} talk
  where talk.unit_id = ${supervisionSlips.unitId} and talk.region_id = ${supervisionSlips.regionId})`;

/** Units that got enough red slips since their last talk, whether in a row or not. */
function unitsWithReds(db: Database, afterReds: number, regionId: string | undefined): Promise<Unit[]> {
  return db
    .select({ unitId: supervisionSlips.unitId, regionId: supervisionSlips.regionId })
    .from(supervisionSlips)
    .where(
      and(
        eq(supervisionSlips.colour, "red"),
        regionId ? eq(supervisionSlips.regionId, regionId) : undefined,
        gt(supervisionSlips.issuedOn, sql`coalesce(${lastTalk}, '-infinity'::date)`),
      ),
    )
    .groupBy(supervisionSlips.unitId, supervisionSlips.regionId)
    .having(sql`count(*) >= ${afterReds}`)
    .orderBy(asc(supervisionSlips.regionId), asc(supervisionSlips.unitId));
}

/** How the limits of some units ended, and when each was last talked to: three statements, however many units. */
async function outcomesOf(db: DatabaseOrTransaction, wanted: readonly Unit[]) {
  const unitIds = wanted.map(({ unitId }) => unitId);
  if (unitIds.length === 0) return () => ({ outcomes: [], lastTalkOn: null });
  const redOfRound = db
    .select({ one: sql`1` })
    .from(supervisionSlips)
    .where(
      and(
        eq(supervisionSlips.itemId, supervisionItems.id),
        eq(supervisionSlips.round, supervisionItems.reopenedCount),
        eq(supervisionSlips.colour, "red"),
      ),
    );
  const [reds, closed, talks] = await Promise.all([
    db
      .select({
        unitId: supervisionSlips.unitId,
        itemId: supervisionSlips.itemId,
        dueOn: supervisionSlips.dueOn,
        redSlipId: supervisionSlips.id,
        knownOn: supervisionSlips.issuedOn,
      })
      .from(supervisionSlips)
      .where(and(inArray(supervisionSlips.unitId, unitIds), eq(supervisionSlips.colour, "red"))),
    db
      .select({
        unitId: supervisionItems.unitId,
        itemId: supervisionItems.id,
        dueOn: supervisionItems.dueOn,
        closedAt: supervisionItems.closedAt,
      })
      .from(supervisionItems)
      .where(
        and(inArray(supervisionItems.unitId, unitIds), isNotNull(supervisionItems.closedAt), notExists(redOfRound)),
      ),
    db
      .select({ unitId: supervisionTalks.unitId, on: sql<LocalDate>`max(${supervisionTalks.calledOn})::text` })
      .from(supervisionTalks)
      .where(inArray(supervisionTalks.unitId, unitIds))
      .groupBy(supervisionTalks.unitId),
  ]);
  const outcomes: (Outcome & { readonly unitId: string })[] = [
    ...reds,
    ...closed.flatMap(({ closedAt, ...row }) =>
      closedAt === null ? [] : [{ ...row, redSlipId: null, knownOn: localDateOf(closedAt) }],
    ),
  ];
  return (unitId: string) => ({
    outcomes: outcomes.filter((outcome) => outcome.unitId === unitId),
    lastTalkOn: talks.find((talk) => talk.unitId === unitId)?.on ?? null,
  });
}

async function callTalk(
  db: Database,
  { now, today }: Clock,
  { unitId, regionId }: Unit,
  calendar: WorkCalendar,
  { afterReds, workdays }: TalkFigures,
): Promise<boolean> {
  const actor = systemActor("bureauReviewer", regionId);
  const ctx: Ctx = { db, actor, now, today, requestId: newId(), address: "" };
  const called = await inTransaction<boolean, never>(ctx, async (tx) => {
    authorize(actor, "supervision:talk", { unitId, regionId });
    const [unit] = await tx.select({ name: units.name }).from(units).where(eq(units.id, unitId));
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`supervision-talk ${unitId}`}, 0))`);
    const { outcomes, lastTalkOn } = (await outcomesOf(tx, [{ unitId, regionId }]))(unitId);
    const slipIds = redsInRow(outcomes, lastTalkOn, afterReds);
    if (!unit || !slipIds) return accept(false);
    const talk = {
      id: newId(),
      regionId,
      unitId,
      number: await nextSupervisionNumber(tx, regionId, "talk", today),
      state: "called" as const,
      calledOn: today,
      dueOn: addWorkdays(calendar, today, workdays),
      slipIds,
    };
    await tx.insert(supervisionTalks).values(talk);
    const content: TalkContent = {
      number: talk.number,
      unitId,
      unitName: unit.name,
      calledOn: today,
      dueOn: talk.dueOn,
      slips: await slipsNamed(tx, slipIds),
    };
    await record(tx, ctx, {
      action: "supervision:talk",
      event: "supervisionTalkCalled",
      object: { type: "supervisionTalk", id: talk.id, regionId },
      after: talk,
      payload: { ...content, title: `约谈${unit.name}` },
    });
    const people = await peopleToTell(tx, regionId, [unitId]);
    await announce(tx, ctx, {
      userIds: [...people.leads(unitId), ...people.bureau, ...people.leaders],
      title: `约谈${unit.name}负责人（${talk.number}）：连续 ${slipIds.length} 次红色督办，${talk.dueOn} 前约谈`,
      href: `/supervision/talks/${talk.id}`,
      occasion: `supervision-talk ${talk.id}`,
      unitId,
      channels: ["mail", "unitRobots", "regionRobots"],
    });
    return accept(true);
  });
  return called.ok && called.value;
}

/** The slips of a talk with their items, as its notice lists them: oldest limit first. */
async function slipsNamed(tx: Transaction, slipIds: readonly string[]): Promise<TalkContent["slips"]> {
  const rows = await tx
    .select({
      id: supervisionSlips.id,
      slipNumber: supervisionSlips.number,
      issuedOn: supervisionSlips.issuedOn,
      dueOn: supervisionSlips.dueOn,
      itemNumber: supervisionItems.number,
      title: supervisionItems.title,
    })
    .from(supervisionSlips)
    .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId))
    .where(inArray(supervisionSlips.id, [...slipIds]));
  return slipIds.flatMap((slipId) => rows.filter(({ id }) => id === slipId).map(({ id: _id, ...slip }) => slip));
}
