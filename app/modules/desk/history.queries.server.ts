import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { bulletins, domainEvents, projects, resources, supervisionItems, systems } from "@db/schema";

import { EVENT_WORDS, STARTING_EVENTS } from "./event-words";
import { addressOf } from "./subject-address";

const SHOWN = 50;

const subject = {
  type: domainEvents.subjectType,
  id: domainEvents.subjectId,
  payload: domainEvents.payload,
  name: sql<string | null>`coalesce(${projects.name}, ${systems.name}, ${resources.name}, ${bulletins.title},
    ${supervisionItems.title}, ${domainEvents.payload}->>'projectName', ${domainEvents.payload}->>'name',
    ${domainEvents.payload}->>'title', ${domainEvents.payload}->>'wanted', ${domainEvents.payload}->>'period')`,
};

/** The events of an actor with the names of what they were about: one query, whatever the subjects are. */
const eventsOf = (db: Database, userId: string, types: readonly string[]) =>
  db
    .select({ id: domainEvents.id, event: domainEvents.type, at: domainEvents.at, subject })
    .from(domainEvents)
    .leftJoin(projects, and(eq(domainEvents.subjectType, "project"), eq(projects.id, domainEvents.subjectId)))
    .leftJoin(systems, and(eq(domainEvents.subjectType, "system"), eq(systems.id, domainEvents.subjectId)))
    .leftJoin(resources, and(eq(domainEvents.subjectType, "resource"), eq(resources.id, domainEvents.subjectId)))
    .leftJoin(bulletins, and(eq(domainEvents.subjectType, "bulletin"), eq(bulletins.id, domainEvents.subjectId)))
    .leftJoin(
      supervisionItems,
      and(eq(domainEvents.subjectType, "supervisionItem"), eq(supervisionItems.id, domainEvents.subjectId)),
    )
    .where(and(eq(domainEvents.actorId, userId), inArray(domainEvents.type, [...types])))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(SHOWN);

/** 已办: what a person did last. */
export async function doneBy(db: Database, userId: string) {
  const rows = await eventsOf(db, userId, [...EVENT_WORDS.keys()]);
  return rows.map(({ id, event, at, subject: { name, ...about } }) => ({
    id,
    what: EVENT_WORDS.get(event) ?? "",
    title: name ?? "",
    href: addressOf(about),
    at,
  }));
}

const last = alias(domainEvents, "last_events");

/** 我发起: what a person set going, with what happened to it last and by whom. */
export async function startedBy(db: Database, userId: string) {
  const rows = await eventsOf(db, userId, STARTING_EVENTS);
  const ids = [...new Set(rows.map((row) => row.subject.id))];
  const latest = await db
    .selectDistinctOn([last.subjectId], {
      subjectId: last.subjectId,
      event: last.type,
      at: last.at,
      actorName: last.actorName,
      unitName: last.unitName,
    })
    .from(last)
    .where(and(inArray(last.subjectId, ids), inArray(last.type, [...EVENT_WORDS.keys()])))
    .orderBy(last.subjectId, desc(last.at), desc(last.id));
  const lastOf = new Map(latest.map((row) => [row.subjectId, row]));
  return rows.map(({ id, event, at, subject: { name, ...about } }) => {
    const since = lastOf.get(about.id);
    return {
      id,
      what: EVENT_WORDS.get(event) ?? "",
      title: name ?? "",
      href: addressOf(about),
      at,
      last: since && {
        what: EVENT_WORDS.get(since.event) ?? "",
        who: `${since.unitName} ${since.actorName}`,
        at: since.at,
      },
    };
  });
}
