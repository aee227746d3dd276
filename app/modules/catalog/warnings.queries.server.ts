import { and, asc, desc, eq, gte, inArray, ne, or, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { resourceItems, resources, units } from "@db/schema";
import { foldName } from "~/kernel/names";

import type { ResourceContent } from "./resource.content";

/** What a reviewer should look at before an entry goes on; no rule forbids it. */
export interface ResourceWarnings {
  /** resources of the region with a name much like it */
  readonly alike: readonly {
    readonly id: string;
    readonly name: string;
    readonly unitName: string;
    readonly percent: number;
  }[];
  /** items that another unit is already the source of (一数一源) */
  readonly sourced: readonly {
    readonly item: string;
    readonly id: string;
    readonly name: string;
    readonly unitName: string;
  }[];
}

const MOST_SHOWN = 5;

/**
 * Looks for near-duplicates and for items that already have a source: the same item, not a key that links records, in
 * another unit's published resource of the same basic database or of the same name.
 * @unit similarity 0–1
 * @source domain.md §4 (一数一源)
 */
export async function resourceWarnings(
  db: DatabaseOrTransaction,
  owner: { readonly id: string | null; readonly unitId: string; readonly regionId: string },
  content: Pick<ResourceContent, "name" | "items" | "basicDatabaseCode">,
  similarity: number,
): Promise<ResourceWarnings> {
  const [alike, sourced] = await Promise.all([
    alikeNames(db, owner, content.name, similarity),
    sourcesOf(db, owner, content),
  ]);
  return { alike, sourced };
}

type Owner = Parameters<typeof resourceWarnings>[1];

async function alikeNames(db: DatabaseOrTransaction, { id, regionId }: Owner, typed: string, similarity: number) {
  const name = foldName(typed);
  const likeness = sql<number>`similarity(${resources.normalizedName}, ${name})`;
  const rows = await db
    .select({ id: resources.id, name: resources.name, unitName: units.name, likeness })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(
      and(
        eq(resources.regionId, regionId),
        ne(resources.state, "withdrawn"),
        id === null ? undefined : ne(resources.id, id),
        // the operator is what the trigram index answers; its own limit is not above ours
        sql`${resources.normalizedName} % ${name}`,
        gte(likeness, similarity),
      ),
    )
    .orderBy(desc(likeness), asc(resources.id))
    .limit(MOST_SHOWN);
  return rows.map(({ likeness: share, ...row }) => ({ ...row, percent: Math.round(share * 100) }));
}

async function sourcesOf(
  db: DatabaseOrTransaction,
  { unitId, regionId }: Owner,
  { name, items, basicDatabaseCode }: Pick<ResourceContent, "name" | "items" | "basicDatabaseCode">,
) {
  const names = items.filter((item) => !item.isKey).map((item) => item.name);
  if (names.length === 0) return [];
  return db
    .select({ item: resourceItems.name, id: resources.id, name: resources.name, unitName: units.name })
    .from(resourceItems)
    .innerJoin(resources, eq(resources.id, resourceItems.resourceId))
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(
      and(
        eq(resources.regionId, regionId),
        eq(resources.state, "published"),
        ne(resources.unitId, unitId),
        inArray(resourceItems.name, names),
        eq(resourceItems.isKey, false),
        or(
          eq(resources.normalizedName, foldName(name)),
          basicDatabaseCode === null ? undefined : eq(resources.basicDatabaseCode, basicDatabaseCode),
        ),
      ),
    )
    .orderBy(asc(resourceItems.name), asc(resources.code))
    .limit(MOST_SHOWN);
}
