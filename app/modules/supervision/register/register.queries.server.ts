import { asc, eq, isNull, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, supervisionItems, supervisionSlips, units } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { remainingWorkdays } from "~/kernel/work-calendar";
import { loadCalendars } from "~/platform/calendar.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { itemColour } from "../slips/slip-colour.server";
import { SUPERVISION_EVENT_FACTS } from "../supervision.lifecycle";
import { registerWhere, standsAs, type RegisterQuery } from "./register-query.server";

export const REGISTER_PAGE = 50;

const slipsIssued = sql<number>`(select count(*)::int from ${supervisionSlips} slip
  where slip.item_id = ${supervisionItems.id})`;
const lastUrgedAt = sql<string | null>`(select max(urging.at)::text from ${domainEvents} urging
  where urging.subject_type = 'supervisionItem' and urging.subject_id = ${supervisionItems.id}
    and urging.type = ${SUPERVISION_EVENT_FACTS.urge})`;

/**
 * The items within a scope that a question asks for, open ones first by due day, each with its colour today; one page of
 * them, or all for a sheet. The figures count all that match, not the page.
 */
export async function readRegister(
  db: Database,
  scope: Scope,
  query: RegisterQuery,
  today: LocalDate,
  rows: "page" | "all" = "page",
) {
  const colour = await itemColour(db, today);
  const where = registerWhere(scope, query, today, colour);
  const list = db
    .select({
      id: supervisionItems.id,
      regionId: supervisionItems.regionId,
      number: supervisionItems.number,
      title: supervisionItems.title,
      requirement: supervisionItems.requirement,
      origin: supervisionItems.origin,
      state: supervisionItems.state,
      registeredOn: supervisionItems.registeredOn,
      dueOn: supervisionItems.dueOn,
      closedAt: supervisionItems.closedAt,
      reopenedCount: supervisionItems.reopenedCount,
      unitName: units.name,
      colour,
      slips: slipsIssued,
      lastUrgedAt,
    })
    .from(supervisionItems)
    .innerJoin(units, eq(units.id, supervisionItems.unitId))
    .where(where)
    .orderBy(sql`${supervisionItems.closedAt} is not null`, asc(supervisionItems.dueOn), asc(supervisionItems.id))
    .$dynamic();
  const [calendarOf, found, [figures]] = await Promise.all([
    loadCalendars(db),
    rows === "all" ? list : list.limit(REGISTER_PAGE).offset((query.page - 1) * REGISTER_PAGE),
    db
      .select({
        total: sql<number>`count(*)::int`,
        open: sql<number>`(count(*) filter (where ${isNull(supervisionItems.closedAt)}))::int`,
        overdue: sql<number>`(count(*) filter (where ${standsAs("overdue", today)}))::int`,
      })
      .from(supervisionItems)
      .where(where),
  ]);
  return {
    items: found.map(({ regionId, closedAt, lastUrgedAt: urgedAt, ...row }) => ({
      ...row,
      closedOn: closedAt && localDateOf(closedAt),
      urgedOn: urgedAt === null ? null : localDateOf(new Date(urgedAt)),
      remainingWorkdays: closedAt ? null : remainingWorkdays(calendarOf(regionId), today, row.dueOn),
    })),
    total: figures?.total ?? 0,
    open: figures?.open ?? 0,
    overdue: figures?.overdue ?? 0,
  };
}

/** The years in which items within a scope were registered, the latest first. */
export async function registerYears(db: Database, scope: Scope): Promise<number[]> {
  const rows = await db
    .selectDistinct({ year: sql<number>`extract(year from ${supervisionItems.registeredOn})::int` })
    .from(supervisionItems)
    .where(inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }));
  return rows.map(({ year }) => year).sort((a, b) => b - a);
}
