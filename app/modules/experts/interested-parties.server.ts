import { eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { contracts, projectUnits, regions, unitNames, units } from "@db/schema";
import type { Project } from "~/modules/projects/index.server";

import type { Interested } from "./avoidance.rules";

/** Who has a hand in a project: its unit by all its names, those who take part, who supplied it or what it goes back to. */
export async function interestedIn(db: DatabaseOrTransaction, project: Project): Promise<Interested> {
  const related = [project.id, project.parentId, project.copiedFromId].filter((id) => id !== null);
  const [[region], own, dated, participants, suppliers] = await Promise.all([
    db.select({ name: regions.name }).from(regions).where(eq(regions.id, project.regionId)),
    db.select({ name: units.name }).from(units).where(eq(units.id, project.unitId)),
    db.select({ name: unitNames.name }).from(unitNames).where(eq(unitNames.unitId, project.unitId)),
    db
      .select({ mention: projectUnits.mention, name: units.name })
      .from(projectUnits)
      .leftJoin(units, eq(units.id, projectUnits.unitId))
      .where(eq(projectUnits.projectId, project.id)),
    db.select({ name: contracts.supplier }).from(contracts).where(inArray(contracts.projectId, related)),
  ]);
  return {
    regionName: region?.name ?? "",
    unitNames: [...own, ...dated].map(({ name }) => name),
    participants: participants.flatMap(({ mention, name }) => (name === null ? [mention] : [mention, name])),
    suppliers: suppliers.map(({ name }) => name),
  };
}
