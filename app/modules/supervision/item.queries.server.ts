import { and, asc, desc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, supervisionItems, supervisionSlips, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { visible } from "~/policy";

import { papersOf } from "./papers/papers.queries.server";
import { itemColour } from "./slips/slip-colour.server";
import { SUPERVISION_EVENT_FACTS } from "./supervision.lifecycle";

/**
 * One item with its colour today, its slips, papers and history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readItem(db: Database, actor: Actor, id: string, today: LocalDate) {
  const colour = await itemColour(db, today);
  const [row] = await db
    .select({ item: supervisionItems, unitName: units.name, colour })
    .from(supervisionItems)
    .innerJoin(units, eq(units.id, supervisionItems.unitId))
    .where(eq(supervisionItems.id, id));
  const item = visible(actor, "supervision:read", row?.item, "supervisionItem");
  const [calendar, figures, events, slips, papers] = await Promise.all([
    loadCalendar(db, item.regionId),
    loadFigures(db, today),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "supervisionItem"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    db
      .select({
        id: supervisionSlips.id,
        number: supervisionSlips.number,
        colour: supervisionSlips.colour,
        round: supervisionSlips.round,
        issuedOn: supervisionSlips.issuedOn,
        dueOn: supervisionSlips.dueOn,
      })
      .from(supervisionSlips)
      .where(eq(supervisionSlips.itemId, id))
      .orderBy(asc(supervisionSlips.issuedOn), asc(supervisionSlips.id)),
    papersOf(db, { itemId: id }),
  ]);
  const urged = events.find(({ type }) => type === SUPERVISION_EVENT_FACTS.urge);
  return {
    item,
    unitName: row?.unitName ?? "",
    colour: row?.colour ?? "none",
    remainingWorkdays: item.closedAt === null ? remainingWorkdays(calendar, today, item.dueOn) : null,
    events,
    slips,
    papers,
    urgedOn: urged ? localDateOf(urged.at) : null,
    maxMegabytes: figures.number("attachment.maxMegabytes"),
  };
}
