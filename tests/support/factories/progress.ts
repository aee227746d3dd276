import { milestones, projects } from "@db/schema";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

import type { TestCity } from "../factories";

interface PlannedMilestone {
  readonly plannedOn: string;
  readonly cumulativePercent: number;
}

export interface TestProject {
  readonly id: string;
  readonly milestoneIds: readonly string[];
}

/** A project under way of the city's first unit, with the course of its plan. */
export async function makeProjectUnderWay(
  city: TestCity,
  facts: {
    readonly startedOn: string;
    readonly plan?: readonly PlannedMilestone[];
    readonly more?: Partial<typeof projects.$inferInsert>;
  },
): Promise<TestProject> {
  const id = newId();
  const startedOn = localDate(facts.startedOn);
  await city.db.insert(projects).values({
    id,
    regionId: city.regionId,
    unitId: city.unitId,
    code: id.slice(-12),
    name: "智慧管网系统",
    normalizedName: "智慧管网系统",
    comparedName: "智慧管网系统",
    initials: "zhgwxt",
    searchGrams: [],
    year: Number(facts.startedOn.slice(0, 4)),
    stage: "implementation",
    plannedStartOn: startedOn,
    startedOn,
    declaredFen: fen(100_000_00),
    lightReasons: [],
    createdBy: "test",
    createdAt: new Date(`${facts.startedOn}T01:00:00Z`),
    updatedAt: new Date(`${facts.startedOn}T01:00:00Z`),
    ...facts.more,
  });
  const points = (facts.plan ?? []).map((point, position) => ({
    id: newId(),
    projectId: id,
    regionId: city.regionId,
    position,
    name: `里程碑${position + 1}`,
    plannedOn: localDate(point.plannedOn),
    cumulativePercent: point.cumulativePercent,
  }));
  if (points.length > 0) await city.db.insert(milestones).values(points);
  return { id, milestoneIds: points.map((point) => point.id) };
}
