import { eq, sql, type SQL } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resourceItems, resourceRelations, resources } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { packItems, packResource } from "./packed-resource.server";
import type { ResourceContent } from "./resource.content";
import { judgeResources, type ResourceRefusalCode } from "./resource.rules";
import { surroundingsOf } from "./surroundings.queries.server";

/** Whose the entries are, and with which filing they come; null: outside projects. */
export interface ResourceOwner {
  readonly unitId: string;
  readonly regionId: string;
  readonly projectId: string | null;
}

/** Rows that one statement carries: large enough to be few, small enough to let other requests in between. */
const CHUNK_ROWS = 1_000;

/**
 * Judges and writes draft entries, all or none; they are judged in order, each against those before it. A refusal's
 * facts say of which entry it speaks (`row`, from 1). The caller authorizes, holds whatever must not change meanwhile,
 * and records the change. Answers the ids in the order of the entries.
 */
export async function writeDraftResources(
  tx: Transaction,
  ctx: Pick<Ctx, "actor">,
  owner: ResourceOwner,
  entries: readonly ResourceContent[],
): Promise<Result<string[], ResourceRefusalCode>> {
  const problems = judgeResources(entries, await surroundingsOf(tx, owner, entries)).flatMap((found, index) =>
    found.map((problem) => ({ ...problem, facts: { ...problem.facts, row: index + 1 } })),
  );
  if (problems.length > 0) return refuse(...problems);

  const ids = entries.map(() => newId());
  for (let at = 0; at < entries.length; at += CHUNK_ROWS) {
    const chunk = entries.slice(at, at + CHUNK_ROWS).map((entry, index) => packResource(ids[at + index] ?? "", entry));
    await insertPackedResources(tx, ctx, owner, rowsOf(chunk));
  }
  const related = entries.flatMap(({ relatedCodes }, index) =>
    relatedCodes.length > 0 ? [{ id: ids[index] ?? "", relatedCodes }] : [],
  );
  if (related.length > 0) await relate(tx, owner.regionId, related);
  return accept(ids);
}

/**
 * Inserts draft entries with their items. One statement and one value carry many rows: a parameter for each would cost
 * more than the insert.
 * @param packed a query of rows with one column `packed`, each a `PackedResource` as jsonb
 */
export async function insertPackedResources(
  tx: Transaction,
  { actor }: Pick<Ctx, "actor">,
  { unitId, regionId, projectId }: ResourceOwner,
  packed: SQL,
): Promise<void> {
  await tx.execute(sql`
    insert into ${resources} (id, region_id, unit_id, project_id, drafted_by, state, category_code, name, normalized_name,
      initials, search_grams, summary, format_class, format_type, basic_database_code, sharing_type, legal_basis, conditions,
      method, open_to_public, open_conditions, update_cycle, system_id, matter, material)
    select r.id, ${regionId}::uuid, ${unitId}::uuid, ${projectId}::uuid, ${actor.userId}, 'draft', r."categoryCode", r.name,
      r."normalizedName", r.initials, string_to_array(r."searchGrams", ' '), r.summary, r."formatClass", r."formatType",
      r."basicDatabaseCode", r."sharingType", r."legalBasis", r.conditions, r.method, r."openToPublic", r."openConditions",
      r."updateCycle", r."systemId", r.matter, r.material
    from (${packed}) as entries cross join lateral jsonb_to_record(entries.packed) as r (id uuid, "categoryCode" text,
      name text, "normalizedName" text, initials text, "searchGrams" text, summary text, "formatClass" text,
      "formatType" text, "basicDatabaseCode" text, "sharingType" text, "legalBasis" text, conditions text, method text,
      "openToPublic" boolean, "openConditions" text, "updateCycle" text, "systemId" uuid, matter text, material text)`);
  await insertItems(tx, regionId, packed);
}

/** Writes the items of entries that have none yet. @param packed rows of jsonb { id, items }, as above */
async function insertItems(tx: Transaction, regionId: string, packed: SQL): Promise<void> {
  await tx.execute(sql`
    insert into ${resourceItems} (resource_id, position, region_id, name, data_type, length, required, is_key)
    select (entries.packed ->> 'id')::uuid, position, ${regionId}::uuid, item ->> 0, item ->> 1, (item ->> 2)::int,
      (item ->> 3)::boolean, (item ->> 4)::boolean
    from (${packed}) as entries
    cross join lateral jsonb_array_elements(entries.packed -> 'items') with ordinality as items (item, position)`);
}

/** Rows as the database takes them apart: one value, whatever their number. */
const rowsOf = (rows: readonly object[]): SQL =>
  sql`select packed from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) as rows (packed)`;

/** Writes relations by the codes of the region's catalog. */
async function relate(
  tx: Transaction,
  regionId: string,
  entries: readonly { readonly id: string; readonly relatedCodes: readonly string[] }[],
): Promise<void> {
  const packed = JSON.stringify(entries.flatMap(({ id, relatedCodes }) => relatedCodes.map((code) => ({ id, code }))));
  await tx.execute(sql`
    insert into ${resourceRelations} (resource_id, related_id, region_id)
    select r.id, other.id, ${regionId}::uuid
    from jsonb_to_recordset(${packed}::text::jsonb) as r (id uuid, code text)
    join ${resources} other on other.region_id = ${regionId}::uuid and other.code = r.code and other.id <> r.id
    on conflict do nothing`);
}

/** Replaces the items and relations of one entry by those of its content. */
export async function replaceItems(
  tx: Transaction,
  { id, regionId }: { readonly id: string; readonly regionId: string },
  { items, relatedCodes }: ResourceContent,
): Promise<void> {
  await tx.delete(resourceItems).where(eq(resourceItems.resourceId, id));
  await tx.delete(resourceRelations).where(eq(resourceRelations.resourceId, id));
  await insertItems(tx, regionId, rowsOf([{ id, items: packItems(items) }]));
  await relate(tx, regionId, [{ id, relatedCodes }]);
}
