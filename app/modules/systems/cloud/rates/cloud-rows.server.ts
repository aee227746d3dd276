import { and, desc, eq, gte, max, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { cloudBatches, cloudBlocks, cloudStandings, cloudSteps, systems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { CLOUD_STEPS, type CloudStep } from "~/kernel/vocabulary";
import type { Scope } from "~/policy";

import { shownNameIn } from "../../inventory/shown-name.server";
import { countedStepsOn, countsOn, standsOn } from "../standing.server";
import { newYearOf, standsWithin } from "./rates.queries.server";
import { MIGRATED, type CloudColumn } from "./rates.rules";

/**
 * Every system that counts on a day, with how far it has come: the rows behind each figure of the cloud rate. Steps and
 * blocks are read once for all systems, not once for each.
 */
export function cloudRowsOn(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  const progress = db
    .select({
      systemId: cloudSteps.systemId,
      done: sql<CloudStep[]>`array_agg(${cloudSteps.step})`.as("done"),
      lastOn: max(cloudSteps.completedOn).as("last_on"),
    })
    .from(cloudSteps)
    .where(countedStepsOn(asOf))
    .groupBy(cloudSteps.systemId)
    .as("progress");
  const undone = db
    .select({ systemId: cloudSteps.systemId, lastOn: max(cloudSteps.rolledBackOn).as("undone_on") })
    .from(cloudSteps)
    .where(sql`${cloudSteps.rolledBackOn} <= ${asOf}`)
    .groupBy(cloudSteps.systemId)
    .as("undone");
  const blocks = db
    .selectDistinctOn([cloudBlocks.systemId], {
      systemId: cloudBlocks.systemId,
      reason: cloudBlocks.reason,
      sinceOn: cloudBlocks.sinceOn,
    })
    .from(cloudBlocks)
    .where(
      sql`${cloudBlocks.sinceOn} <= ${asOf} and (${cloudBlocks.clearedOn} is null or ${cloudBlocks.clearedOn} > ${asOf})`,
    )
    .orderBy(cloudBlocks.systemId, desc(cloudBlocks.sinceOn))
    .as("blocks");

  const has = (step: CloudStep) => sql`coalesce(${step} = any(${progress.done}), false)`;
  const migrated = sql<boolean>`(${has("安全检测")} and ${has("服务开通")})`;
  const next = sql.join(
    CLOUD_STEPS.map((step) => sql`when not ${has(step)} then ${step}`),
    sql` `,
  );
  return db
    .select({
      id: systems.id,
      code: systems.code,
      name: shownNameIn(scope).as("shown_name"),
      unitId: cloudStandings.unitId,
      regionId: cloudStandings.regionId,
      unitName: sql<string>`${units.name}`.as("unit_name"),
      batchId: cloudStandings.batchId,
      batch: sql<string | null>`${cloudBatches.name}`.as("batch_name"),
      targetOn: cloudBatches.targetOn,
      registeredOn: systems.registeredOn,
      isNew: sql<boolean>`${gte(systems.registeredOn, newYearOf(asOf))}`.as("is_new"),
      migrated: migrated.as("migrated"),
      at: sql<CloudColumn>`case when ${migrated} then ${MIGRATED} ${next} end`.as("at_step"),
      stepsDone: sql<number>`coalesce(cardinality(${progress.done}), 0)`.as("steps_done"),
      /** since when it waits at its step: the last thing that brought it there */
      since: sql<LocalDate>`greatest(${systems.registeredOn}, ${progress.lastOn}, ${undone.lastOn})::text`.as(
        "since_on",
      ),
      blockReason: blocks.reason,
      blockedSince: sql<LocalDate | null>`${blocks.sinceOn}::text`.as("blocked_since"),
      /** its batch's target has passed and it is not migrated */
      overdue: sql<boolean>`(coalesce(${cloudBatches.targetOn} < ${asOf}, false) and not ${migrated})`.as("overdue"),
    })
    .from(systems)
    .innerJoin(cloudStandings, standsOn(asOf))
    .innerJoin(units, eq(units.id, cloudStandings.unitId))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .leftJoin(progress, eq(progress.systemId, systems.id))
    .leftJoin(undone, eq(undone.systemId, systems.id))
    .leftJoin(blocks, eq(blocks.systemId, systems.id))
    .where(and(standsWithin(scope), countsOn(asOf)))
    .as("cloud_rows");
}
