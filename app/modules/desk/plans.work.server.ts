import { and, asc, eq, ne } from "drizzle-orm";

import type { Database } from "@db/client";
import { fundingPlanAdjustments, fundingPlans, units } from "@db/schema";
import { FUNDING_SOURCES } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

/** More than these are not listed one by one. */
const MOST_LISTED = 50;

/** Adjustments of yearly plans that wait for a second person; not one's own. */
export async function planAdjustmentsToConfirm(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      planId: fundingPlans.id,
      year: fundingPlans.year,
      source: fundingPlans.source,
      number: fundingPlanAdjustments.number,
      unitName: units.name,
    })
    .from(fundingPlanAdjustments)
    .innerJoin(fundingPlans, eq(fundingPlans.id, fundingPlanAdjustments.planId))
    .innerJoin(units, eq(units.id, fundingPlans.unitId))
    .where(
      and(
        inScope(scope, { unitId: fundingPlans.unitId, regionId: fundingPlans.regionId }),
        eq(fundingPlanAdjustments.state, "proposed"),
        ne(fundingPlanAdjustments.proposedBy, userId),
      ),
    )
    .orderBy(asc(fundingPlanAdjustments.proposedAt))
    .limit(MOST_LISTED);
  return rows.map(({ planId, year, source, number, unitName }) => ({
    key: `plan ${planId}`,
    kind: "资金",
    what: "复核资金计划调整",
    title: `${year} 年度资金计划（${FUNDING_SOURCES[source]}，第 ${number} 次）`,
    unitName,
    href: `/funding/plan/${planId}`,
    dueOn: null,
  }));
}
