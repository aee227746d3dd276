import { and, asc, between, eq, gt, inArray, isNull, or } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { cloudSteps, systems } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { CloudStep } from "~/kernel/vocabulary";
import type { Scope } from "~/policy";

import { shownNameIn } from "../../inventory/shown-name.server";

/** A step to the cloud that a project's system completed. */
export interface ProjectCloudStep {
  readonly projectId: string;
  readonly systemId: string;
  /** before this reader: a secret system of others is its number */
  readonly systemName: string;
  readonly step: CloudStep;
  readonly completedOn: LocalDate;
}

/**
 * The steps that the systems of these projects completed from one day to another, both included, in the order of the days;
 * a step that was rolled back by the last day does not count. One query for all projects.
 */
export async function projectCloudSteps(
  db: DatabaseOrTransaction,
  scope: Scope,
  projectIds: readonly string[],
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<ProjectCloudStep[]> {
  if (projectIds.length === 0) return [];
  const rows = await db
    .select({
      projectId: systems.projectId,
      systemId: systems.id,
      systemName: shownNameIn(scope),
      step: cloudSteps.step,
      completedOn: cloudSteps.completedOn,
    })
    .from(cloudSteps)
    .innerJoin(systems, eq(systems.id, cloudSteps.systemId))
    .where(
      and(
        inArray(systems.projectId, [...projectIds]),
        between(cloudSteps.completedOn, from, to),
        or(isNull(cloudSteps.rolledBackOn), gt(cloudSteps.rolledBackOn, to)),
      ),
    )
    .orderBy(asc(cloudSteps.completedOn), asc(systems.code), asc(cloudSteps.id));
  return rows.flatMap(({ projectId, ...row }) => (projectId ? [{ projectId, ...row }] : []));
}
