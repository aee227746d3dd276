import { and, asc, desc, eq, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, supervisionItems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { keysOf, SLIP_COLOURS, SUPERVISION_STATES, type SlipColour, type SupervisionState } from "~/kernel/vocabulary";
import { workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { slipColour, slipLimitsOf, type SlipLimits } from "./supervision.rules";

/** What the list can be asked; everything is in the address. */
export interface SupervisionQuery {
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly state: SupervisionState | undefined;
  readonly colour: SlipColour | undefined;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readSupervisionQuery(params: URLSearchParams): SupervisionQuery {
  return {
    unit: readWantedUnit(params),
    state: keysOf(SUPERVISION_STATES).find((state) => state === params.get("state")),
    colour: keysOf(SLIP_COLOURS).find((colour) => colour === params.get("colour")),
  };
}

/** Closed items older than these are history and asked for by their state. @unit rows */
const MOST_ROWS = 500;

/** The items within a scope, open ones first by due day, each with its slip's colour today. */
export async function listItems(db: Database, scope: Scope, query: SupervisionQuery, today: LocalDate) {
  const [calendar, figures, rows] = await Promise.all([
    loadCalendar(db),
    loadFigures(db, today),
    db
      .select({ item: supervisionItems, unitName: units.name })
      .from(supervisionItems)
      .innerJoin(units, eq(units.id, supervisionItems.unitId))
      .where(
        and(
          inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }),
          isWantedUnit(supervisionItems.unitId, query.unit),
          query.state ? eq(supervisionItems.state, query.state) : undefined,
        ),
      )
      .orderBy(sql`${supervisionItems.closedAt} is not null`, asc(supervisionItems.dueOn), asc(supervisionItems.number))
      .limit(MOST_ROWS),
  ]);
  const limits = slipLimitsOf(figures);
  const items = rows.map(({ item, unitName }) => ({ ...item, unitName, ...standing(calendar, limits, item, today) }));
  return query.colour ? items.filter(({ slip }) => slip === query.colour) : items;
}

/** One item with its history. @throws DomainError notFound outside the actor's sight */
export async function readItem(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({ item: supervisionItems, unitName: units.name })
    .from(supervisionItems)
    .innerJoin(units, eq(units.id, supervisionItems.unitId))
    .where(eq(supervisionItems.id, id));
  const item = visible(actor, "supervision:read", row?.item, "supervisionItem");
  const [calendar, figures, events] = await Promise.all([
    loadCalendar(db),
    loadFigures(db, today),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "supervisionItem"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  return { item, unitName: row?.unitName ?? "", events, ...standing(calendar, slipLimitsOf(figures), item, today) };
}

function standing(
  calendar: WorkCalendar,
  limits: SlipLimits,
  { closedAt, dueOn }: { readonly closedAt: Date | null; readonly dueOn: LocalDate },
  today: LocalDate,
): { slip: SlipColour; remainingWorkdays: number | null } {
  if (closedAt !== null) return { slip: "none", remainingWorkdays: null };
  const remaining = workdaysBetween(calendar, today, dueOn);
  return {
    slip: slipColour(calendar, dueOn, today, limits),
    // overdue over a weekend is overdue, though no working day has passed
    remainingWorkdays: today > dueOn && remaining === 0 ? -1 : remaining,
  };
}
