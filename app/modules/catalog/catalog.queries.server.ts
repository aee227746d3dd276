import { and, asc, count, desc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { catalogCategories, demands, domainEvents, projects, resourceItems, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { keysOf, RESOURCE_STATES, SHARING_TYPES, type ResourceState, type SharingType } from "~/kernel/vocabulary";
import { isUuid } from "~/kernel/uuid";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

const CATALOG_PAGE = 50;

/** The data resources that a filing lists, in the order they were added. */
export async function projectResources(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: resources.id,
      code: resources.code,
      name: resources.name,
      summary: resources.summary,
      category: catalogCategories.name,
      formatClass: resources.formatClass,
      sharingType: resources.sharingType,
      legalBasis: resources.legalBasis,
      conditions: resources.conditions,
      method: resources.method,
      updateCycle: resources.updateCycle,
      state: resources.state,
      items: sql<
        string[]
      >`coalesce((select array_agg(${resourceItems.name} order by ${resourceItems.position}) from ${resourceItems} where ${resourceItems.resourceId} = ${resources.id}), '{}')`,
    })
    .from(resources)
    .innerJoin(catalogCategories, eq(catalogCategories.code, resources.categoryCode))
    .where(eq(resources.projectId, projectId))
    .orderBy(asc(resources.id));
}

/** The demands that a filing lists, in the order they were added. */
export async function projectDemands(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: demands.id,
      wanted: demands.wanted,
      providerName: units.name,
      legalBasis: demands.legalBasis,
      scene: demands.scene,
      method: demands.method,
      frequency: demands.frequency,
      state: demands.state,
    })
    .from(demands)
    .leftJoin(units, eq(units.id, demands.providerUnitId))
    .where(eq(demands.projectId, projectId))
    .orderBy(asc(demands.id));
}

/** The categories a resource may be put in (目 and below), with the names above them. */
export async function categoryOptions(db: DatabaseOrTransaction): Promise<{ value: string; label: string }[]> {
  const parent = alias(catalogCategories, "parent");
  return db
    .select({ value: catalogCategories.code, label: sql<string>`${parent.name} || ' / ' || ${catalogCategories.name}` })
    .from(catalogCategories)
    .innerJoin(parent, eq(parent.code, catalogCategories.parentCode))
    .where(inArray(catalogCategories.level, [3, 4]))
    .orderBy(asc(catalogCategories.code));
}

export interface CatalogQuery {
  readonly q: string;
  readonly state: ResourceState | undefined;
  readonly sharingType: SharingType | undefined;
  readonly unitId: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readCatalogQuery(params: URLSearchParams): CatalogQuery {
  const page = Number(params.get("page"));
  const unit = params.get("unit") ?? "";
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    state: keysOf(RESOURCE_STATES).find((s) => s === params.get("state")),
    sharingType: keysOf(SHARING_TYPES).find((s) => s === params.get("sharing")),
    unitId: isUuid(unit) ? unit : undefined,
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/**
 * One page of the catalog. What is published is there to be found by every unit of the region; what is not yet
 * published only by its own unit and by whoever publishes.
 */
export async function listResources(db: Database, actor: Actor, scope: Scope, publishing: Scope, query: CatalogQuery) {
  const like = `%${query.q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const where = and(
    inScope(scope, { unitId: resources.unitId, regionId: resources.regionId }),
    or(
      eq(resources.state, "published"),
      eq(resources.unitId, actor.unitId),
      inScope(publishing, { unitId: resources.unitId, regionId: resources.regionId }),
    ),
    query.state && eq(resources.state, query.state),
    query.sharingType && eq(resources.sharingType, query.sharingType),
    query.unitId ? eq(resources.unitId, query.unitId) : undefined,
    query.q ? or(ilike(resources.name, like), ilike(resources.code, like), ilike(resources.initials, like)) : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: resources.id,
        code: resources.code,
        name: resources.name,
        unitName: units.name,
        category: catalogCategories.name,
        sharingType: resources.sharingType,
        method: resources.method,
        updateCycle: resources.updateCycle,
        state: resources.state,
        lastUpdatedOn: resources.lastUpdatedOn,
      })
      .from(resources)
      .innerJoin(units, eq(units.id, resources.unitId))
      .innerJoin(catalogCategories, eq(catalogCategories.code, resources.categoryCode))
      .where(where)
      .orderBy(sql`${resources.code} asc nulls first`, asc(resources.id))
      .limit(CATALOG_PAGE)
      .offset((query.page - 1) * CATALOG_PAGE),
    db.select({ n: count() }).from(resources).where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: CATALOG_PAGE };
}

/** One resource with its items, its project and its history. @throws DomainError notFound */
export async function readResource(db: Database, actor: Actor, resourceId: string) {
  const [row] = await db
    .select({ resource: resources, unitName: units.name, category: catalogCategories.name, projectName: projects.name })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .innerJoin(catalogCategories, eq(catalogCategories.code, resources.categoryCode))
    .leftJoin(projects, eq(projects.id, resources.projectId))
    .where(eq(resources.id, resourceId));
  const resource = visible(actor, "catalog:read", row?.resource, "resource");
  const [items, events] = await Promise.all([
    db
      .select()
      .from(resourceItems)
      .where(eq(resourceItems.resourceId, resourceId))
      .orderBy(asc(resourceItems.position)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "resource"), eq(domainEvents.subjectId, resourceId)))
      .orderBy(desc(domainEvents.at)),
  ]);
  return {
    resource,
    unitName: row?.unitName ?? "",
    category: row?.category ?? "",
    projectName: row?.projectName ?? null,
    items,
    events,
  };
}

const provider = alias(units, "provider");

/** Demands that concern a scope: those of its units and those that its units must answer. */
export async function listDemands(db: Database, actor: Actor, scope: Scope) {
  return db
    .select({
      id: demands.id,
      wanted: demands.wanted,
      unitName: units.name,
      providerName: provider.name,
      mine: sql<boolean>`${demands.unitId} = ${actor.unitId}`,
      mustAnswer: sql<boolean>`${demands.providerUnitId} = ${actor.unitId}`,
      scene: demands.scene,
      state: demands.state,
      appliedAt: demands.appliedAt,
      answerDueOn: demands.answerDueOn,
      dueOn: demands.dueOn,
      deliveredAt: demands.deliveredAt,
    })
    .from(demands)
    .innerJoin(units, eq(units.id, demands.unitId))
    .leftJoin(provider, eq(provider.id, demands.providerUnitId))
    .where(
      or(
        inScope(scope, { unitId: demands.unitId, regionId: demands.regionId }),
        eq(demands.providerUnitId, actor.unitId),
      ),
    )
    .orderBy(sql`${demands.appliedAt} desc nulls first`, asc(demands.id))
    .limit(200);
}
