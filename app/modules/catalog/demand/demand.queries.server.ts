import { and, desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { corrections, demands, domainEvents, projects, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { workdaysBetween } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";

import { isLate, turnOf } from "./demand.rules";
import { visibleDemand } from "./load-demand.server";

const provider = alias(units, "provider");

/** One demand with the names around it, whose turn it is until when, its history. @throws DomainError notFound */
export async function readDemand(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({
      demand: demands,
      unitName: units.name,
      providerName: provider.name,
      projectName: projects.name,
      resource: { name: resources.name, code: resources.code, sharingType: resources.sharingType },
    })
    .from(demands)
    .innerJoin(units, eq(units.id, demands.unitId))
    .leftJoin(provider, eq(provider.id, demands.providerUnitId))
    .leftJoin(projects, eq(projects.id, demands.projectId))
    .leftJoin(resources, eq(resources.id, demands.resourceId))
    .where(eq(demands.id, id));
  const demand = visibleDemand(actor, row?.demand);
  const [events, reported, calendar] = await Promise.all([
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "demand"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    db
      .select({ id: corrections.id, description: corrections.description, state: corrections.state })
      .from(corrections)
      .where(eq(corrections.demandId, id))
      .orderBy(desc(corrections.id)),
    loadCalendar(db, demand.regionId),
  ]);
  const turn = turnOf(demand);
  const dueOn = turn?.dueOn ?? null;
  const left = dueOn ? workdaysBetween(calendar, today, dueOn) : null;
  return {
    demand,
    unitName: row?.unitName ?? "",
    providerName: row?.providerName ?? null,
    projectName: row?.projectName ?? null,
    resource: row?.resource ?? null,
    events,
    corrections: reported,
    turn,
    // Overdue over a weekend is overdue, though no working day has passed.
    remainingWorkdays: left === 0 && isLate(dueOn, today) ? -1 : left,
  };
}
