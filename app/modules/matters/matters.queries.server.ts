import { and, asc, desc, eq, ilike, isNull, or, sql, type SQL } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import {
  domainEvents,
  materials,
  matterMaterials,
  matterSystems,
  serviceMatters,
  systems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { keysOf, MATTER_STATES, MATTER_TYPES, type MatterState, type MatterType } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { countAll, pageOf } from "~/platform/paging.server";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor, type Scope } from "~/policy";

import { isLinkable, isOfferable } from "./linkable-systems.server";
import { relievedPapers, standingOf } from "./standings.server";

export const MATTERS_PAGE = 50;

/** What the list can be asked; everything is in the address. */
export interface MatterQuery {
  readonly q: string;
  readonly unit: string | undefined;
  readonly type: MatterType | undefined;
  readonly state: MatterState | undefined;
  readonly online: "yes" | "no" | undefined;
  readonly system: "yes" | "no" | undefined;
  readonly relieved: boolean;
  readonly page: number;
}

/** Reads a page number from an address. */
export function readPage(params: URLSearchParams): number {
  const page = Number(params.get("page"));
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

const YES_NO = ["yes", "no"] as const;

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readMatterQuery(params: URLSearchParams): MatterQuery {
  const asked = <T extends string>(name: string, known: readonly T[]): T | undefined =>
    known.find((value) => value === params.get(name));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    unit: readWantedUnit(params),
    type: asked("type", keysOf(MATTER_TYPES)),
    state: asked("state", keysOf(MATTER_STATES)),
    online: asked("online", YES_NO),
    system: asked("system", YES_NO),
    relieved: params.get("relieved") === "yes",
    page: readPage(params),
  };
}

const handledSomewhere = sql`exists (select 1 from ${matterSystems} where ${matterSystems.matterId} = ${serviceMatters.id})`;

/** The condition of a question within a scope. */
export function mattersWhere(db: DatabaseOrTransaction, scope: Scope, query: MatterQuery): SQL | undefined {
  const like = contains(query.q);
  return and(
    inScope(scope, { unitId: serviceMatters.unitId, regionId: serviceMatters.regionId }),
    isWantedUnit(serviceMatters.unitId, query.unit),
    query.type && eq(serviceMatters.type, query.type),
    query.state && eq(serviceMatters.state, query.state),
    query.online && eq(serviceMatters.online, query.online === "yes"),
    query.system && (query.system === "yes" ? handledSomewhere : sql`not ${handledSomewhere}`),
    query.relieved ? and(eq(serviceMatters.state, "inForce"), sql`${relievedPapers(db)} > 0`) : undefined,
    query.q
      ? or(
          ilike(serviceMatters.name, like),
          ilike(serviceMatters.code, like),
          ilike(serviceMatters.initials, like.toLowerCase()),
        )
      : undefined,
  );
}

/** A secret system is a number to whoever reads what is public. */
export const systemName = sql<string>`case when ${systems.secret} then '涉密系统（' || ${systems.code} || '）' else ${systems.name} end`;

const SYSTEM_NAMES = sql<
  string[]
>`coalesce((select array_agg(${systemName} order by ${systems.code}) from ${matterSystems}
  join ${systems} on ${systems.id} = ${matterSystems.systemId} where ${matterSystems.matterId} = ${serviceMatters.id}), '{}')`;

const paperCount = sql<number>`(select count(*)::int from ${matterMaterials} where ${matterMaterials.matterId} = ${serviceMatters.id})`;

/** One page of matters within a scope, in the order of their codes. */
export async function listMatters(db: Database, scope: Scope, query: MatterQuery) {
  const where = mattersWhere(db, scope, query);
  const found = await db
    .select({
      id: serviceMatters.id,
      code: serviceMatters.code,
      name: serviceMatters.name,
      unitName: units.name,
      type: serviceMatters.type,
      state: serviceMatters.state,
      online: serviceMatters.online,
      yearlyCases: serviceMatters.yearlyCases,
      systems: SYSTEM_NAMES,
      papers: paperCount,
      relieved: relievedPapers(db),
      total: countAll(serviceMatters, where),
    })
    .from(serviceMatters)
    .innerJoin(units, eq(units.id, serviceMatters.unitId))
    .where(where)
    .orderBy(asc(serviceMatters.code))
    .limit(MATTERS_PAGE)
    .offset((query.page - 1) * MATTERS_PAGE);
  return pageOf(db, found, { table: serviceMatters, where, page: query.page });
}

/** How many matters a question finds, are handled online throughout, and in no system. */
export async function sumMatters(db: Database, scope: Scope, query: MatterQuery) {
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      online: sql<number>`count(*) filter (where ${serviceMatters.online})::int`,
      withoutSystem: sql<number>`count(*) filter (where not ${handledSomewhere})::int`,
    })
    .from(serviceMatters)
    .innerJoin(units, eq(units.id, serviceMatters.unitId))
    .where(mattersWhere(db, scope, query));
  return row ?? { total: 0, online: 0, withoutSystem: 0 };
}

/** What happened to a matter or a material, the latest first. */
export const eventsOf = (db: Database, subjectType: "matter" | "material", subjectId: string) =>
  db
    .select({
      id: domainEvents.id,
      type: domainEvents.type,
      at: domainEvents.at,
      actorName: domainEvents.actorName,
      unitName: domainEvents.unitName,
      reason: domainEvents.reason,
      payload: domainEvents.payload,
    })
    .from(domainEvents)
    .where(and(eq(domainEvents.subjectType, subjectType), eq(domainEvents.subjectId, subjectId)))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id));

/**
 * One matter with the systems it is handled in, the materials it asks for and how each stands to data, and its history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readMatter(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({ matter: serviceMatters, unitName: units.name, updaterName: users.name })
    .from(serviceMatters)
    .innerJoin(units, eq(units.id, serviceMatters.unitId))
    .leftJoin(users, sql`${users.id}::text = ${serviceMatters.updatedBy}`)
    .where(
      and(
        eq(serviceMatters.id, id),
        inScope(scopeFor(actor, "matter:read"), { unitId: serviceMatters.unitId, regionId: serviceMatters.regionId }),
      ),
    );
  if (!row) throw notFound("matter");
  const [handledIn, papers, events] = await Promise.all([
    systemsOf(db, id),
    papersOf(db, id),
    eventsOf(db, "matter", id),
  ]);
  return { ...row, systems: handledIn, papers, events };
}

const systemsOf = (db: Database, matterId: string) =>
  db
    .select({ id: systems.id, code: systems.code, name: systemName, unitName: units.name, state: systems.state })
    .from(matterSystems)
    .innerJoin(systems, eq(systems.id, matterSystems.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(eq(matterSystems.matterId, matterId))
    .orderBy(asc(systems.code));

const papersOf = (db: Database, matterId: string) =>
  db
    .select({
      id: materials.id,
      code: materials.code,
      name: materials.name,
      kind: materials.kind,
      issuer: materials.issuer,
      required: matterMaterials.required,
      standing: standingOf,
    })
    .from(matterMaterials)
    .innerJoin(materials, eq(materials.id, matterMaterials.materialId))
    .where(eq(matterMaterials.matterId, matterId))
    .orderBy(desc(matterMaterials.required), asc(materials.code));

/** The systems that the actor may link to a matter and that it has not yet, for a choice. */
export async function systemChoices(
  ctx: Pick<Ctx, "db" | "actor">,
  matter: { id: string; unitId: string; regionId: string },
) {
  const rows = await ctx.db
    .select({ value: systems.id, name: systems.name, unitName: units.name })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(matterSystems, and(eq(matterSystems.systemId, systems.id), eq(matterSystems.matterId, matter.id)))
    .where(and(isLinkable(ctx, matter), isOfferable, isNull(matterSystems.matterId)))
    .orderBy(sql`${systems.unitId} <> ${matter.unitId}`, asc(systems.code));
  return rows.map(({ value, name, unitName }) => ({ value, label: `${name}（${unitName}）` }));
}
