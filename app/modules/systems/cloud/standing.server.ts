import { and, eq, isNull, sql, type SQL } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudStandings, cloudSteps, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { CloudStep, ScopeReason, ScopeResult } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";

export type CloudStanding = typeof cloudStandings.$inferSelect;

/** What a standing says; what is left out stays as it was. */
export interface StandingChange {
  readonly unitId?: string;
  readonly batchId?: string | null;
  readonly scope?: { readonly result: ScopeResult; readonly reason: ScopeReason | null; readonly managed: boolean };
  readonly decisionId?: string;
}

/** The first span of a system that was just registered: counted, of its unit, in no batch, until somebody decides otherwise. */
export async function beginStanding(
  tx: Transaction,
  system: Pick<typeof systems.$inferSelect, "id" | "regionId" | "unitId" | "registeredOn">,
): Promise<void> {
  await tx.insert(cloudStandings).values({
    id: newId(),
    systemId: system.id,
    regionId: system.regionId,
    unitId: system.unitId,
    scope: "in",
    fromOn: system.registeredOn,
  });
}

/** How a system stands to the cloud rate now. The caller holds the system. @throws Error when it has no standing */
export async function standingOf(tx: Transaction, systemId: string): Promise<CloudStanding> {
  const [standing] = await tx
    .select()
    .from(cloudStandings)
    .where(and(eq(cloudStandings.systemId, systemId), isNull(cloudStandings.toOn)));
  if (!standing) throw new Error(`system ${systemId} has no standing`);
  return standing;
}

/**
 * Changes how a system stands from a day on: closes the open span and opens the next. A second change on the same day
 * changes the span that the first one opened: a day has one standing, the last.
 * The caller holds the system's row.
 */
export async function changeStanding(
  tx: Transaction,
  systemId: string,
  on: LocalDate,
  change: StandingChange,
): Promise<void> {
  const { id, fromOn, toOn: _open, ...before } = await standingOf(tx, systemId);
  const { scope, ...rest } = change;
  const after = {
    ...before,
    ...rest,
    ...(change.unitId && { regionId: await regionOf(tx, change.unitId) }),
    ...(scope && { scope: scope.result, reason: scope.reason, managed: scope.managed }),
    decisionId: change.decisionId ?? null,
  };
  if (fromOn >= on) {
    await tx.update(cloudStandings).set(after).where(eq(cloudStandings.id, id));
    return;
  }
  await tx.update(cloudStandings).set({ toOn: on }).where(eq(cloudStandings.id, id));
  await tx.insert(cloudStandings).values({ ...after, id: newId(), fromOn: on });
}

/** The region of a unit: a transfer may lead across the border of two. */
async function regionOf(tx: Transaction, unitId: string): Promise<string> {
  const [unit] = await tx.select({ regionId: units.regionId }).from(units).where(eq(units.id, unitId));
  if (!unit) throw new Error(`no unit ${unitId}`);
  return unit.regionId;
}

/** A day, or the column that holds it in a statement about many days. */
export type Day = LocalDate | SQL;

/** The span of a system that holds on a day, as a condition of a join. */
export const standsOn = (asOf: Day): SQL =>
  sql`${cloudStandings.systemId} = ${systems.id} and ${cloudStandings.fromOn} <= ${asOf} and (${cloudStandings.toOn} is null or ${cloudStandings.toOn} > ${asOf})`;

/** Counted in the cloud rate of a day: registered, not retired, in scope or special without being managed. */
export const countsOn = (asOf: Day): SQL =>
  sql`${systems.registeredOn} <= ${asOf} and (${systems.retiredOn} is null or ${systems.retiredOn} > ${asOf}) and (${cloudStandings.scope} = 'in' or (${cloudStandings.scope} = 'special' and not ${cloudStandings.managed}))`;

/** Of the steps of all systems, those that count on a day: completed by then and not rolled back by then. */
export const countedStepsOn = (asOf: Day): SQL =>
  sql`${cloudSteps.completedOn} <= ${asOf} and (${cloudSteps.rolledBackOn} is null or ${cloudSteps.rolledBackOn} > ${asOf})`;

/** A system's steps that count on a day. */
export const stepStandsOn = (asOf: Day): SQL => sql`${cloudSteps.systemId} = ${systems.id} and ${countedStepsOn(asOf)}`;

const stepDone = (step: CloudStep, asOf: Day): SQL =>
  sql`exists (select 1 from ${cloudSteps} where ${stepStandsOn(asOf)} and ${cloudSteps.step} = ${step})`;

/**
 * Migrated by a day: 安全检测 passed and 服务开通 done, neither rolled back by then. Of many systems the database reads the
 * two steps once each, of one system by their index.
 * @source domain.md §6
 */
export const migratedOn = (asOf: Day): SQL<boolean> =>
  sql<boolean>`(${stepDone("安全检测", asOf)} and ${stepDone("服务开通", asOf)})`;
