import { and, asc, eq, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { materialProofs, materials, matterMaterials, resources, serviceMatters, units } from "@db/schema";
import { keysOf } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { materialsIn } from "./materials.queries.server";
import { REPLACEABILITIES, type Replaceability } from "./replaceability.rules";
import { isRelieved, standingOf } from "./standings.server";

const mattersIn = (scope: Scope) =>
  and(
    inScope(scope, { unitId: serviceMatters.unitId, regionId: serviceMatters.regionId }),
    eq(serviceMatters.state, "inForce"),
  );

/** How many materials of a scope stand how. */
export async function countStandings(db: Database, scope: Scope): Promise<Record<Replaceability, number>> {
  const stands = db
    .select({ standing: standingOf.as("standing") })
    .from(materials)
    .leftJoin(units, eq(units.id, materials.issuerUnitId))
    .where(materialsIn(scope))
    .as("stands");
  const rows = await db
    .select({ standing: stands.standing, n: sql<number>`count(*)::int` })
    .from(stands)
    .groupBy(stands.standing);
  const counts = Object.fromEntries(keysOf(REPLACEABILITIES).map((standing) => [standing, 0]));
  for (const { standing, n } of rows) counts[standing] = n;
  return counts as Record<Replaceability, number>;
}

/** What data relieve people of: matters, and the papers that need not be handed in in a year. */
export interface Relief {
  readonly matters: number;
  readonly relieved: number;
  /** required papers of a matter that data replace, summed over matters */
  readonly papers: number;
  /** those papers times the matter's cases a year @unit papers a year */
  readonly yearly: number;
  /** matters relieved whose number of cases nobody has told: they count nothing */
  readonly uncounted: number;
}

const NO_RELIEF: Relief = { matters: 0, relieved: 0, papers: 0, yearly: 0, uncounted: 0 };

/** Relief of each unit of a scope that has matters in force, in the order of the official list; and of all together. */
export async function reliefByUnit(db: Database, scope: Scope) {
  const each = db
    .select({
      unitId: serviceMatters.unitId,
      cases: serviceMatters.yearlyCases,
      papers: sql<number>`count(*) filter (where ${isRelieved(db)})`.as("papers"),
    })
    .from(serviceMatters)
    .leftJoin(matterMaterials, eq(matterMaterials.matterId, serviceMatters.id))
    .where(mattersIn(scope))
    .groupBy(serviceMatters.id)
    .as("each");
  const rows = await db
    .select({
      unitId: each.unitId,
      unitName: units.name,
      matters: sql<number>`count(*)::int`,
      relieved: sql<number>`count(*) filter (where ${each.papers} > 0)::int`,
      papers: sql<number>`coalesce(sum(${each.papers}), 0)::int`,
      yearly: sql<number>`coalesce(sum(${each.papers} * ${each.cases}), 0)::float8`,
      uncounted: sql<number>`count(*) filter (where ${each.papers} > 0 and ${each.cases} is null)::int`,
    })
    .from(each)
    .innerJoin(units, eq(units.id, each.unitId))
    .groupBy(each.unitId, units.name, units.group, units.position)
    .orderBy(asc(units.group), asc(units.position));
  const total = rows.reduce<Relief>(
    (sum, row) => ({
      matters: sum.matters + row.matters,
      relieved: sum.relieved + row.relieved,
      papers: sum.papers + row.papers,
      yearly: sum.yearly + row.yearly,
      uncounted: sum.uncounted + row.uncounted,
    }),
    NO_RELIEF,
  );
  return { rows, total };
}

/** Of each unit that provides data in force: how many materials they prove, and how those stand by this unit's data alone. */
export async function proofsByProvider(db: Database, scope: Scope) {
  const connected = sql`(${resources.interfaceAttachedOn} is not null and ${resources.testSharedOn} is not null)`;
  const distinctWhere = (condition: ReturnType<typeof sql>) =>
    sql<number>`count(distinct ${materials.id}) filter (where ${condition})::int`;
  return db
    .select({
      unitId: resources.unitId,
      unitName: units.name,
      materials: sql<number>`count(distinct ${materials.id})::int`,
      replaceable: distinctWhere(sql`${resources.sharingType} = 'unconditional' and ${connected}`),
      conditional: distinctWhere(sql`${resources.sharingType} = 'conditional' and ${connected}`),
      unconnected: distinctWhere(sql`${resources.sharingType} <> 'none' and not ${connected}`),
      notShared: distinctWhere(sql`${resources.sharingType} = 'none'`),
    })
    .from(materialProofs)
    .innerJoin(materials, eq(materials.id, materialProofs.materialId))
    .innerJoin(resources, eq(resources.id, materialProofs.resourceId))
    .innerJoin(units, eq(units.id, resources.unitId))
    .where(and(materialsIn(scope), eq(resources.state, "published")))
    .groupBy(resources.unitId, units.name, units.group, units.position)
    .orderBy(asc(units.group), asc(units.position));
}
