import { eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { addDays, addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import { visible, type Scope } from "~/policy";

import { listCloudSystems, readCloudSummary, type CloudQuery } from "./cloud-list.queries.server";
import { cloudRateHistory, cloudTargets } from "./rates.queries.server";

/** Months that a unit's history goes back. */
const MONTHS = 12;

/** The ends of the months before a day, and the day itself; the earliest first. */
export function historyDays(asOf: LocalDate): LocalDate[] {
  const firstOfMonth = localDate(`${asOf.slice(0, 7)}-01`);
  const ends = Array.from({ length: MONTHS - 1 }, (_, back) => addDays(addMonths(firstOfMonth, -back), -1));
  return [...ends.reverse(), asOf];
}

/**
 * A unit's standing on its way to the cloud as of a day: figures, one page of its systems, the rate of each month.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readCloudUnit(db: Database, actor: Actor, unitId: string, query: CloudQuery) {
  const [found] = await db
    .select({ id: units.id, name: units.name, unitId: units.id, regionId: units.regionId })
    .from(units)
    .where(eq(units.id, unitId));
  const unit = visible(actor, "system:read", found, "unit");
  const only: Scope = { regionIds: [], unitId, operatorUnitId: null };
  const [summary, targets, page, history] = await Promise.all([
    readCloudSummary(db, only, query.asOf),
    cloudTargets(db, query.asOf),
    listCloudSystems(db, only, query),
    cloudRateHistory(db, unitId, historyDays(query.asOf)),
  ]);
  return { unit: { id: unit.id, name: unit.name }, summary, targets, page, history: history.reverse() };
}
