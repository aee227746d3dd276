import { and, asc, count, desc, eq, inArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import {
  basicDatabases,
  catalogCategories,
  corrections,
  domainEvents,
  projects,
  resourceItems,
  resourceRelations,
  resources,
  resourceUpdates,
  systems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { can } from "~/policy";

import { freshnessOf, type Clock } from "./catalog.queries.server";
import { readVisibleResource, type Resource } from "./load-resource.server";
import { openRevision } from "./revision/load-revision.server";

const MOST_UPDATES = 50;
const MOST_EVENTS = 100;

/** One resource with everything its page shows. @throws DomainError notFound */
export async function readResource(db: Database, actor: Actor, resourceId: string, clock: Clock) {
  const resource = await readVisibleResource(db, actor, resourceId);
  const isInside = resource.unitId === actor.unitId || can(actor, "catalog:publish", resource);
  const [place, items, updates, related, events, open, [reported]] = await Promise.all([
    placeOf(db, resource, isInside),
    db
      .select()
      .from(resourceItems)
      .where(eq(resourceItems.resourceId, resourceId))
      .orderBy(asc(resourceItems.position)),
    db
      .select({
        id: resourceUpdates.id,
        updatedOn: resourceUpdates.updatedOn,
        dueOn: resourceUpdates.dueOn,
        rows: resourceUpdates.rows,
        note: resourceUpdates.note,
        recordedBy: users.name,
      })
      .from(resourceUpdates)
      .leftJoin(users, eq(users.id, resourceUpdates.recordedBy))
      .where(eq(resourceUpdates.resourceId, resourceId))
      .orderBy(desc(resourceUpdates.updatedOn), desc(resourceUpdates.id))
      .limit(MOST_UPDATES),
    relatedResources(db, resourceId),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "resource"), eq(domainEvents.subjectId, resourceId)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id))
      .limit(MOST_EVENTS),
    isInside ? openRevision(db, resourceId) : undefined,
    db
      .select({ open: count() })
      .from(corrections)
      .where(
        and(eq(corrections.resourceId, resourceId), inArray(corrections.state, ["reported", "confirmed", "fixed"])),
      ),
  ]);
  return {
    resource,
    ...place,
    items,
    updates,
    related,
    events: isInside ? events : events.filter(({ type }) => PUBLIC_EVENTS.has(type)),
    revision: open ?? null,
    openCorrections: reported?.open ?? 0,
    freshness: freshnessOf(resource, clock),
    isInside,
  };
}

/** What other units learn of an entry's past: what was in force, not who sent what back to whom. */
const PUBLIC_EVENTS: ReadonlySet<string> = new Set([
  "resourcePublished",
  "resourceSuspended",
  "resourceResumed",
  "resourceWithdrawn",
  "resourceUpdated",
  "revisionPublished",
]);

/** What surrounds a resource; a secret system is its number to who looks from outside. */
async function placeOf(db: DatabaseOrTransaction, resource: Resource, isInside: boolean) {
  const parent = alias(catalogCategories, "parent");
  const [row] = await db
    .select({
      unitName: units.name,
      creditCode: units.creditCode,
      categoryName: catalogCategories.name,
      parentName: parent.name,
      basicDatabase: basicDatabases.name,
      systemName: isInside
        ? systems.name
        : sql<
            string | null
          >`case when ${systems.secret} then '涉密系统（' || ${systems.code} || '）' else ${systems.name} end`,
      projectName: projects.name,
    })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .innerJoin(catalogCategories, eq(catalogCategories.code, resources.categoryCode))
    .leftJoin(parent, eq(parent.code, catalogCategories.parentCode))
    .leftJoin(basicDatabases, eq(basicDatabases.code, resources.basicDatabaseCode))
    .leftJoin(systems, eq(systems.id, resources.systemId))
    .leftJoin(projects, eq(projects.id, resources.projectId))
    .where(eq(resources.id, resource.id));
  return {
    unitName: row?.unitName ?? "",
    creditCode: row?.creditCode ?? null,
    category: [row?.parentName, row?.categoryName].filter(Boolean).join(" / "),
    basicDatabase: row?.basicDatabase ?? null,
    systemName: row?.systemName ?? null,
    projectName: row?.projectName ?? null,
  };
}

/** Relations are said on one side and hold for both. */
async function relatedResources(db: DatabaseOrTransaction, resourceId: string) {
  return db
    .selectDistinct({
      id: resources.id,
      code: resources.code,
      name: resources.name,
      unitName: units.name,
      state: resources.state,
    })
    .from(resourceRelations)
    .innerJoin(
      resources,
      or(
        and(eq(resourceRelations.resourceId, resourceId), eq(resources.id, resourceRelations.relatedId)),
        and(eq(resourceRelations.relatedId, resourceId), eq(resources.id, resourceRelations.resourceId)),
      ),
    )
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(inArray(resources.state, ["published", "suspended"]))
    .orderBy(asc(resources.code));
}
