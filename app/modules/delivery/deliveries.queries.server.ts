import { and, asc, count, desc, eq, ilike, or, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { catalogDeliveries, deliveryAttempts, domainEvents, projects, units, users } from "@db/schema";
import { canonicalJson } from "~/kernel/canonical-json";
import type { Actor } from "~/kernel/actor";
import { DELIVERY_STATES, keysOf, type DeliveryState } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains, startsWith } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { waitsForEarlier } from "./claim-delivery.server";
import type { DeliveryPayload } from "./payload";

const PAGE_SIZE = 50;

/** What the list can be asked; everything is in the address. */
export interface DeliveryQuery {
  readonly q: string;
  readonly state: DeliveryState | undefined;
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readDeliveryQuery(params: URLSearchParams): DeliveryQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    state: keysOf(DELIVERY_STATES).find((state) => state === params.get("state")),
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const SHOWN = {
  id: catalogDeliveries.id,
  number: catalogDeliveries.number,
  occasion: catalogDeliveries.occasion,
  state: catalogDeliveries.state,
  projectId: projects.id,
  projectName: projects.name,
  projectCode: catalogDeliveries.projectCode,
  unitName: units.name,
  createdAt: catalogDeliveries.createdAt,
  nextAttemptAt: catalogDeliveries.nextAttemptAt,
  deliveredAt: catalogDeliveries.deliveredAt,
  lastStatus: catalogDeliveries.lastStatus,
  lastError: catalogDeliveries.lastError,
  attempts: sql<number>`(select count(*)::int from ${deliveryAttempts} where ${deliveryAttempts.deliveryId} = ${catalogDeliveries.id})`,
};

/**
 * One page of deliveries within a scope, what was given up first, then the latest; and how many there are of each state,
 * whatever state is asked for.
 */
export async function listDeliveries(db: Database, scope: Scope, query: DeliveryQuery) {
  const among: SQL | undefined = and(
    inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
    isWantedUnit(projects.unitId, query.unit),
    query.q
      ? or(ilike(projects.name, contains(query.q)), ilike(catalogDeliveries.projectCode, startsWith(query.q)))
      : undefined,
  );
  const [rows, counted] = await Promise.all([
    db
      .select({ ...SHOWN, heldBack: sql<boolean>`${waitsForEarlier(db)}` })
      .from(catalogDeliveries)
      .innerJoin(projects, eq(projects.id, catalogDeliveries.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(and(among, query.state && eq(catalogDeliveries.state, query.state)))
      .orderBy(
        sql`${catalogDeliveries.state} <> 'dead'`,
        desc(catalogDeliveries.createdAt),
        desc(catalogDeliveries.number),
      )
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db
      .select({ state: catalogDeliveries.state, n: count() })
      .from(catalogDeliveries)
      .innerJoin(projects, eq(projects.id, catalogDeliveries.projectId))
      .where(among)
      .groupBy(catalogDeliveries.state),
  ]);
  const counts: Record<DeliveryState, number> = { waiting: 0, retrying: 0, delivered: 0, dead: 0 };
  for (const { state, n } of counted) counts[state] = n;
  const total = query.state ? counts[query.state] : Object.values(counts).reduce((sum, n) => sum + n, 0);
  return { rows, counts, total, pageSize: PAGE_SIZE };
}

/**
 * One delivery with its content, its attempts, its history and the earlier delivery that it waits for.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readDelivery(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({ delivery: catalogDeliveries, project: projects, unitName: units.name, resenderName: users.name })
    .from(catalogDeliveries)
    .innerJoin(projects, eq(projects.id, catalogDeliveries.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .leftJoin(users, eq(users.id, catalogDeliveries.resentBy))
    .where(eq(catalogDeliveries.id, id));
  const project = visible(actor, "delivery:read", row?.project, "delivery");
  if (!row) throw new Error("a project without its delivery");
  const [attempts, events, [earlier]] = await Promise.all([
    db
      .select()
      .from(deliveryAttempts)
      .where(eq(deliveryAttempts.deliveryId, id))
      .orderBy(desc(deliveryAttempts.number)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "delivery"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    db
      .select({ id: catalogDeliveries.id, number: catalogDeliveries.number, state: catalogDeliveries.state })
      .from(catalogDeliveries)
      .where(
        and(
          eq(catalogDeliveries.projectId, project.id),
          sql`${catalogDeliveries.number} < ${row.delivery.number}`,
          sql`${catalogDeliveries.state} <> 'delivered'`,
        ),
      )
      .orderBy(asc(catalogDeliveries.number))
      .limit(1),
  ]);
  const { payload, ...delivery } = row.delivery;
  return {
    ...row,
    delivery,
    project: { id: project.id, name: project.name, unitId: project.unitId, regionId: project.regionId },
    // What queueDelivery froze; only it writes this column.
    payload: payload as DeliveryPayload,
    sent: canonicalJson(payload),
    attempts,
    events,
    earlier: earlier ?? null,
  };
}
