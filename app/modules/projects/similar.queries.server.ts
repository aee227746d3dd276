import { and, desc, eq, gte, isNull, ne, notInArray, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projects, systems, units } from "@db/schema";

import type { SimilarEntry } from "./filing.types";
import type { Project } from "./load-project.server";

/** What is worth showing to a reader, below the figure that demands a statement. @unit share, 0–1 */
const WORTH_SHOWING = 0.3;
const MOST_SHOWN = 10;

/**
 * 查重: filed projects of the region and systems of its inventory whose names resemble this project's, the most alike
 * first. Names are compared without spaces, punctuation and case.
 * @source domain.md §3
 */
export async function similarEntries(db: DatabaseOrTransaction, project: Project): Promise<SimilarEntry[]> {
  const projectLikeness = sql<number>`similarity(${projects.normalizedName}, ${project.normalizedName})`;
  const systemLikeness = sql<number>`similarity(lower(regexp_replace(${systems.name}, '[[:space:][:punct:]]', '', 'g')), ${project.normalizedName})`;
  const [alikeProjects, alikeSystems] = await Promise.all([
    db
      .select({
        id: projects.id,
        code: projects.code,
        name: projects.name,
        unitName: units.name,
        similarity: projectLikeness,
      })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .where(
        and(
          eq(projects.regionId, project.regionId),
          ne(projects.id, project.id),
          notInArray(projects.stage, ["draft", "withdrawn", "rejected", "terminated"]),
          // the operator is what the trigram index answers; its own limit is not above ours
          sql`${projects.normalizedName} % ${project.normalizedName}`,
          gte(projectLikeness, WORTH_SHOWING),
        ),
      )
      .orderBy(desc(projectLikeness))
      .limit(MOST_SHOWN),
    db
      .select({
        id: systems.id,
        code: systems.code,
        name: systems.name,
        unitName: units.name,
        similarity: systemLikeness,
      })
      .from(systems)
      .innerJoin(units, eq(units.id, systems.unitId))
      .where(
        and(
          eq(systems.regionId, project.regionId),
          isNull(systems.retiredOn),
          sql`${systems.projectId} is distinct from ${project.id}`,
          gte(systemLikeness, WORTH_SHOWING),
        ),
      )
      .orderBy(desc(systemLikeness))
      .limit(MOST_SHOWN),
  ]);
  return [
    ...alikeProjects.map((entry) => ({ kind: "project" as const, ...entry })),
    ...alikeSystems.map((entry) => ({ kind: "system" as const, ...entry })),
  ]
    .sort((a, b) => b.similarity - a.similarity || (a.code < b.code ? -1 : 1))
    .slice(0, MOST_SHOWN);
}
