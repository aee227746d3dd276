import { and, asc, count, countDistinct, eq, isNull, ne, or, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { cloudBatches, cloudBlocks, cloudStandings, cloudSteps, resources, systems, units } from "@db/schema";
import { BLOCK_REASONS, type CLOUD_STEPS } from "~/kernel/vocabulary";
import { nextCloudStep } from "~/modules/systems";
import { shownNameIn } from "~/modules/systems/index.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** Registered resources that wait for publishing, as one item; not those one registered oneself. */
export async function resourcesToPublish(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const [row] = await db
    .select({ waiting: count(), units: countDistinct(resources.unitId) })
    .from(resources)
    .where(
      and(
        inScope(scope, { unitId: resources.unitId, regionId: resources.regionId }),
        eq(resources.state, "registered"),
        or(isNull(resources.registeredBy), ne(resources.registeredBy, userId)),
      ),
    );
  if (!row || row.waiting === 0) return [];
  return [
    {
      key: "resources",
      kind: "目录",
      what: "发布数据资源",
      title: `${row.units} 个单位已登记 ${row.waiting} 项`,
      unitName: null,
      href: "/catalog?state=registered",
      dueOn: null,
    },
  ];
}

/** Systems on their way to the cloud that have begun or belong to a batch, each with its next step, and what keeps it from it. */
export async function cloudStepsNext(db: Database, scope: Scope): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: systems.id,
      name: shownNameIn(scope),
      unitName: units.name,
      regionId: systems.regionId,
      targetOn: cloudBatches.targetOn,
      blockReason: cloudBlocks.reason,
      rolledBack: sql<(typeof CLOUD_STEPS)[number][]>`coalesce(
        (select array_agg(${cloudSteps.step}) from ${cloudSteps}
          where ${cloudSteps.systemId} = ${systems.id} and ${cloudSteps.rolledBackOn} is not null), '{}')`,
      done: sql<(typeof CLOUD_STEPS)[number][]>`coalesce(
        (select array_agg(${cloudSteps.step}) from ${cloudSteps}
          where ${cloudSteps.systemId} = ${systems.id} and ${cloudSteps.rolledBackOn} is null), '{}')`,
    })
    .from(systems)
    .innerJoin(units, eq(units.id, systems.unitId))
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .leftJoin(cloudBatches, eq(cloudBatches.id, cloudStandings.batchId))
    .leftJoin(cloudBlocks, and(eq(cloudBlocks.systemId, systems.id), isNull(cloudBlocks.clearedOn)))
    .where(
      and(
        inScope(scope, {
          unitId: systems.unitId,
          regionId: systems.regionId,
          operatorUnitId: systems.operatorUnitId,
        }),
        ne(cloudStandings.scope, "out"),
        isNull(systems.retiredOn),
      ),
    )
    .orderBy(asc(systems.code));
  return rows.flatMap(({ id, regionId, name, unitName, targetOn, done, rolledBack, blockReason }) => {
    const next = nextCloudStep(done.map((step) => ({ step })));
    if (!next || (done.length === 0 && targetOn === null)) return [];
    return [
      {
        key: `cloud ${id}`,
        kind: "上云",
        what: `${rolledBack.includes(next) ? "重新办理" : "办理"}${next}${blockReason ? `（受阻：${BLOCK_REASONS[blockReason]}）` : ""}`,
        title: name,
        unitName,
        href: `/systems/${id}/cloud`,
        dueOn: targetOn,
        regionId,
      },
    ];
  });
}
