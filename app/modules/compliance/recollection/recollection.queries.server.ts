import { and, asc, eq, ilike, isNull, ne, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { recollections, resources, systems, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { contains, startsWith } from "~/platform/like.server";
import { visible } from "~/policy";

import { eventsOf } from "../events.queries.server";
import { seesUnconfirmed } from "../take-step.server";
import { UNCONFIRMED_RECOLLECTIONS } from "./recollection-kind.server";

const providers = alias(units, "providers");
const confirmers = alias(users, "confirmers");
const settlers = alias(users, "settlers");

/** So many resources are offered as the one that holds the data already. */
const MOST_OFFERED = 20;

/**
 * One recollection with the resource that holds the data already, the people who had a hand in it and its history.
 * @throws DomainError notFound outside the actor's sight; for the unit also while nobody has confirmed it
 */
export async function readRecollection(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      recollection: recollections,
      unitName: units.name,
      resource: { id: resources.id, code: resources.code, name: resources.name },
      providerName: providers.name,
      system: { id: systems.id, name: systems.name },
      reporterName: users.name,
      confirmerName: confirmers.name,
      settlerName: settlers.name,
    })
    .from(recollections)
    .innerJoin(units, eq(units.id, recollections.unitId))
    .innerJoin(resources, eq(resources.id, recollections.resourceId))
    .innerJoin(providers, eq(providers.id, resources.unitId))
    .leftJoin(systems, eq(systems.id, recollections.systemId))
    .leftJoin(users, eq(users.id, recollections.reportedBy))
    .leftJoin(confirmers, eq(confirmers.id, recollections.confirmedBy))
    .leftJoin(settlers, eq(settlers.id, recollections.settledBy))
    .where(eq(recollections.id, id));
  const seen = visible(actor, "gate:read", row?.recollection, "recollection");
  const unconfirmed: readonly string[] = UNCONFIRMED_RECOLLECTIONS;
  if (!row || (unconfirmed.includes(seen.state) && !seesUnconfirmed(actor))) throw notFound("recollection");
  return { ...row, events: await eventsOf(db, "recollection", id) };
}

/**
 * What the form of a report must know: the unit, its systems, and the shared resources that answer what is looked for.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readNewRecollection(db: Database, actor: Actor, unitId: string, wanted: string) {
  const [found] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "gate:read", found, "gate");
  const [owned, shared] = await Promise.all([
    db
      .select({ value: systems.id, label: systems.name })
      .from(systems)
      .where(and(eq(systems.unitId, unitId), eq(systems.state, "inUse"), isNull(systems.retiredOn)))
      .orderBy(asc(systems.code)),
    wanted ? sharedResources(db, unit, wanted) : NOTHING,
  ]);
  return { unit, systems: owned, resources: shared, wanted };
}

const NOTHING: Awaited<ReturnType<typeof sharedResources>> = [];

/** Published resources of other units of the region, by name or code. */
const sharedResources = (db: Database, unit: { readonly unitId: string; readonly regionId: string }, wanted: string) =>
  db
    .select({ id: resources.id, code: resources.code, name: resources.name, unitName: units.name })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(
      and(
        eq(resources.regionId, unit.regionId),
        ne(resources.unitId, unit.unitId),
        eq(resources.state, "published"),
        ne(resources.sharingType, "none"),
        or(ilike(resources.name, contains(wanted)), ilike(resources.code, startsWith(wanted))),
      ),
    )
    .orderBy(asc(resources.code))
    .limit(MOST_OFFERED);
