import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { cloudBatches, cloudStandings, systems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { isWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { can, scopeFor } from "~/policy";

import { listCloudSystems, type CloudQuery } from "../rates/cloud-list.queries.server";
import { cloudRatesOfBatches } from "../rates/rates.queries.server";
import { eventsOf } from "../scope/events.queries.server";
import { governed } from "./save-batch.server";

/** Systems that a form offers at once for a batch. */
const OFFERED = 100;

/** All batches of the actor's region with their rates of a day, and the systems that are in none. */
export async function listBatches(db: Database, actor: Actor, asOf: LocalDate) {
  const [batches, rates] = await Promise.all([
    db
      .select()
      .from(cloudBatches)
      .where(eq(cloudBatches.regionId, actor.regionId))
      .orderBy(asc(cloudBatches.targetOn), asc(cloudBatches.name)),
    cloudRatesOfBatches(db, scopeFor(actor, "system:read"), asOf),
  ]);
  const none = { numerator: 0, denominator: 0 };
  const rateOf = (id: string | null) => rates.find(({ batchId }) => batchId === id) ?? none;
  const shown = batches.map((batch) => {
    const { numerator, denominator } = rateOf(batch.id);
    return { ...batch, numerator, denominator, overdue: batch.targetOn < asOf ? denominator - numerator : 0 };
  });
  const { numerator, denominator } = rateOf(null);
  return { batches: shown, unbatched: { numerator, denominator } };
}

/**
 * One batch with one page of its systems as of a day.
 * @throws DomainError notFound outside the actor's region
 */
export async function readBatch(db: Database, actor: Actor, id: string, query: CloudQuery) {
  const [batch] = await db
    .select()
    .from(cloudBatches)
    .where(and(eq(cloudBatches.id, id), eq(cloudBatches.regionId, actor.regionId)));
  if (!batch) throw notFound("cloudBatch");
  const scope = scopeFor(actor, "system:read");
  const [rates, page, events] = await Promise.all([
    cloudRatesOfBatches(db, scope, query.asOf),
    listCloudSystems(db, scope, { ...query, batch: id }),
    eventsOf(db, "cloudBatch", id),
  ]);
  const rate = rates.find(({ batchId }) => batchId === id);
  return {
    batch,
    numerator: rate?.numerator ?? 0,
    denominator: rate?.denominator ?? 0,
    page,
    events,
    mayGovern: can(actor, "system:govern", governed(batch)),
  };
}

/** Systems that could be put into a batch: in use, not out of scope, in no batch; of the wanted unit, at most OFFERED. */
export async function systemsWithoutBatch(
  db: Database,
  actor: Actor,
  { unit, today }: { readonly unit: string | undefined; readonly today: LocalDate },
) {
  const rows = await db
    .select({
      id: systems.id,
      code: systems.code,
      name: systems.name,
      unitName: units.name,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(systems)
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(
      and(
        inScope(scopeFor(actor, "system:govern"), { unitId: systems.unitId, regionId: systems.regionId }),
        isNull(cloudStandings.batchId),
        sql`${cloudStandings.scope} <> 'out'`,
        or(isNull(systems.retiredOn), gt(systems.retiredOn, today)),
        isWantedUnit(systems.unitId, unit),
      ),
    )
    .orderBy(asc(units.position), asc(systems.code))
    .limit(OFFERED);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0, offered: OFFERED };
}
