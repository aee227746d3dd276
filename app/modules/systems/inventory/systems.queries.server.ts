import { and, asc, eq, ilike, isNull, not, or, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { cloudBatches, cloudStandings, cloudSteps, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import {
  HOSTINGS,
  keysOf,
  OWNERSHIPS,
  SYSTEM_STATES,
  type Hosting,
  type Ownership,
  type SystemState,
} from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { countAll, pageOf } from "~/platform/paging.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { countsOn, migratedOn, standsOn, stepStandsOn } from "../cloud/standing.server";
import { CLOUD_PROGRESS, type CloudProgress } from "./cloud-progress";
import { shownName } from "./secret-names";
import { MLPS_LEVELS } from "./system-facts";

export const SYSTEMS_PAGE = 50;

const SORTS = { code: "编号", name: "系统名称", unit: "主管单位", level: "等保级别", launched: "上线日期" } as const;
export type SystemSort = keyof typeof SORTS;

export interface SystemQuery {
  readonly q: string;
  readonly ownership: Ownership | undefined;
  /** those that run when nothing is said */
  readonly state: SystemState | "all" | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  /** "none": no level; otherwise the level */
  readonly level: string | undefined;
  readonly hosting: Hosting | undefined;
  readonly cloud: CloudProgress | undefined;
  readonly secret: "yes" | "no" | undefined;
  readonly incomplete: boolean;
  readonly sort: SystemSort;
  readonly descending: boolean;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readSystemQuery(params: URLSearchParams): SystemQuery {
  const page = Number(params.get("page"));
  const asked = <T extends string>(name: string, known: readonly T[]): T | undefined =>
    known.find((value) => value === params.get(name));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    ownership: asked("ownership", keysOf(OWNERSHIPS)),
    state: asked("state", [...keysOf(SYSTEM_STATES), "all"]),
    unit: readWantedUnit(params),
    level: asked("level", ["none", ...keysOf(MLPS_LEVELS)]),
    hosting: asked("hosting", keysOf(HOSTINGS)),
    cloud: asked("cloud", keysOf(CLOUD_PROGRESS)),
    secret: asked("secret", ["yes", "no"]),
    incomplete: params.get("incomplete") === "yes",
    sort: asked("sort", keysOf(SORTS)) ?? "code",
    descending: params.get("order") === "desc",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: systems.unitId, regionId: systems.regionId, operatorUnitId: systems.operatorUnitId });

/** The readers of a scope may know what the system is called: what opensSecret says, as a condition. */
const isOpenTo = (scope: Scope): SQL =>
  sql`(not ${systems.secret} or ${inScope(
    { regionIds: scope.regionIds, unitId: scope.unitId, operatorUnitId: null },
    { unitId: systems.unitId, regionId: systems.regionId },
  )})`;

/** What missingFields finds, as a condition; a test holds the two against each other. */
export const isIncomplete: SQL = sql`(${systems.state} <> 'retired' and (
  ${systems.name} = '' or ${systems.purpose} = '' or ${systems.contactName} = '' or ${systems.contactPhone} = ''
  or ${systems.launchedOn} is null
  or (${systems.hosting} in ('ownRoom', 'otherCloud') and ${systems.location} = '')
  or (${systems.ownership} = 'own' and ${systems.builder} = '')
  or (${systems.ownership} = 'own' and not ${systems.secret} and (
    ${systems.mlpsLevel} is null or (${systems.mlpsLevel} >= 2 and ${systems.mlpsFilingNumber} = '')))))`;

/** How many of the seven steps a system has completed by a day. */
const stepsDone = (asOf: LocalDate) =>
  sql<number>`(select count(distinct ${cloudSteps.step})::int from ${cloudSteps} where ${stepStandsOn(asOf)})`;

/** The span that holds on a day, joined to a system; exactly one from its registration on. */
const counted = (asOf: LocalDate): SQL =>
  sql`exists (select 1 from ${cloudStandings} where ${standsOn(asOf)} and ${countsOn(asOf)})`;

function progressIs(progress: CloudProgress | undefined, asOf: LocalDate): SQL | undefined {
  switch (progress) {
    case undefined:
      return undefined;
    case "outside":
      return not(counted(asOf));
    case "migrated":
      return and(counted(asOf), migratedOn(asOf));
    case "moving":
      return and(counted(asOf), not(migratedOn(asOf)), sql`${stepsDone(asOf)} > 0`);
    case "untouched":
      return and(counted(asOf), sql`${stepsDone(asOf)} = 0`);
  }
}

/** The condition of a question. A secret system is found by its name only by those who may know it. */
export function systemsWhere(scope: Scope, query: SystemQuery, asOf: LocalDate): SQL | undefined {
  const like = contains(query.q);
  const named = and(or(ilike(systems.name, like), ilike(systems.initials, like)), isOpenTo(scope));
  return and(
    within(scope),
    query.ownership && eq(systems.ownership, query.ownership),
    query.state === "all"
      ? undefined
      : query.state
        ? eq(systems.state, query.state)
        : sql`${systems.state} <> 'retired'`,
    isWantedUnit(systems.unitId, query.unit),
    query.level === undefined
      ? undefined
      : query.level === "none"
        ? isNull(systems.mlpsLevel)
        : eq(systems.mlpsLevel, Number(query.level)),
    query.hosting && eq(systems.hosting, query.hosting),
    query.secret && eq(systems.secret, query.secret === "yes"),
    query.incomplete ? isIncomplete : undefined,
    progressIs(query.cloud, asOf),
    query.q ? or(named, ilike(systems.code, like)) : undefined,
  );
}

const SORT_COLUMNS = {
  code: systems.code,
  name: systems.name,
  unit: units.position,
  level: systems.mlpsLevel,
  launched: systems.launchedOn,
} as const;

export function systemsOrder({ sort, descending }: SystemQuery): SQL[] {
  const by = SORT_COLUMNS[sort];
  return [descending ? sql`${by} desc nulls last` : sql`${by} asc nulls last`, asc(systems.code)];
}

/** One page of the inventory within a scope. */
export async function listSystems(db: Database, scope: Scope, query: SystemQuery, asOf: LocalDate) {
  const where = systemsWhere(scope, query, asOf);
  const found = await db
    .select({
      id: systems.id,
      regionId: systems.regionId,
      unitId: systems.unitId,
      code: systems.code,
      name: systems.name,
      secret: systems.secret,
      state: systems.state,
      unitName: units.name,
      ownership: systems.ownership,
      mlpsLevel: systems.mlpsLevel,
      hosting: systems.hosting,
      backedUp: systems.backedUp,
      launchedOn: systems.launchedOn,
      incomplete: sql<boolean>`${isIncomplete}`,
      batch: cloudBatches.name,
      counted: sql<boolean>`${counted(asOf)}`,
      stepsDone: stepsDone(asOf),
      total: countAll(systems, where),
    })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(cloudStandings, standsOn(asOf))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .where(where)
    .orderBy(...systemsOrder(query))
    .limit(SYSTEMS_PAGE)
    .offset((query.page - 1) * SYSTEMS_PAGE);
  const { rows, total } = await pageOf(db, found, { table: systems, where, page: query.page });
  return { rows: rows.map((row) => ({ ...row, name: shownName(scope, row) })), total };
}

/** How many systems a question finds of each ownership, and how many of them lack something. */
export async function sumSystems(db: Database, scope: Scope, query: SystemQuery, asOf: LocalDate) {
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      national: sql<number>`count(*) filter (where ${systems.ownership} = 'national')::int`,
      provincial: sql<number>`count(*) filter (where ${systems.ownership} = 'provincial')::int`,
      own: sql<number>`count(*) filter (where ${systems.ownership} = 'own')::int`,
      incomplete: sql<number>`count(*) filter (where ${isIncomplete})::int`,
    })
    .from(systems)
    .where(systemsWhere(scope, query, asOf));
  return row ?? { total: 0, national: 0, provincial: 0, own: 0, incomplete: 0 };
}
