import { and, asc, eq, gte, inArray, like, lt, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { basicDatabases, catalogCategories, demands, resourceItems, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { isWantedUnit } from "~/modules/identity/index.server";
import { startsWith } from "~/platform/like.server";
import { countAll, pageOf } from "~/platform/paging.server";
import { inScope } from "~/platform/scope.server";
import { isFound } from "~/platform/search.server";
import type { Scope } from "~/policy";

import type { CatalogQuery } from "./catalog-query";
import { freshnessOn, type Freshness } from "./freshness.rules";
import type { Resource } from "./load-resource.server";
import { itemsText, type ResourceItem } from "./resource.content";

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

/** The whole classification for a filter: every level, each below its parent. */
export async function categoryTree(db: DatabaseOrTransaction): Promise<{ value: string; label: string }[]> {
  const rows = await db
    .select({ value: catalogCategories.code, name: catalogCategories.name, level: catalogCategories.level })
    .from(catalogCategories)
    .orderBy(asc(catalogCategories.code));
  return rows.map(({ value, name, level }) => ({ value, label: `${"　".repeat(level - 1)}${name}` }));
}

interface CatalogSight {
  readonly actor: Actor;
  /** what may be read, and where what is not yet published may be read as well */
  readonly reading: Scope;
  readonly publishing: Scope;
}

/** Within how many days before its limit an update is announced, and the day that it is. */
export interface Clock {
  readonly today: LocalDate;
  readonly warningDays: number;
}

/** The last day on which the clock was wound: the last update, or the publication. */
const lastOn = sql<LocalDate | null>`coalesce(${resources.lastUpdatedOn}, ${resources.publishedOn})`;

/** The rule of `freshnessOn` as a condition, so that a list can be asked for it. */
function hasFreshness(wanted: Freshness, { today, warningDays }: Clock): SQL | undefined {
  const running = eq(resources.state, "published");
  const warnedFrom = sql`${resources.nextUpdateDueOn} - least(${warningDays}::int, (${resources.nextUpdateDueOn} - ${lastOn}) / 4)`;
  switch (wanted) {
    case "overdue":
      return and(running, lt(resources.nextUpdateDueOn, today));
    case "dueSoon":
      return and(running, gte(resources.nextUpdateDueOn, today), sql`${warnedFrom} <= ${today}::date`);
    case "fresh":
      return and(running, gte(resources.nextUpdateDueOn, today), sql`${warnedFrom} > ${today}::date`);
  }
}

/**
 * What is or was in force is there to be found by every unit of the region; what is not yet published, or withdrawn, only
 * by its own unit and by whoever publishes.
 */
function conditions({ actor, reading, publishing }: CatalogSight, query: CatalogQuery, clock: Clock): SQL | undefined {
  const place = { unitId: resources.unitId, regionId: resources.regionId };
  const seesAll = !reading.unitId && reading.regionIds.every((id) => publishing.regionIds.includes(id));
  return and(
    inScope(reading, place),
    seesAll
      ? undefined
      : or(
          inArray(resources.state, ["published", "suspended"]),
          eq(resources.unitId, actor.unitId),
          inScope(publishing, place),
        ),
    query.state && eq(resources.state, query.state),
    query.sharingType && eq(resources.sharingType, query.sharingType),
    query.updateCycle && eq(resources.updateCycle, query.updateCycle),
    query.category ? like(resources.categoryCode, startsWith(query.category)) : undefined,
    query.basicDatabase ? eq(resources.basicDatabaseCode, query.basicDatabase) : undefined,
    query.freshness && hasFreshness(query.freshness, clock),
    isWantedUnit(resources.unitId, query.unit),
    isFound(query.q, {
      searchGrams: resources.searchGrams,
      normalizedName: resources.normalizedName,
      whole: sql`(${resources.normalizedName} || ' ' || replace(coalesce(${resources.code}, ''), '/', '') || ' ' || ${resources.initials})`,
    }),
  );
}

/** A row of the catalog on a page. The names beside it are looked up for the page alone: a join would read the whole city. */
const LISTED = {
  id: resources.id,
  code: resources.code,
  name: resources.name,
  unitName: sql<string>`(select u.name from units u where u.id = ${resources.unitId})`,
  category: sql<string>`(select c.name from catalog_categories c where c.code = ${resources.categoryCode})`,
  sharingType: resources.sharingType,
  method: resources.method,
  updateCycle: resources.updateCycle,
  state: resources.state,
  publishedOn: resources.publishedOn,
  lastUpdatedOn: resources.lastUpdatedOn,
  nextUpdateDueOn: resources.nextUpdateDueOn,
  registeredBy: resources.registeredBy,
  version: resources.version,
};

/** A row of the catalog in a sheet. */
const ROW = {
  id: resources.id,
  code: resources.code,
  name: resources.name,
  unitName: units.name,
  creditCode: units.creditCode,
  category: catalogCategories.name,
  summary: resources.summary,
  formatClass: resources.formatClass,
  formatType: resources.formatType,
  basicDatabase: basicDatabases.name,
  sharingType: resources.sharingType,
  conditions: resources.conditions,
  legalBasis: resources.legalBasis,
  method: resources.method,
  openToPublic: resources.openToPublic,
  openConditions: resources.openConditions,
  updateCycle: resources.updateCycle,
  matter: resources.matter,
  material: resources.material,
  state: resources.state,
  edition: resources.edition,
  publishedOn: resources.publishedOn,
  lastUpdatedOn: resources.lastUpdatedOn,
  nextUpdateDueOn: resources.nextUpdateDueOn,
  registeredBy: resources.registeredBy,
  version: resources.version,
};

const rowsOf = (db: Database) =>
  db
    .select(ROW)
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .innerJoin(catalogCategories, eq(catalogCategories.code, resources.categoryCode))
    .leftJoin(basicDatabases, eq(basicDatabases.code, resources.basicDatabaseCode));

/** By code; what has none yet stands first, as work does. */
const byCode = [sql`${resources.code} asc nulls first`, asc(resources.id)];

/** One page of the catalog, each row with the light of its update clock. */
export async function listResources(db: Database, sight: CatalogSight, query: CatalogQuery, clock: Clock) {
  const where = conditions(sight, query, clock);
  const rows = await db
    .select({ ...LISTED, total: countAll(resources, where) })
    .from(resources)
    .where(where)
    .orderBy(...byCode)
    .limit(CATALOG_PAGE)
    .offset((query.page - 1) * CATALOG_PAGE);
  const { rows: listed, total } = await pageOf(db, rows, { table: resources, where, page: query.page });
  return {
    rows: listed.map(({ publishedOn, nextUpdateDueOn, ...row }) => ({
      ...row,
      freshness: freshnessOf({ ...row, publishedOn, nextUpdateDueOn }, clock),
    })),
    total,
    pageSize: CATALOG_PAGE,
  };
}

/** The light of a resource's update clock; null when nothing is due. */
export function freshnessOf(
  row: Pick<Resource, "state" | "lastUpdatedOn" | "publishedOn" | "nextUpdateDueOn">,
  { today, warningDays }: Clock,
): Freshness | null {
  if (row.state !== "published") return null;
  const lastOn = row.lastUpdatedOn ?? row.publishedOn;
  return freshnessOn(today, { lastOn, dueOn: row.nextUpdateDueOn }, warningDays);
}

/** All rows that a question finds, with their items in one text, up to `most`; one more is asked for to know of it. */
export async function resourcesForSheet(
  db: Database,
  sight: CatalogSight,
  query: CatalogQuery,
  clock: Clock,
  most: number,
) {
  const where = conditions(sight, query, clock);
  const rows = await rowsOf(db)
    .where(where)
    .orderBy(...byCode)
    .limit(most + 1);
  const items = await itemTexts(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, items: items.get(row.id) ?? "", freshness: freshnessOf(row, clock) }));
}

const ITEMS_CHUNK = 5_000;

/** The items of many resources, each as the one text that an import reads again. */
async function itemTexts(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let at = 0; at < ids.length; at += ITEMS_CHUNK) {
    const rows = await db
      .select({
        resourceId: resourceItems.resourceId,
        items: sql<
          ResourceItem[]
        >`json_agg(json_build_object('name', ${resourceItems.name}, 'dataType', ${resourceItems.dataType},
          'length', ${resourceItems.length}, 'required', ${resourceItems.required}, 'isKey', ${resourceItems.isKey})
          order by ${resourceItems.position})`,
      })
      .from(resourceItems)
      .where(inArray(resourceItems.resourceId, ids.slice(at, at + ITEMS_CHUNK)))
      .groupBy(resourceItems.resourceId);
    for (const { resourceId, items } of rows) texts.set(resourceId, itemsText(items));
  }
  return texts;
}
