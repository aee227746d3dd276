import { and, asc, count, eq, ilike, isNotNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { demands, regions, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { DEMAND_STATES, keysOf, type DemandState } from "~/kernel/vocabulary";
import { isUuid } from "~/kernel/uuid";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { scopeFor } from "~/policy";

import { DEMAND_LISTS, type DemandList } from "./demand-words";

const PAGE_SIZE = 50;
/** What an export holds at most; a unit's list is far shorter. */
const EXPORT_ROWS = 5_000;

export interface DemandQuery {
  readonly list: DemandList;
  readonly q: string;
  readonly state: DemandState | undefined;
  /** whose list: a department has only its own, the bureau chooses */
  readonly unit: string | undefined;
  /** the other side */
  readonly counterpart: string | undefined;
  readonly overdue: boolean;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readDemandQuery(params: URLSearchParams): DemandQuery {
  const page = Number(params.get("page"));
  return {
    list: keysOf(DEMAND_LISTS).find((list) => list === params.get("list")) ?? "demands",
    q: (params.get("q") ?? "").trim().slice(0, 100),
    state: keysOf(DEMAND_STATES).find((state) => state === params.get("state")),
    unit: readWantedUnit(params),
    counterpart: readWantedUnit(params, "counterpart"),
    overdue: params.get("overdue") === "yes",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** Does the actor see other units' lists? Then a unit can be chosen. */
export const seesAllDemands = (actor: Actor): boolean => scopeFor(actor, "demand:read").regionIds.length > 0;

const provider = alias(units, "provider");

/** The limit of the step that a demand waits for. */
const dueNow = sql<LocalDate | null>`case ${demands.state}
  when 'unitReviewed' then ${demands.checkDueOn} when 'checked' then ${demands.answerDueOn}
  when 'agreed' then ${demands.dueOn} end`;

const columns = {
  id: demands.id,
  wanted: demands.wanted,
  items: demands.items,
  resourceId: demands.resourceId,
  unitName: units.name,
  providerName: provider.name,
  legalBasis: demands.legalBasis,
  scene: demands.scene,
  method: demands.method,
  frequency: demands.frequency,
  usedFromOn: demands.usedFromOn,
  usedUntilOn: demands.usedUntilOn,
  state: demands.state,
  appliedAt: demands.appliedAt,
  checkDueOn: demands.checkDueOn,
  answerDueOn: demands.answerDueOn,
  dueOn: demands.dueOn,
  dueNow,
  deliveredAt: demands.deliveredAt,
  rating: demands.rating,
} as const;

/** What a list holds before any further question: whose it is, what its reader may see of it. */
function listed(actor: Actor, { list, unit }: Pick<DemandQuery, "list" | "unit">): SQL | undefined {
  const mine = seesAllDemands(actor) ? unit : actor.unitId;
  const scope = scopeFor(actor, "demand:read");
  const side = list === "demands" ? demands.unitId : demands.providerUnitId;
  return and(
    isNotNull(demands.appliedAt),
    inScope({ ...scope, operatorUnitId: null }, { unitId: side, regionId: demands.regionId }),
    list === "duties" ? isNotNull(demands.checkedAt) : undefined,
    isWantedUnit(side, mine),
  );
}

function asked(actor: Actor, query: DemandQuery, today: LocalDate): SQL | undefined {
  const other = query.list === "demands" ? demands.providerUnitId : demands.unitId;
  const like = `%${query.q.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  return and(
    listed(actor, query),
    query.state && eq(demands.state, query.state),
    isWantedUnit(other, query.counterpart),
    query.overdue ? sql`${dueNow} < ${today}` : undefined,
    query.q ? or(ilike(demands.wanted, like), ilike(demands.scene, like), ilike(demands.legalBasis, like)) : undefined,
  );
}

const rowsOf = (db: Database, where: SQL | undefined) =>
  db
    .select(columns)
    .from(demands)
    .innerJoin(units, eq(units.id, demands.unitId))
    .leftJoin(provider, eq(provider.id, demands.providerUnitId))
    .where(where)
    .orderBy(sql`${dueNow} asc nulls last`, sql`${demands.appliedAt} desc`, asc(demands.id));

/** One page of a list of demands, what waits longest first, with how many there are in each state. */
export async function listDemands(db: Database, actor: Actor, query: DemandQuery, today: LocalDate) {
  const [rows, counts, [matching]] = await Promise.all([
    rowsOf(db, asked(actor, query, today))
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    countDemands(db, actor, query, today),
    db
      .select({ n: count() })
      .from(demands)
      .where(asked(actor, query, today)),
  ]);
  return { rows, counts, total: matching?.n ?? 0, pageSize: PAGE_SIZE };
}

/** How a list stands as a whole, whatever is asked of it. */
async function countDemands(db: Database, actor: Actor, query: DemandQuery, today: LocalDate) {
  const [row] = await db
    .select({
      all: count(),
      open: sql<number>`count(*) filter (where ${demands.state} not in ('ended', 'withdrawn', 'delivered'))::int`,
      overdue: sql<number>`count(*) filter (where ${dueNow} < ${today})::int`,
      delivered: sql<number>`count(*) filter (where ${demands.deliveredAt} is not null)::int`,
    })
    .from(demands)
    .where(listed(actor, query));
  return row ?? { all: 0, open: 0, overdue: 0, delivered: 0 };
}

/** The whole list as it is asked for, for a sheet or a printed form. */
export const exportedDemands = (db: Database, actor: Actor, query: DemandQuery, today: LocalDate) =>
  rowsOf(db, asked(actor, query, today)).limit(EXPORT_ROWS);
export type ListedDemand = Awaited<ReturnType<typeof exportedDemands>>[number];

/** Whose list it is: a unit's by its name, or the whole region's, of which words may show a part. */
export async function listOwner(db: Database, actor: Actor, query: DemandQuery): Promise<string> {
  if (!seesAllDemands(actor)) return actor.unitName;
  const named = isUuid(query.unit ?? "")
    ? db
        .select({ name: units.name })
        .from(units)
        .where(eq(units.id, query.unit ?? ""))
    : db.select({ name: regions.name }).from(regions).where(eq(regions.id, actor.regionId));
  const [row] = await named;
  return row?.name ?? "";
}
