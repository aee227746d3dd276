import { and, asc, eq, ilike, or, sql, type SQL } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import {
  materialProofs,
  materials,
  matterMaterials,
  resourceItems,
  resources,
  serviceMatters,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { searchGrams } from "~/kernel/names";
import { notFound } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import { keysOf, MATERIAL_KINDS, type MaterialKind } from "~/kernel/vocabulary";
import { contains } from "~/platform/like.server";
import { countAll, pageOf } from "~/platform/paging.server";
import { inScope } from "~/platform/scope.server";
import { isFound } from "~/platform/search.server";
import { can, scopeFor, type Scope } from "~/policy";

import { asGoverned } from "./load-material.server";
import { eventsOf, readPage } from "./matters.queries.server";
import { replaceability, REPLACEABILITIES, type Replaceability } from "./replaceability.rules";
import { similarNames } from "./similar-names.rules";
import { standingOf, standsAs } from "./standings.server";

export const MATERIALS_PAGE = 50;

/** What the list of materials can be asked. */
export interface MaterialQuery {
  readonly q: string;
  readonly kind: MaterialKind | undefined;
  readonly standing: Replaceability | undefined;
  /** a unit whose matters in force ask for it */
  readonly unit: string | undefined;
  /** a unit whose data in force prove it */
  readonly provider: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readMaterialQuery(params: URLSearchParams): MaterialQuery {
  const unitId = (name: string) => [params.get(name) ?? ""].find(isUuid);
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    kind: keysOf(MATERIAL_KINDS).find((kind) => kind === params.get("kind")),
    standing: keysOf(REPLACEABILITIES).find((standing) => standing === params.get("standing")),
    unit: unitId("unit"),
    provider: unitId("provider"),
    page: readPage(params),
  };
}

/** Materials in reach: what a region asks for. */
export const materialsIn = (scope: Scope): SQL =>
  inScope(scope, { unitId: materials.issuerUnitId, regionId: materials.regionId });

/** The condition that a material is asked for by a matter in force, of a unit when one is named. */
const isAskedBy = (unitId: string): SQL => sql`exists (select 1 from ${matterMaterials}
  join ${serviceMatters} on ${serviceMatters.id} = ${matterMaterials.matterId}
  where ${matterMaterials.materialId} = ${materials.id} and ${serviceMatters.state} = 'inForce'
    and ${serviceMatters.unitId} = ${unitId})`;

const isProvenBy = (unitId: string): SQL => sql`exists (select 1 from ${materialProofs}
  join ${resources} on ${resources.id} = ${materialProofs.resourceId}
  where ${materialProofs.materialId} = ${materials.id} and ${resources.unitId} = ${unitId}
    and ${resources.state} = 'published')`;

export function materialsWhere(scope: Scope, query: MaterialQuery): SQL | undefined {
  const like = contains(query.q);
  return and(
    materialsIn(scope),
    query.kind && eq(materials.kind, query.kind),
    query.standing && standsAs(query.standing),
    query.unit ? isAskedBy(query.unit) : undefined,
    query.provider ? isProvenBy(query.provider) : undefined,
    query.q
      ? or(
          ilike(materials.name, like),
          ilike(materials.code, like),
          ilike(materials.initials, like.toLowerCase()),
          ilike(materials.issuer, like),
        )
      : undefined,
  );
}

/** The matters in force that ask for a material of the row. */
const askedBy = (what: SQL): SQL<number> => sql<number>`(select ${what} from ${matterMaterials}
  join ${serviceMatters} on ${serviceMatters.id} = ${matterMaterials.matterId}
  where ${matterMaterials.materialId} = ${materials.id} and ${serviceMatters.state} = 'inForce')`;

export const MATERIAL_ROW = {
  id: materials.id,
  code: materials.code,
  name: materials.name,
  kind: materials.kind,
  issuer: materials.issuer,
  standing: standingOf,
  matters: askedBy(sql`count(*)::int`),
  yearly: askedBy(
    sql`coalesce(sum(${serviceMatters.yearlyCases}) filter (where ${matterMaterials.required}), 0)::float8`,
  ),
  proofs: sql<string[]>`coalesce((select array_agg(distinct ${resources.name}) from ${materialProofs}
    join ${resources} on ${resources.id} = ${materialProofs.resourceId}
    where ${materialProofs.materialId} = ${materials.id}), '{}')`,
};

/** One page of materials, in the order of their codes, with how many matters ask for each and how it stands to data. */
export async function listMaterials(db: Database, scope: Scope, query: MaterialQuery) {
  const where = materialsWhere(scope, query);
  const found = await db
    .select({ ...MATERIAL_ROW, total: countAll(materials, where) })
    .from(materials)
    .leftJoin(units, eq(units.id, materials.issuerUnitId))
    .where(where)
    .orderBy(asc(materials.code))
    .limit(MATERIALS_PAGE)
    .offset((query.page - 1) * MATERIALS_PAGE);
  return pageOf(db, found, { table: materials, where, page: query.page });
}

/**
 * One material with the matters that ask for it, what proves it and its history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readMaterial(db: Database, actor: Actor, id: string) {
  const scope = scopeFor(actor, "matter:read");
  const [material] = await db
    .select()
    .from(materials)
    .where(and(eq(materials.id, id), materialsIn(scope)));
  if (!material) throw notFound("material");
  const [matters, proofs, events, governed] = await Promise.all([
    mattersAsking(db, id),
    proofsOf(db, id),
    eventsOf(db, "material", id),
    asGoverned(db, actor, material),
  ]);
  return {
    material,
    matters,
    proofs,
    events,
    standing: replaceability(proofs),
    mayEdit: can(actor, "matter:edit", governed),
  };
}

const mattersAsking = (db: Database, materialId: string) =>
  db
    .select({
      id: serviceMatters.id,
      code: serviceMatters.code,
      name: serviceMatters.name,
      unitName: units.name,
      state: serviceMatters.state,
      yearlyCases: serviceMatters.yearlyCases,
      required: matterMaterials.required,
    })
    .from(matterMaterials)
    .innerJoin(serviceMatters, eq(serviceMatters.id, matterMaterials.matterId))
    .innerJoin(units, eq(units.id, serviceMatters.unitId))
    .where(eq(matterMaterials.materialId, materialId))
    .orderBy(asc(serviceMatters.code));

const proofsOf = async (db: Database, materialId: string) => {
  const rows = await db
    .select({
      id: materialProofs.id,
      resourceId: resources.id,
      resourceName: resources.name,
      resourceCode: resources.code,
      unitId: resources.unitId,
      unitName: units.name,
      state: resources.state,
      sharingType: resources.sharingType,
      connected: sql<boolean>`(${resources.interfaceAttachedOn} is not null and ${resources.testSharedOn} is not null)`,
      itemName: materialProofs.itemName,
      note: materialProofs.note,
      linkedAt: materialProofs.linkedAt,
      linkerName: users.name,
    })
    .from(materialProofs)
    .innerJoin(resources, eq(resources.id, materialProofs.resourceId))
    .innerJoin(units, eq(units.id, resources.unitId))
    .leftJoin(users, sql`${users.id}::text = ${materialProofs.linkedBy}`)
    .where(eq(materialProofs.materialId, materialId))
    .orderBy(asc(resources.code), asc(materialProofs.itemName));
  return rows.map((row) => ({ ...row, standing: replaceability([row]) }));
};

/** The materials that may be the one that somebody means by a name, the likest first. */
export async function likelyMaterials(db: DatabaseOrTransaction, regionId: string, name: string) {
  const pairs = searchGrams(name);
  if (pairs.length === 0) return [];
  const rows = await db
    .select({ id: materials.id, code: materials.code, name: materials.name, issuer: materials.issuer })
    .from(materials)
    .where(and(eq(materials.regionId, regionId), or(...pairs.map((pair) => ilike(materials.name, contains(pair))))));
  return similarNames(name, rows);
}

/** More is asked for more precisely. */
const MOST_RESOURCES = 10;

/** The published resources that words find, each with its items, for the picker of proofs. */
export async function provingResources(db: Database, regionId: string, q: string) {
  if (q.trim() === "") return [];
  return db
    .select({
      id: resources.id,
      code: resources.code,
      name: resources.name,
      unitId: resources.unitId,
      unitName: units.name,
      sharingType: resources.sharingType,
      connected: sql<boolean>`(${resources.interfaceAttachedOn} is not null and ${resources.testSharedOn} is not null)`,
      items: sql<string[]>`coalesce((select array_agg(${resourceItems.name} order by ${resourceItems.position})
        from ${resourceItems} where ${resourceItems.resourceId} = ${resources.id}), '{}')`,
    })
    .from(resources)
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(
      and(
        eq(resources.regionId, regionId),
        eq(resources.state, "published"),
        isFound(q, {
          searchGrams: resources.searchGrams,
          normalizedName: resources.normalizedName,
          whole: sql`(${resources.normalizedName} || ' ' || replace(coalesce(${resources.code}, ''), '/', '') || ' ' || ${resources.initials})`,
        }),
      ),
    )
    .orderBy(asc(resources.code))
    .limit(MOST_RESOURCES);
}
