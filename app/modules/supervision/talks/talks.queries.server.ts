import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, supervisionItems, supervisionSlips, supervisionTalks, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import { keysOf, TALK_STATES, type TalkState } from "~/kernel/vocabulary";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadCalendar, loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { papersOf } from "../papers/papers.queries.server";
import { readMonths, readPage, withinMonths } from "../register/register-query.server";
import type { TalkContent } from "./talk.words";

export const TALKS_PAGE = 50;

/** What the list of talks can be asked; everything is in the address. */
export interface TalksQuery {
  readonly unit: string | undefined;
  readonly state: TalkState | undefined;
  /** called from the beginning of this month to the end of that one */
  readonly from: Period | undefined;
  readonly to: Period | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export const readTalksQuery = (params: URLSearchParams): TalksQuery => ({
  unit: readWantedUnit(params),
  state: keysOf(TALK_STATES).find((state) => state === params.get("state")),
  ...readMonths(params),
  page: readPage(params),
});

/** One page of the talks within a scope, those that wait first, then the latest; and how many there are in all. */
export async function listTalks(db: Database, scope: Scope, query: TalksQuery, today: LocalDate) {
  const where: SQL | undefined = and(
    inScope(scope, { unitId: supervisionTalks.unitId, regionId: supervisionTalks.regionId }),
    isWantedUnit(supervisionTalks.unitId, query.unit),
    query.state ? eq(supervisionTalks.state, query.state) : undefined,
    withinMonths(supervisionTalks.calledOn, query.from, query.to),
  );
  const [calendarOf, rows, total] = await Promise.all([
    loadCalendars(db),
    db
      .select({
        id: supervisionTalks.id,
        regionId: supervisionTalks.regionId,
        number: supervisionTalks.number,
        state: supervisionTalks.state,
        calledOn: supervisionTalks.calledOn,
        dueOn: supervisionTalks.dueOn,
        heldOn: supervisionTalks.heldOn,
        reds: sql<number>`cardinality(${supervisionTalks.slipIds})`,
        unitName: units.name,
      })
      .from(supervisionTalks)
      .innerJoin(units, eq(units.id, supervisionTalks.unitId))
      .where(where)
      .orderBy(sql`${supervisionTalks.state} <> 'called'`, desc(supervisionTalks.calledOn), desc(supervisionTalks.id))
      .limit(TALKS_PAGE)
      .offset((query.page - 1) * TALKS_PAGE),
    db.$count(supervisionTalks, where),
  ]);
  return {
    rows: rows.map(({ regionId, ...row }) => ({
      ...row,
      remainingWorkdays: row.state === "called" ? remainingWorkdays(calendarOf(regionId), today, row.dueOn) : null,
    })),
    total,
  };
}

/**
 * One talk with the red slips that led to it, its minutes and history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readTalk(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({ talk: supervisionTalks, unitName: units.name, holderName: users.name })
    .from(supervisionTalks)
    .innerJoin(units, eq(units.id, supervisionTalks.unitId))
    .leftJoin(users, eq(users.id, supervisionTalks.heldBy))
    .where(eq(supervisionTalks.id, id));
  const talk = visible(actor, "supervision:read", row?.talk, "supervisionTalk");
  const [calendar, figures, slips, events, papers] = await Promise.all([
    loadCalendar(db, talk.regionId),
    loadFigures(db, today),
    db
      .select({
        id: supervisionSlips.id,
        number: supervisionSlips.number,
        issuedOn: supervisionSlips.issuedOn,
        dueOn: supervisionSlips.dueOn,
        itemId: supervisionItems.id,
        itemNumber: supervisionItems.number,
        title: supervisionItems.title,
        state: supervisionItems.state,
      })
      .from(supervisionSlips)
      .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId))
      .where(inArray(supervisionSlips.id, talk.slipIds))
      .orderBy(asc(supervisionSlips.dueOn), asc(supervisionSlips.itemId)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "supervisionTalk"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    papersOf(db, { talkId: id }),
  ]);
  return {
    talk,
    unitName: row?.unitName ?? "",
    holderName: row?.holderName ?? "",
    remainingWorkdays: talk.state === "called" ? remainingWorkdays(calendar, today, talk.dueOn) : null,
    slips,
    events,
    papers,
    maxMegabytes: figures.number("attachment.maxMegabytes"),
  };
}

/**
 * What the notice of a talk says, as it was when the talk was called.
 * @throws DomainError notFound
 */
export async function readTalkNotice(
  db: Database,
  actor: Actor,
  id: string,
): Promise<{ readonly content: TalkContent; readonly calledAt: Date }> {
  const [row] = await db
    .select({
      unitId: supervisionTalks.unitId,
      regionId: supervisionTalks.regionId,
      payload: domainEvents.payload,
      at: domainEvents.at,
    })
    .from(supervisionTalks)
    .innerJoin(
      domainEvents,
      and(
        eq(domainEvents.subjectType, "supervisionTalk"),
        eq(domainEvents.subjectId, supervisionTalks.id),
        eq(domainEvents.type, "supervisionTalkCalled"),
      ),
    )
    .where(eq(supervisionTalks.id, id));
  const { payload, at } = visible(actor, "supervision:read", row, "supervisionTalk");
  // The job that called it wrote it so.
  return { content: payload as unknown as TalkContent, calledAt: at };
}
