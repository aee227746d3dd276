import { and, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { PROJECT_STAGES } from "~/kernel/vocabulary";

/** So many of a unit's projects are offered for copying, the latest first. */
const MOST_OFFERED = 200;

/** The earlier projects of the actor's own unit, as the options of a choice. */
export async function projectsToCopy(db: DatabaseOrTransaction, { unitId, regionId }: Actor) {
  const rows = await db
    .select({ id: projects.id, year: projects.year, name: projects.name, stage: projects.stage })
    .from(projects)
    .where(and(eq(projects.regionId, regionId), eq(projects.unitId, unitId)))
    .orderBy(desc(projects.year), desc(projects.code))
    .limit(MOST_OFFERED);
  return rows.map(({ id, year, name, stage }) => ({
    value: id,
    label: `${year} 年 · ${name}（${PROJECT_STAGES[stage]}）`,
  }));
}
